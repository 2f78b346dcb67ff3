//! How much of a caller's bytes, time and connections the listener takes.

use std::time::Duration;

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub body_bytes: usize,
    /// All headers with the first line.
    pub head_bytes: usize,
    pub headers: usize,
    /// For the headers, and again for the body.
    pub read_within: Duration,
    /// For everything, the answer included.
    pub end_within: Duration,
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024,
            head_bytes: 8 * 1024,
            headers: 40,
            read_within: Duration::from_secs(5),
            end_within: Duration::from_secs(60),
            connections: 32,
        }
    }
}
