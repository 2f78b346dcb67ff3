//! How a verb reaches the process that owns the data folder: a local socket for the owner of the machine's account
//! only. The holder says "taken" before it acts, so that a verb knows whether anything can have happened.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use interprocess::local_socket::tokio::prelude::*;
use interprocess::local_socket::{GenericFilePath, ListenerOptions, ToFsName};
use laci_till::{Lang, Sentence, TillError};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::time::timeout;

use super::args;
use super::lines::Lines;
use super::outcome::Outcome;
use super::{Call, on_station};
use crate::station::Station;

/// A holder that works takes a request at once.
const TAKEN_WITHIN: Duration = Duration::from_secs(5);
/// Beyond the longest `--wait`.
const ANSWER_WITHIN: Duration = Duration::from_secs(86_400 + 600);
const LOOK_EVERY: Duration = Duration::from_millis(300);
const CONNECT_TRIES: u32 = 6;
const CONNECT_PAUSE: Duration = Duration::from_millis(150);
const MESSAGE_BYTES_MAX: u64 = 8 * 1024 * 1024;
const TAKEN: &str = "taken\n";
/// Unix sockets have short names (108 bytes on Linux).
const NAME_BYTES_MAX: usize = 100;

#[derive(Serialize, Deserialize)]
struct Message {
    raw: Vec<String>,
    /// Where the verb was called: its paths are meant from there.
    cwd: PathBuf,
    lines: Lines,
    lang_en: bool,
}

/// The socket of a data folder, and the folder that only the owner may enter where it cannot lie in the data folder.
fn socket_path(data: &Path) -> PathBuf {
    let inside = data.join("laci.sock");
    if cfg!(windows) {
        let name: String = data
            .to_string_lossy()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        return PathBuf::from(format!(r"\\.\pipe\laci-{name}"));
    }
    if inside.as_os_str().len() <= NAME_BYTES_MAX {
        return inside;
    }
    let short = laci_till::Hash::of_bytes(data.as_os_str().as_encoded_bytes()).short();
    std::env::temp_dir().join(format!("laci-{short}")).join("laci.sock")
}

/// Answers verbs of other processes until the runtime ends. Without a socket the till works; verbs then say
/// `ledger_busy`.
pub(crate) async fn serve(station: Arc<Station>) {
    until_it_holds_the_folder(&station).await;
    let path = socket_path(station.places.shop.data());
    let listener = match listen(&path) {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(%error, "verbs cannot reach this window");
            return;
        }
    };
    loop {
        match listener.accept().await {
            Ok(stream) => {
                let station = station.clone();
                tokio::spawn(async move {
                    if let Err(error) = answer(&station, stream).await {
                        tracing::warn!(%error, "a verb went away");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a verb could not connect");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

/// Waits for a ledger: the first run makes one, a restore mends one, another process gives its own free. Until then the
/// socket in the folder may be another process's.
async fn until_it_holds_the_folder(station: &Station) {
    while station.shop_till().is_err() {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn listen(path: &Path) -> std::io::Result<LocalSocketListener> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        if let Some(folder) = path.parent()
            && !folder.exists()
        {
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        // The lock is ours, so a socket that lies there is a dead process's.
        if path.exists() {
            std::fs::remove_file(path)?;
        }
        let listener = listener(path)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        Ok(listener)
    }
    #[cfg(not(unix))]
    listener(path)
}

fn listener(path: &Path) -> std::io::Result<LocalSocketListener> {
    ListenerOptions::new().name(path.to_fs_name::<GenericFilePath>()?).create_tokio()
}

async fn answer(station: &Station, stream: LocalSocketStream) -> std::io::Result<()> {
    let message: Message = read_line(&stream).await?;
    (&stream).write_all(TAKEN.as_bytes()).await?;
    let lang = if message.lang_en { Lang::En } else { Lang::Id };
    let outcome = match args::verb_of(&message.raw, &message.cwd) {
        Some(verb) => on_station(station, &verb, &message.lines, lang).await,
        None => Outcome::usage("?"),
    };
    write_line(&stream, &outcome).await
}

/// Sends a verb to the holder. Not taken: exit 3 `ledger_busy`. Taken and not answered: exit 4.
pub(crate) async fn forward(call: &Call, lines: &Lines) -> Outcome {
    match ask(call, lines).await {
        Ok(outcome) => outcome,
        Err(true) => Outcome::failed(&unanswered(), call.lang),
        Err(false) => Outcome::failed(&busy(), call.lang),
    }
}

/// `Err(taken)`.
async fn ask(call: &Call, lines: &Lines) -> Result<Outcome, bool> {
    let path = socket_path(call.places.shop.data());
    let talk = async {
        let stream = connected(&path).await?;
        let lines: Lines = serde_json::from_value(serde_json::to_value(lines).ok()?).ok()?;
        let message = Message {
            raw: call.raw.clone(),
            cwd: std::env::current_dir().unwrap_or_default(),
            lines,
            lang_en: call.lang == Lang::En,
        };
        write_line(&stream, &message).await.ok()?;
        let mut reader = BufReader::new(stream);
        let mut taken = String::new();
        reader.read_line(&mut taken).await.ok()?;
        (taken == TAKEN).then_some(reader)
    };
    let reader = timeout(TAKEN_WITHIN, talk).await.ok().flatten().ok_or(false)?;
    let mut line = String::new();
    let mut reader = reader.take(MESSAGE_BYTES_MAX);
    let read = timeout(ANSWER_WITHIN, reader.read_line(&mut line)).await;
    if !matches!(read, Ok(Ok(length)) if length > 0) {
        return Err(true);
    }
    serde_json::from_str(&line).map_err(|_| true)
}

/// A window that has just made its ledger listens a moment later.
async fn connected(path: &Path) -> Option<LocalSocketStream> {
    for _ in 0..CONNECT_TRIES {
        let name = path.to_fs_name::<GenericFilePath>().ok()?;
        if let Ok(stream) = LocalSocketStream::connect(name).await {
            return Some(stream);
        }
        tokio::time::sleep(CONNECT_PAUSE).await;
    }
    None
}

async fn read_line<T: for<'de> Deserialize<'de>>(stream: &LocalSocketStream) -> std::io::Result<T> {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.take(MESSAGE_BYTES_MAX));
    timeout(TAKEN_WITHIN, reader.read_line(&mut line)).await.map_err(std::io::Error::other)??;
    serde_json::from_str(&line).map_err(std::io::Error::other)
}

async fn write_line(mut stream: &LocalSocketStream, value: &impl Serialize) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    stream.write_all(&line).await
}

fn busy() -> TillError {
    TillError::Refused(Sentence::new(
        "ledger_busy",
        "Folder data sedang dipakai Laci lain yang tidak menjawab. Tidak ada yang diubah. Tutup yang lain atau coba lagi.",
        "Another Laci holds the data folder and does not answer. Nothing was changed. Close it or try again.",
    ))
}

fn unanswered() -> TillError {
    TillError::Unknown(Sentence::new(
        "outcome_unknown",
        "Laci yang memegang folder data menerima perintah ini lalu terputus. Lihat Riwayat sebelum mengulang.",
        "The Laci that holds the data folder took this and then went away. Look in the history before repeating.",
    ))
}
