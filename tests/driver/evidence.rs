//! What is kept when a scenario fails: the page and its picture, in target/e2e.

use super::trouble::{Outcome, Trouble};
use std::path::PathBuf;

/// target/e2e of this build, made if it is not there.
pub(crate) fn folder() -> Outcome<PathBuf> {
    let profile = profile_folder()?;
    let folder = profile.parent().unwrap_or(&profile).join("e2e");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// target/debug of this build: the running test stands in it, or in its `deps`.
pub(crate) fn profile_folder() -> Outcome<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().ok_or_else(|| Trouble::new("the running test has no folder"))?;
    let is_deps = folder.file_name().is_some_and(|name| name == "deps");
    let profile = if is_deps { folder.parent().unwrap_or(folder) } else { folder };
    Ok(profile.to_path_buf())
}

/// A file name out of a sentence: letters, digits and dashes, at most sixty of them.
pub(crate) fn file_name(sentence: &str) -> String {
    let mut name = String::new();
    for letter in sentence.chars().take(60) {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_sentence_becomes_a_file_name() {
        assert_eq!(
            file_name("wait for '[data-x=\"Rp 1\"]' / lunas"),
            "wait-for-data-x-rp-1-lunas",
            "no path in it"
        );
    }
}
