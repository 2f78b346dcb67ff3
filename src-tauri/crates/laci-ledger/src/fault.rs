//! Named points at which a crash test kills this process, as if the power went. Debug builds only: a release
//! build has no such code at all.

/// Aborts the process when the variable `LACI_KILL_AT` names this point.
#[inline]
pub fn point(name: &'static str) {
    #[cfg(debug_assertions)]
    armed::kill_at(name, None);
    #[cfg(not(debug_assertions))]
    let _ = name;
}

/// As [`point`]; `LACI_KILL_AT` may also name one operation, as `commit.after:payment_start`.
#[inline]
pub(crate) fn point_of(name: &'static str, operation: &'static str) {
    #[cfg(debug_assertions)]
    armed::kill_at(name, Some(operation));
    #[cfg(not(debug_assertions))]
    let _ = (name, operation);
}

#[cfg(debug_assertions)]
mod armed {
    use std::sync::OnceLock;

    static KILL_AT: OnceLock<Option<String>> = OnceLock::new();

    pub(super) fn kill_at(name: &str, operation: Option<&str>) {
        let wanted = KILL_AT.get_or_init(|| std::env::var("LACI_KILL_AT").ok());
        let Some(wanted) = wanted.as_deref() else { return };
        let named = match (wanted.split_once(':'), operation) {
            (None, _) => wanted == name,
            (Some((point, only)), Some(operation)) => point == name && only == operation,
            (Some(_), None) => false,
        };
        if named {
            std::process::abort();
        }
    }
}
