//! A gateway's QR is shown only if it is whole, for the asked amount and for the pinned merchant.

use crate::common::{build, sticker, vector, with, without};
use laci_qris::{Lang, Pin, Warning, check_gateway_qr, dynamic, parse, pin_of};

const TOTAL: u64 = 25_000;

fn shown() -> String {
    let qris = parse(&build(&sticker())).expect("valid");
    dynamic(&qris, TOTAL).expect("converts").qris.payload().to_owned()
}

fn nmid() -> Pin {
    Pin::Nmid("ID1020000000001".into())
}

fn refused(payload: &str, pin: Option<&Pin>) -> &'static str {
    let refusal = check_gateway_qr(payload, TOTAL, pin).expect_err("must be refused");
    assert_ne!(refusal.sentence(Lang::Id), refusal.sentence(Lang::En));
    refusal.code()
}

#[test]
fn the_asked_amount_of_the_pinned_merchant_passes() {
    let qris = check_gateway_qr(&shown(), TOTAL, Some(&nmid())).expect("passes");
    assert_eq!(pin_of(&qris), Some(nmid()));
    check_gateway_qr(&shown(), TOTAL, None).expect("first sight: nothing to compare");
}

#[test]
fn without_a_repository_the_pan_is_the_pin() {
    let bare = parse(&without("51")).expect("accepted");
    let pin = pin_of(&bare).expect("has a PAN");
    assert_eq!(pin, Pin::Pan("936009990000000016".into()));
    let payload = dynamic(&bare, TOTAL).expect("converts").qris.payload().to_owned();
    check_gateway_qr(&payload, TOTAL, Some(&pin)).expect("same PAN");
    check_gateway_qr(&shown(), TOTAL, Some(&pin)).expect("an NMID beside the PAN does no harm");
    assert_eq!(refused(&payload, Some(&nmid())), "foreign_merchant");
}

#[test]
fn another_merchant_is_refused_with_both_sides() {
    let pin = Pin::Nmid("ID1020000000009".into());
    let refusal = check_gateway_qr(&shown(), TOTAL, Some(&pin)).expect_err("foreign");
    assert_eq!(refusal.code(), "foreign_merchant");
    let sentence = refusal.sentence(Lang::Id);
    for part in ["TOKO CONTOH", "ID1020000000001", "ID1020000000009"] {
        assert!(sentence.contains(part), "{sentence}");
    }
}

#[test]
fn amounts_are_compared() {
    let refusal = check_gateway_qr(&shown(), TOTAL + 1, None).expect_err("other amount");
    assert_eq!(refusal.code(), "amount_mismatch");
    assert!(refusal.sentence(Lang::Id).contains("Rp 25.000, seharusnya Rp 25.001"));
    assert_eq!(refused(&with("01", "12"), None), "amount_missing");
    assert_eq!(refused(&vector("baseline static"), None), "static_code");
}

#[test]
fn damage_and_other_texts_are_told_apart() {
    assert_eq!(refused(&vector("CRC off by one nibble"), None), "gateway_qr_crc");
    assert_eq!(refused("https://example.com/pay", None), "gateway_qr_unreadable");
}

#[test]
fn a_fee_for_the_payer_is_refused_and_a_tip_prompt_is_not() {
    let with_tip = |tip: &[(&'static str, &'static str)]| {
        let mut fields = sticker();
        fields[1] = ("01", "12");
        fields.insert(6, ("54", "25000"));
        fields.splice(7..7, tip.iter().copied());
        build(&fields)
    };
    assert_eq!(refused(&with_tip(&[("55", "02"), ("56", "500")]), None), "fee_added");
    assert_eq!(refused(&with_tip(&[("55", "03"), ("57", "00.70")]), None), "fee_added");
    assert_eq!(refused(&with_tip(&[("56", "500")]), None), "fee_added");
    let prompt = check_gateway_qr(&with_tip(&[("55", "01")]), TOTAL, None).expect("shown");
    assert_eq!(prompt.warnings(), [Warning::TipTags]);
}

#[test]
fn static_with_the_right_amount_passes_with_a_warning() {
    let qris = check_gateway_qr(&with("54", "25000.00"), TOTAL, Some(&nmid())).expect("shown");
    assert_eq!(qris.warnings(), [Warning::StaticWithAmount]);
}
