//! The ledger written out for any program to read: one moment of it, checked while it is written, while selling goes on.

use std::path::{Path, PathBuf};

use laci_core::UnixMs;
use rusqlite::Connection;

use crate::change::Head;
use crate::error::LedgerError;
use crate::export::part::{self, Part};
use crate::export::readme::Facts;
use crate::export::watch::Watch;
use crate::export::{log, tables};
use crate::export_error::ExportError;
use crate::fault;
use crate::header::Header;
use crate::ledger::backup::is_inside;
use crate::ledger::shared::Shared;
use crate::projection::replay::Progress;
use crate::projection::settings;
use crate::sql::{Fault, seq};

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    pub entries: u64,
    pub head: Head,
    pub sales: u64,
    pub payments: u64,
    /// The folder, and what lies in it.
    pub folder: PathBuf,
    pub files: Vec<String>,
    pub bytes: u64,
}

/// Writes a snapshot into the folder `to`. The writer never waits for it.
pub(crate) fn export(
    shared: &Shared,
    to: &Path,
    now: UnixMs,
    progress: &mut Progress<'_>,
) -> Result<Exported, ExportError> {
    if is_inside(to, &shared.folder.data) {
        return Err(ExportError::InsideData);
    }
    // Taken before the snapshot, so the export must hold it.
    let head = shared.head();
    let mut part = Part::begin(to)?;
    let mut watched =
        |done: u64, of: u64| !shared.readers.are_wanted_closed() && progress(done, of);
    let written = shared.readers.with(|conn| {
        let facts = write(conn, shared.header, now, &mut part, &mut watched)?;
        if facts.head.seq < head.seq {
            return Err(LedgerError::Busy.into());
        }
        Ok::<_, ExportError>(facts)
    });
    let finished = written.and_then(|facts| part.finish().map(|()| facts));
    match finished {
        Ok(facts) => Ok(Exported {
            entries: facts.head.seq,
            head: facts.head,
            sales: facts.sales,
            payments: facts.payments,
            folder: to.to_owned(),
            files: part::FILES.map(str::to_owned).to_vec(),
            bytes: part.bytes,
        }),
        Err(error) => {
            if let Err(left) = part.clear() {
                tracing::warn!(error = %left, "half an export was left behind");
            }
            Err(error)
        }
    }
}

fn write(
    conn: &Connection,
    header: Header,
    at: UnixMs,
    part: &mut Part,
    progress: &mut Progress<'_>,
) -> Result<Facts, ExportError> {
    let rows = Rows::count(conn)?;
    let mut watch =
        Watch::begin(progress, rows.entries + rows.bodies + rows.sales + rows.payments)?;
    let mut file = part.file(part::LOG)?;
    let head = log::entries(conn, &mut file, &mut watch)?;
    part.close(file)?;
    fault::point("export.inside");
    let mut file = part.file(part::BLOBS)?;
    log::bodies(conn, &mut file, &mut watch)?;
    part.close(file)?;
    let (mut file, mut lines) = (part.file(part::SALES)?, part.file(part::LINES)?);
    let sales = tables::sales(conn, &mut file, &mut lines, &mut watch)?;
    part.close(file)?;
    part.close(lines)?;
    let mut file = part.file(part::PAYMENTS)?;
    let payments = tables::payments(conn, &mut file, &mut watch)?;
    part.close(file)?;
    let facts = Facts {
        header,
        head,
        shop: settings::shop(conn)?.map(|shop| shop.name),
        at,
        zone: tables::zone(conn)?,
        sales,
        payments,
        bodies: rows.bodies,
    };
    let mut file = part.file(part::README)?;
    std::io::Write::write_all(&mut file, facts.page().as_bytes())?;
    part.close(file)?;
    Ok(facts)
}

/// How much there is to write.
struct Rows {
    entries: u64,
    bodies: u64,
    sales: u64,
    payments: u64,
}

impl Rows {
    fn count(conn: &Connection) -> Result<Self, Fault> {
        let of = |table: &str| -> Result<u64, Fault> {
            let mut statement = conn.prepare(&format!("SELECT count(*) AS n FROM {table}"))?;
            let mut rows = statement.query([])?;
            rows.next()?.map_or(Ok(0), |row| seq(row, "n"))
        };
        Ok(Self {
            entries: of("log")?,
            bodies: of("blob")?,
            sales: of("sale")?,
            payments: of("attempt")?,
        })
    }
}
