//! The gateways that are played. Adding one: a folder with its calls, and one line in `ALL`.

use axum::Router;

use crate::app::App;
use crate::played::Played;
use crate::{bayargg, digiswitch, kropay, midtrans, paydigital};

/// One gateway and its calls.
pub(crate) struct Gateway {
    pub(crate) played: &'static Played,
    pub(crate) routes: fn() -> Router<App>,
}

pub(crate) const ALL: &[Gateway] = &[
    Gateway { played: &kropay::PLAYED, routes: kropay::routes },
    Gateway { played: &paydigital::PLAYED, routes: paydigital::routes },
    Gateway { played: &midtrans::PLAYED, routes: midtrans::routes },
    Gateway { played: &digiswitch::PLAYED, routes: digiswitch::routes },
    Gateway { played: &bayargg::PLAYED, routes: bayargg::routes },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_comes_twice_and_no_gateway_names_as_another_does() {
        let mut seen = std::collections::BTreeSet::new();
        for Gateway { played, .. } in ALL {
            for count in 1..5_000 {
                let reference = (played.reference)("20260530", count);
                if reference.is_empty() && played.unique_names {
                    // It has the merchant's name instead.
                    continue;
                }
                assert!(reference.contains("20260530"), "{reference}");
                assert!(seen.insert(reference), "{}: {count}", played.code);
            }
        }
    }
}
