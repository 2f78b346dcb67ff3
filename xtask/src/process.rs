//! Running other programs. Each failure is one sentence that names the whole command and how it ended, because a CI log
//! is read from its last lines. Absent on purpose: shells; arguments never pass through one here.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// `Err` holds a sentence for the person at the terminal; an empty one means that it was already said.
pub(crate) type Done<T = ()> = Result<T, String>;

/// What a program said on its standard output, and whether it ended well.
pub(crate) struct Heard {
    pub(crate) lines: Vec<String>,
    pub(crate) ended: Done,
}

/// Runs with the terminal's own input and output.
pub(crate) fn run(command: &mut Command) -> Done {
    announce(command);
    let status = command.status().map_err(|e| not_started(command, &e))?;
    ended(command, status)
}

/// Runs, shows the standard output as it comes, and keeps its lines.
pub(crate) fn hear(command: &mut Command) -> Heard {
    announce(command);
    let mut lines = Vec::new();
    let ended = hear_into(command, &mut lines);
    Heard { lines, ended }
}

fn hear_into(command: &mut Command, lines: &mut Vec<String>) -> Done {
    command.stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|e| not_started(command, &e))?;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).split(b'\n') {
            let line = line.map_err(|e| format!("{}: {e}", shown(command)))?;
            let line = String::from_utf8_lossy(&line).into_owned();
            println!("{line}");
            lines.push(line);
        }
    }
    let status = child.wait().map_err(|e| format!("{}: {e}", shown(command)))?;
    ended(command, status)
}

/// Runs quietly and returns the standard output; a failure carries the standard error.
pub(crate) fn answer(command: &mut Command) -> Done<String> {
    let out = command.stdin(Stdio::null()).output().map_err(|e| not_started(command, &e))?;
    match ended(command, out.status) {
        Ok(()) => Ok(String::from_utf8_lossy(&out.stdout).into_owned()),
        Err(sentence) => {
            Err(format!("{sentence}\n{}", String::from_utf8_lossy(&out.stderr).trim()))
        }
    }
}

/// Whether a program of this name stands in a folder of PATH.
pub(crate) fn is_installed(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&path).any(|folder| is_program(&folder.join(program)))
}

fn is_program(file: &Path) -> bool {
    file.is_file() || file.with_extension("exe").is_file()
}

/// The command as it would be typed, without its folder; for messages only.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut text =
        program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        if argument.is_empty() || argument.contains(char::is_whitespace) {
            text.push_str(&format!(" '{argument}'"));
        } else {
            text.push_str(&format!(" {argument}"));
        }
    }
    text
}

fn announce(command: &Command) {
    eprintln!("$ {}", shown(command));
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    let program = command.get_program().to_string_lossy();
    if error.kind() == std::io::ErrorKind::NotFound {
        format!("'{program}' is not installed, or is not on PATH (needed for: {})", shown(command))
    } else {
        format!("could not start: {} ({error})", shown(command))
    }
}

fn ended(command: &Command, status: ExitStatus) -> Done {
    if status.success() { Ok(()) } else { Err(format!("failed ({status}): {}", shown(command))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let said = run(&mut Command::new("laci-no-such-program")).unwrap_err();
        assert!(said.contains("'laci-no-such-program' is not installed"), "got: {said}");
    }

    #[test]
    fn a_failure_names_the_command_and_keeps_what_was_heard() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two; exit 3"]);
        let heard = hear(&mut command);
        assert_eq!(
            heard.lines,
            ["one", "two"],
            "lines before the failure are kept: they hold the counts"
        );
        let sentence = heard.ended.unwrap_err();
        assert!(
            sentence.contains("exit status: 3") && sentence.contains("sh -c"),
            "got: {sentence}"
        );
    }
}
