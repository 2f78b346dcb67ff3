//! The file behind the ledger's back: what somebody with a database tool could do.

use std::path::Path;

use laci_ledger::Folder;
use rusqlite::Connection;

const GUARDS: [&str; 3] = ["log_only_grows", "log_never_changes", "log_never_shrinks"];

pub(crate) fn database(folder: &Folder) -> std::path::PathBuf {
    folder.data.join("laci.db")
}

pub(crate) fn raw(folder: &Folder) -> Connection {
    raw_at(&database(folder))
}

pub(crate) fn raw_at(file: &Path) -> Connection {
    Connection::open(file).unwrap()
}

/// What lies in a folder, by name.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.unwrap().file_name().into_string().unwrap()
    };
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

/// Takes the guards away, works, and puts them back as they were: whoever tampers well leaves no other trace.
pub(crate) fn unguarded(folder: &Folder, work: impl FnOnce(&Connection)) {
    let conn = raw(folder);
    let sql = |name| {
        let found = "SELECT sql FROM sqlite_schema WHERE name = ?1";
        conn.query_row(found, [name], |row| row.get::<_, String>(0)).unwrap()
    };
    let guards: Vec<String> = GUARDS.into_iter().map(sql).collect();
    for name in GUARDS {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    work(&conn);
    for sql in guards {
        conn.execute_batch(&sql).unwrap();
    }
}

/// Copies every file of a folder, as a person with a file manager would.
pub(crate) fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}
