//! Where things lie: the shop's folder, practice's folder beside it, and the high-water files outside both.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use laci_till::ledger::Folder;
use laci_till::{Place, Sentence, TillError};

#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub shop: Place,
    pub practice: Place,
}

impl Places {
    /// `data` as given by `--data` or `LACI_DATA`; else the system's folder for this program's data.
    pub(crate) fn find(data: Option<PathBuf>) -> Result<Self, TillError> {
        let system = ProjectDirs::from("id", "laci", "laci");
        let data = match data {
            Some(data) => std::path::absolute(&data).map_err(|_| nowhere())?,
            None => system.as_ref().map(|dirs| dirs.data_dir().to_owned()).ok_or_else(nowhere)?,
        };
        let anchors = match &system {
            Some(dirs) => dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join("anchors"),
            // No home at all (a bare container): still outside the data folder.
            None => beside(&data, "anchors"),
        };
        let place = |data: PathBuf, practice| Place {
            folder: Folder { data, anchors: anchors.clone() },
            practice,
        };
        Ok(Self { practice: place(beside(&data, "latihan"), true), shop: place(data, false) })
    }
}

impl Places {
    /// Whether the shop's folder has been in use, though there is no ledger in it any more.
    pub(crate) fn lost_a_ledger(&self) -> bool {
        let left = ["secrets.json", "receipts", "replaced"];
        let was_used = left.iter().any(|name| self.shop.data().join(name).exists());
        was_used && !laci_till::ledger::Ledger::exists(&self.shop.folder)
    }
}

/// `/x/toko` -> `/x/toko-latihan`.
fn beside(data: &Path, suffix: &str) -> PathBuf {
    let mut name = data.file_name().map(ToOwned::to_owned).unwrap_or_else(|| "laci".into());
    name.push("-");
    name.push(suffix);
    data.with_file_name(name)
}

fn nowhere() -> TillError {
    TillError::Refused(Sentence::new(
        "no_data_folder",
        "Folder data tidak ditemukan. Sebutkan dengan --data FOLDER atau LACI_DATA.",
        "There is no data folder. Name one with --data DIR or LACI_DATA.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practice_and_anchors_lie_outside_the_shops_folder() {
        let places = Places::find(Some("/srv/toko".into())).unwrap();
        let shop = &places.shop.folder;
        assert_eq!(places.practice.folder.data, Path::new("/srv/toko-latihan"));
        assert!(!shop.anchors.starts_with(&shop.data));
        assert!(places.practice.practice && !places.shop.practice);
    }
}
