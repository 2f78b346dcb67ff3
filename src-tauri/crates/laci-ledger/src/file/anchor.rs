//! The high-water file: which entry was last seen, kept outside the data folder. It makes a cut tail or an old
//! copy visible, which the chain alone cannot. It is never in a sale's path.

use std::fs::File;
use std::io::{ErrorKind, Write};

use laci_core::{Hash, LedgerId};
use serde::{Deserialize, Serialize};

use crate::change::Head;
use crate::error::OpenError;
use crate::file::folder::{Folder, sync_folder};
use crate::header::Header;

const BYTES_MAX: u64 = 4096;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Anchor {
    ledger_id: LedgerId,
    pub(crate) seq: u64,
    pub(crate) hash: Hash,
    /// The highest epoch that this computer has seen; files from before restores existed name none.
    #[serde(default = "first_epoch")]
    pub(crate) epoch: u16,
}

fn first_epoch() -> u16 {
    1
}

/// The anchor of `ledger`; none on a computer that has not seen it.
pub(crate) fn read(folder: &Folder, ledger: LedgerId) -> Result<Option<Anchor>, OpenError> {
    let path = folder.anchor(ledger);
    let unreadable = |detail: String| OpenError::AnchorUnreadable { detail };
    let length = match std::fs::metadata(&path) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error.to_string())),
    };
    if length > BYTES_MAX {
        return Err(unreadable(format!("{length} bytes")));
    }
    let text = std::fs::read_to_string(&path).map_err(|error| unreadable(error.to_string()))?;
    let anchor: Anchor =
        serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    if anchor.ledger_id != ledger {
        return Err(unreadable(format!("it names ledger {}", anchor.ledger_id)));
    }
    Ok(Some(anchor))
}

/// Puts `head` in the place of the old anchor: whole and durable, or not at all.
pub(crate) fn write(folder: &Folder, header: Header, head: Head) -> std::io::Result<()> {
    let Header { ledger_id, epoch, .. } = header;
    let anchor = Anchor { ledger_id, seq: head.seq, hash: head.hash, epoch };
    let path = folder.anchor(ledger_id);
    let next = path.with_extension("next");
    let mut file = File::create(&next)?;
    file.write_all(serde_json::to_string(&anchor)?.as_bytes())?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&next, &path)?;
    sync_folder(&folder.anchors)
}
