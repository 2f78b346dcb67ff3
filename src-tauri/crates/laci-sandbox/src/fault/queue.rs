//! Faults wait in the order in which they were set; each is for the next `times` calls of one operation.

use std::collections::VecDeque;

use super::menu::{Fault, Operation};

const MAX_WAITING: usize = 100;

#[derive(Debug, Default)]
pub(crate) struct Faults(VecDeque<(Operation, Fault, u32)>);

impl Faults {
    /// `false` when too many wait already.
    pub(crate) fn set(&mut self, operation: Operation, fault: Fault, times: u32) -> bool {
        let room = self.0.len() < MAX_WAITING;
        if room && times > 0 {
            self.0.push_back((operation, fault, times));
        }
        room
    }

    pub(crate) fn take(&mut self, operation: Operation) -> Option<Fault> {
        let at = self.0.iter().position(|(waits_for, _, _)| *waits_for == operation)?;
        let (_, fault, times) = self.0.get_mut(at)?;
        let fault = *fault;
        *times -= 1;
        if *times == 0 {
            self.0.remove(at);
        }
        Some(fault)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_serves_its_calls_in_turn() {
        let mut faults = Faults::default();
        assert!(faults.set(Operation::Status, Fault::Html, 2));
        assert!(faults.set(Operation::Create, Fault::Gzip, 1));
        assert!(faults.set(Operation::Status, Fault::Bom, 1));
        assert!(faults.set(Operation::Create, Fault::Bom, 0), "for no call");
        let mut status = || faults.take(Operation::Status);
        assert_eq!(
            [status(), status(), status(), status()],
            [Some(Fault::Html), Some(Fault::Html), Some(Fault::Bom), None]
        );
        assert_eq!(faults.take(Operation::Create), Some(Fault::Gzip));
        assert_eq!(faults.take(Operation::Create), None);
        while faults.set(Operation::Create, Fault::Bom, 1) {}
        assert_eq!(faults.0.len(), MAX_WAITING, "bounded");
    }
}
