//! The menu, in the order of its page.

use laci_sandbox::Fault;

/// Every fault, some of them twice.
pub(super) fn all() -> Vec<Fault> {
    vec![
        Fault::Html,
        Fault::Cloudflare,
        Fault::Maintenance,
        Fault::Status { status: 400 },
        Fault::Status { status: 401 },
        Fault::Status { status: 404 },
        Fault::Status { status: 409 },
        Fault::Status { status: 500 },
        Fault::Status { status: 503 },
        Fault::ErrorWith200,
        Fault::Echo,
        Fault::RateLimited { retry_after_s: 0 },
        Fault::RateLimited { retry_after_s: 1 },
        Fault::Redirect,
        Fault::RedirectAway,
        Fault::Huge,
        Fault::ResetFirst,
        Fault::Slow { ms: 200 },
        Fault::CommitThenHang,
        Fault::CommitThenReset,
        Fault::CommitThenError,
        Fault::HalfThenHang,
        Fault::CutBody,
        Fault::Truncated,
        Fault::Bom,
        Fault::Notice,
        Fault::Gzip,
        Fault::AmountStrings,
        Fault::NullsAndExtras,
        Fault::DuplicateKeys,
        Fault::SkewedClock { seconds: 86_400 },
        Fault::SkewedClock { seconds: -86_400 },
        Fault::UnknownWord,
        Fault::OtherReference,
        Fault::AnothersBill,
        Fault::TotalTooHigh,
        Fault::QrWrongAmount,
        Fault::QrWrongMerchant,
        Fault::QrBadCrc,
        Fault::QrStatic,
        Fault::PaidLate,
        Fault::PaidTwice,
    ]
}

#[test]
fn no_fault_of_the_menu_is_left_out() {
    let named: std::collections::BTreeSet<String> = all()
        .iter()
        .map(|fault| format!("{fault:?}").split(' ').next().unwrap().to_owned())
        .collect();
    let unknown = serde_json::from_str::<Fault>(r#"{"kind":"?"}"#).unwrap_err().to_string();
    let known = unknown.split('`').skip(3).step_by(2).count();
    assert_eq!(named.len(), known, "{named:?} of {unknown}");
}
