//! A backup's file name says which ledger it is of, when it was made, and how much it holds, so that a folder of them
//! can be read by a person and tidied without opening one.

use std::path::Path;

use laci_core::{BusinessDate, UnixMs, Zone};
use laci_ledger::Header;

use crate::wire::BackupFile;

const ENDING: &str = ".laci";

/// `laci-1f3a09bc-2026-11-21-183005-e1-10422.laci`: ledger, local date and time, epoch, entries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) date: BusinessDate,
    /// `HHMMSS`.
    pub(super) time: String,
    pub(super) epoch: u16,
    pub(super) entries: u64,
}

impl Name {
    pub(super) fn of(at: UnixMs, zone: Zone, epoch: u16, entries: u64) -> Self {
        let local = at.at(zone);
        let time = format!("{:02}{:02}{:02}", local.hour(), local.minute(), local.second());
        // A calendar day, whatever the shop's day is: people look for a file by it.
        Self { date: BusinessDate::of(at, zone, Default::default()), time, epoch, entries }
    }

    pub(super) fn file(&self, ledger: &str) -> String {
        let Self { date, time, epoch, entries } = self;
        format!("laci-{ledger}-{date}-{time}-e{epoch}-{entries}{ENDING}")
    }

    /// None for any other file, and for another ledger's backup: what is not known is left alone.
    pub(super) fn read(file: &str, ledger: &str) -> Option<Self> {
        Self::of_any(file).filter(|(of, _)| of == ledger).map(|(_, name)| name)
    }

    /// The ledger and the rest of any backup's name.
    pub(super) fn of_any(file: &str) -> Option<(String, Self)> {
        let rest = file.strip_prefix("laci-")?.strip_suffix(ENDING)?;
        let (ledger, rest) = rest.split_once('-')?;
        let (date, rest) = rest.split_at_checked(10)?;
        let mut parts = rest.strip_prefix('-')?.split('-');
        let (time, epoch, entries) = (parts.next()?, parts.next()?, parts.next()?);
        let time_is_one = time.len() == 6 && time.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !time_is_one {
            return None;
        }
        let name = Self {
            date: date.parse().ok()?,
            time: time.to_owned(),
            epoch: epoch.strip_prefix('e')?.parse().ok()?,
            entries: entries.parse().ok()?,
        };
        Some((ledger.to_owned(), name))
    }

    /// The same for a person, of the file that has this name.
    pub(super) fn view(&self, file: &Path) -> BackupFile {
        let bytes = std::fs::metadata(file).map_or(0, |found| found.len());
        BackupFile {
            file: file.display().to_string(),
            date: self.date.to_string(),
            time: format!("{}:{}", &self.time[..2], &self.time[2..4]),
            epoch: self.epoch,
            entries: i64::try_from(self.entries).unwrap_or(i64::MAX),
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        }
    }
}

/// Eight characters by which a ledger is told from others.
pub(super) fn ledger_short(header: Header) -> String {
    let id = header.ledger_id.to_string();
    id[id.len().saturating_sub(8)..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back() {
        let name = Name::of(UnixMs(1_795_143_600_000), Zone::Wit, 2, 10_422);
        let file = name.file("1f3a09bc");
        assert_eq!(file, "laci-1f3a09bc-2026-11-20-120000-e2-10422.laci");
        assert_eq!(Name::read(&file, "1f3a09bc"), Some(name));
        for other in [
            "laci-1f3a09bc-2026-11-20-120000-e2-10422.laci.part",
            "laci-1f3a09bd-2026-11-20-120000-e2-10422.laci",
            "laci-1f3a09bc-2026-13-20-120000-e2-10422.laci",
            "laci-1f3a09bc-2026-11-20-12000-e2-10422.laci",
            "laci-1f3a09bc-2026-11-20-120000-2-10422.laci",
            "laci-1f3a09bc-2026-11-20-120000-e2-10422-1.laci",
            "laci-1f3a09bc-2026-11-20",
            "foto-toko.jpg",
            "",
        ] {
            assert_eq!(Name::read(other, "1f3a09bc"), None, "{other}");
        }
    }
}
