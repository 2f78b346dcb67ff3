//! Arguments of the form `K=V`.

use std::path::PathBuf;

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("K=V")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

pub(super) fn file_pair(text: &str) -> Result<(String, PathBuf), String> {
    let (key, value) = text.split_once('=').ok_or("K=FILE")?;
    Ok((key.trim().to_owned(), PathBuf::from(value)))
}
