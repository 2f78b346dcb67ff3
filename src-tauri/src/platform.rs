//! The till's ports on this machine. The only place that reads the clock and the system's randomness.

use std::sync::Arc;

use laci_till::gateway::HttpTransport;
use laci_till::{Clock, Ids, Ports, UnixMs};

use crate::secrets;

struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock port")]
    fn now(&self) -> UnixMs {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        UnixMs(since.map_or(0, |length| i64::try_from(length.as_millis()).unwrap_or(i64::MAX)))
    }
}

struct SystemRandom;

impl Ids for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness no id is safe; going on would be worse than stopping.
        getrandom::fill(bytes).expect("the system gives random bytes");
    }
}

/// `practice` keeps no secret, so it never touches the keyring.
pub(crate) fn ports(practice: bool) -> Ports {
    Ports {
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemRandom),
        key_store: secrets::key_store(practice),
        transport: Arc::new(HttpTransport::new()),
    }
}
