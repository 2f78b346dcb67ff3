//! One call of the program, to its end or until it is killed.

use super::answer::Answer;
use super::program;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A verb about to run, with an environment of its own.
pub struct Verb {
    command: Command,
    asked: String,
    lines: Option<String>,
}

impl Verb {
    /// The program as the last words of another one's command line.
    pub(super) fn below(wrapper: &[&str], home: &Path, arguments: &[&str]) -> Self {
        let program = program();
        let mut command = match wrapper.split_first() {
            None => Command::new(program),
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command.args(arguments);
        command.env_clear().env("HOME", home).env("TMPDIR", home);
        for kept in ["PATH", "LD_LIBRARY_PATH"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command.env("LACI_NO_KEYRING", "1");
        Self { command, asked: arguments.join(" "), lines: None }
    }

    #[must_use]
    pub fn variable(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Dies at a named point of the program, as if the power went.
    #[must_use]
    pub fn killed_at(mut self, point: &str) -> Self {
        self.asked.push_str(&format!(" [killed at {point}]"));
        self.variable("LACI_KILL_AT", point)
    }

    /// A line for standard input.
    #[must_use]
    pub fn line(mut self, line: &str) -> Self {
        let lines = self.lines.get_or_insert_default();
        lines.push_str(line);
        lines.push('\n');
        self
    }

    /// Runs it to its end.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn end(self) -> Answer {
        self.start().end()
    }

    /// Runs it beside the test.
    ///
    /// # Panics
    /// If it cannot be started.
    pub fn start(mut self) -> Running {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        self.command.stdin(if self.lines.is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = self.command.spawn().expect("the program starts");
        if let (Some(lines), Some(mut stdin)) = (&self.lines, child.stdin.take()) {
            // A verb that refuses its arguments is gone before it reads; its answer tells.
            let _ = stdin.write_all(lines.as_bytes());
        }
        Running { child, asked: self.asked }
    }
}

/// A verb that runs.
pub struct Running {
    child: Child,
    asked: String,
}

impl Running {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it ended by itself.
    ///
    /// # Panics
    /// If the system does not know its own child.
    pub fn is_over(&mut self) -> bool {
        self.child.try_wait().expect("a child can be asked after").is_some()
    }

    /// Ends it at once and without notice (SIGKILL).
    ///
    /// # Panics
    /// If the system refuses.
    pub fn kill(mut self) -> Answer {
        self.child.kill().expect("a child can be killed");
        self.end()
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// If it cannot be waited for.
    pub fn end(self) -> Answer {
        let output = self.child.wait_with_output().expect("a child ends");
        Answer::new(self.asked, &output)
    }
}
