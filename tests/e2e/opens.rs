//! The window opens in an empty data folder.

use laci_tests::driver::{Launch, Outcome, Session};

#[test]
fn a_first_start_opens_the_window() -> Outcome {
    let folder = tempfile::tempdir()?;
    let launch = Launch::till()?.variable("LACI_DATA", folder.path().to_string_lossy());
    let session = Session::start(&launch)?;
    session.wait_for("body")?;
    assert!(session.process()?.is_some(), "the window belongs to the program that was started");
    Ok(())
}
