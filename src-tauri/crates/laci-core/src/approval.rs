//! A second person's word: whether it is enough for an act that one person may not do alone.
//!
//! Deliberately absent: PINs. Whoever stands here has already shown one.

use crate::refusal::Refusal;
use crate::role::{Act, Role, Verdict, may};

/// Somebody whose PIN was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// The person's id.
    pub person: &'a str,
    pub role: Role,
}

/// Whether `actor` may do `act`, with `approver`'s word if one was given. Refused with `pin_required` without an
/// approver where one is needed, `role_too_low`, or `same_person`: nobody approves himself, not even with two roles.
pub fn decide(act: Act, actor: Known<'_>, approver: Option<Known<'_>>) -> Result<(), Refusal> {
    let needed = match may(actor.role, act) {
        Verdict::Allowed => return Ok(()),
        Verdict::NeedsApproval(needed) => needed,
    };
    let approver = approver.ok_or(Refusal::ApprovalRequired { role: needed })?;
    if approver.role < needed {
        return Err(Refusal::RoleTooLow { role: needed });
    }
    if approver.person == actor.person {
        return Err(Refusal::SamePerson);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(person: &str, role: Role) -> Known<'_> {
        Known { person, role }
    }

    #[test]
    fn what_could_hide_money_needs_somebody_else() {
        use Verdict::NeedsApproval;
        for act in [Act::Refund, Act::ConfirmPayment, Act::ResolvePayment, Act::ResolveBill] {
            assert_eq!(may(Role::Supervisor, act), NeedsApproval(Role::Supervisor), "{act:?}");
            let one = known("sari", Role::Supervisor);
            assert_eq!(decide(act, one, Some(one)), Err(Refusal::SamePerson));
            assert_eq!(decide(act, one, Some(known("dewi", Role::Supervisor))), Ok(()));
        }
    }

    #[test]
    fn an_approver_has_at_least_the_role_that_was_asked_for() {
        for act in Act::ALL {
            let (needed, _) = act.rule();
            for role in Role::ALL {
                let done = decide(*act, known("a", Role::Cashier), Some(known("b", role)));
                let allowed = may(Role::Cashier, *act) == Verdict::Allowed;
                assert_eq!(done.is_ok(), allowed || role >= needed, "{act:?} {role:?}");
            }
        }
        let alone = decide(Act::Settings, known("a", Role::Supervisor), None);
        assert_eq!(alone.unwrap_err().code(), "pin_required");
    }
}
