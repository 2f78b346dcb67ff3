//! Each rule that refuses and each oddity that is let through, one payload at a time.

use crate::common::{ACCOUNT, REPOSITORY, build, sticker, vector, with, without};
use laci_qris::{Criteria, Error, Kind, Lang, MAX_AMOUNT, Warning, dynamic, parse};

fn refusal(payload: &str) -> Error {
    parse(payload).expect_err("must be refused")
}

#[test]
fn everything_a_sticker_says_is_read() {
    let qris = parse(&build(&sticker())).expect("valid");
    assert_eq!((qris.kind(), qris.amount()), (Kind::Static, None));
    assert_eq!((qris.merchant(), qris.city()), ("TOKO CONTOH", "JAKARTA PUSAT"));
    assert_eq!((qris.postal(), qris.mcc()), (Some("10110"), "5411"));
    assert_eq!(qris.nmid(), Some("ID1020000000001"));
    assert_eq!(qris.pan(), Some("936009990000000016"));
    assert_eq!(qris.criteria(), Criteria::Micro);
    assert_eq!(qris.acquirer(), None, "93600999 is invented");
    assert_eq!(qris.warnings(), []);
}

#[test]
fn a_known_number_names_the_acquirer() {
    let payload = with("26", "0011ID.CONTOH.W01189360091800000000010203001");
    let qris = parse(&payload).expect("valid");
    assert_eq!(qris.acquirer(), Some("ShopeePay"));
    assert_eq!(qris.criteria(), Criteria::Regular, "none given");
}

#[test]
fn the_account_with_the_lowest_id_names_the_merchant_in_any_order() {
    let other = "0011ID.CONTOH.W01189360000200000000010203001";
    let mut fields = sticker();
    fields.insert(2, ("27", other));
    assert_eq!(parse(&build(&fields)).expect("valid").pan(), Some("936009990000000016"));
}

#[test]
fn tags_have_offsets_values_and_children() {
    let payload = build(&sticker());
    let qris = parse(&payload).expect("valid");
    let tags = qris.tags();
    let ids: Vec<u8> = tags.iter().map(|t| t.id).collect();
    assert_eq!(ids, [0, 1, 26, 51, 52, 53, 58, 59, 60, 61, 62, 63]);
    let account = &tags[2];
    assert_eq!((account.offset, account.value), (12, ACCOUNT));
    let children: Vec<_> = account.children.iter().map(|t| (t.id, t.offset, t.value)).collect();
    assert_eq!(children[1], (1, 36, "936009990000000016"));
    assert_eq!(children.len(), 4);
    assert!(tags[7].children.is_empty(), "a name is no template");
}

#[test]
fn amounts_in_all_three_forms() {
    for (value, amount) in [("1000", 1000), ("1000.00", 1000), ("1000.", 1000), ("0001.0", 1)] {
        let qris = parse(&with("54", value)).expect(value);
        assert_eq!(qris.amount(), Some(amount), "{value}");
    }
    for value in
        ["1000,00", "1.000", "1 000", "-5", "+5", ".5", ".", "1e3", "1.0.0", "99999999999999"]
    {
        assert_eq!(refusal(&with("54", value)).code(), "amount_format", "{value}");
    }
    for value in ["0", "0.00", "000"] {
        assert_eq!(refusal(&with("54", value)).code(), "amount_zero", "{value}");
    }
    assert_eq!(refusal(&with("54", "10.50")).code(), "amount_fraction");
}

#[test]
fn amounts_to_put_in_have_limits() {
    let qris = parse(&build(&sticker())).expect("valid");
    assert_eq!(dynamic(&qris, 0), Err(Error::AmountTooSmall));
    for amount in [1, 9, 10, 999_999_999, 1_000_000_000, MAX_AMOUNT] {
        let shown = dynamic(&qris, amount).expect("in range").qris;
        assert_eq!(shown.amount(), Some(amount));
    }
    let amount = MAX_AMOUNT + 1;
    assert_eq!(dynamic(&qris, amount), Err(Error::AmountTooLarge { amount }));
    assert_eq!(dynamic(&qris, u64::MAX), Err(Error::AmountTooLarge { amount: u64::MAX }));
}

#[test]
fn a_missing_tag_01_is_put_in_after_00() {
    let shown = dynamic(&parse(&without("01")).expect("static"), 5_000).expect("converts").qris;
    assert!(shown.payload().starts_with("00020101021226"), "{}", shown.payload());
    assert!(shown.payload().contains("5303360540450005802ID"), "54 follows 53");
}

#[test]
fn mandatory_tags() {
    for id in ["52", "53", "58", "59", "60"] {
        let Error::Missing { id: missing, at } = refusal(&without(id)) else { panic!("{id}") };
        assert_eq!(format!("{missing:02}"), id);
        assert_eq!(at, without(id).len() - 8, "points at tag 63");
    }
    let mut fields = sticker();
    fields.retain(|(id, _)| *id != "26" && *id != "51");
    assert_eq!(refusal(&build(&fields)).code(), "account_missing");
    fields.insert(2, ("04", "000000000000000"));
    let scheme_only = parse(&build(&fields)).expect("a card scheme's number is an account");
    assert_eq!(laci_qris::pin_of(&scheme_only), None, "and names no merchant of ours");
}

#[test]
fn values_that_are_fixed() {
    assert_eq!(refusal(&with("53", "840")).code(), "foreign_currency");
    assert_eq!(refusal(&with("58", "SG")).code(), "foreign_country");
    assert_eq!(refusal(&with("01", "13")).code(), "bad_point_of_initiation");
    assert_eq!(refusal(&with("00", "02")).code(), "bad_format_indicator");
    assert_eq!(refusal(&with("52", "54A1")).code(), "bad_field");
}

#[test]
fn transfers_are_refused_by_any_of_their_marks() {
    assert_eq!(refusal(&with("40", ACCOUNT)).code(), "transfer");
    assert_eq!(refusal(&with("52", "4829")).code(), "transfer");
    for purpose in ["0804BOOK", "0804DMCT", "0804XBCT", "0804CDPT", "0804CWDL", "07000804DMCT"] {
        assert_eq!(refusal(&with("62", purpose)).code(), "transfer", "{purpose}");
    }
    parse(&with("62", "0804POSP")).expect("another purpose is a shop's");
}

#[test]
fn structure_is_strict_at_the_root_and_in_accounts() {
    let whole = build(&sticker());
    assert_eq!(refusal(""), Error::Empty);
    assert_eq!(refusal("  \r\n"), Error::Empty);
    assert_eq!(refusal("https://example.com").code(), "not_qris");
    assert_eq!(
        refusal(&whole.replacen("0102", "01A2", 1)),
        Error::BadLength { at: 8, id: 1, within: None }
    );
    assert_eq!(refusal(&whole.replacen("0102", "0:02", 1)), Error::BadId { at: 6, within: None });
    assert_eq!(
        refusal(&whole.replacen("010211", "0100", 1)),
        Error::BadLength { at: 8, id: 1, within: None }
    );
    assert_eq!(refusal(&format!("{whole}AB")).code(), "bad_id");
    assert_eq!(refusal(&format!("{whole}80")).code(), "truncated");
    assert_eq!(refusal(&format!("{whole}8001X")).code(), "crc_not_last");
    assert_eq!(refusal(&whole[..whole.len() - 8]).code(), "crc_missing");
    assert_eq!(refusal(&format!("{}+0A1", &whole[..whole.len() - 4])).code(), "crc_malformed");
    let broken = with("26", "0016ID.CO.CONTOH.WWW0118936009990");
    assert_eq!(refusal(&broken), Error::Truncated { at: 36, id: Some(1), within: Some(26) });
    let twice = with("51", "0014ID.CO.QRIS.WWW0215ID10200000000010215ID1020000000002");
    assert!(matches!(refusal(&twice), Error::Duplicate { id: 2, within: Some(51), .. }));
    assert!(matches!(
        refusal(&with("62", "0703A010703A02")),
        Error::Duplicate { id: 7, within: Some(62), .. }
    ));
    assert_eq!(refusal(&with("64", "0002ID01")).code(), "truncated");
}

#[test]
fn a_duplicate_is_found_in_any_order() {
    for (first, second) in [("80", "80"), ("99", "62"), ("61", "00")] {
        let mut fields = sticker();
        fields.insert(1, (first, "01"));
        fields.push((second, "0703A01"));
        assert_eq!(refusal(&build(&fields)).code(), "duplicate_tag", "{first} {second}");
    }
}

#[test]
fn a_card_scheme_number_is_opaque() {
    let mut fields = sticker();
    fields.insert(2, ("04", "15539919000000"));
    let payload = build(&fields);
    let qris = parse(&payload).expect("primitive tags are not templates");
    assert!(qris.tags()[2].children.is_empty());
    let shown = dynamic(&qris, 1).expect("converts").qris;
    assert!(shown.payload().contains("041415539919000000"));
}

#[test]
fn lengths_count_characters_and_offsets_too() {
    let payload = with("59", "KAFÉ 北京");
    let qris = parse(&payload).expect("length 7 in characters");
    assert_eq!(qris.merchant(), "KAFÉ 北京");
    let after = qris.tags().into_iter().find(|t| t.id == 60).expect("60 is there");
    let chars: String = payload.chars().skip(after.offset).take(4).collect();
    assert_eq!(chars, "6013");
    let shown = dynamic(&qris, 7_000).expect("converts").qris;
    assert_eq!((shown.merchant(), shown.amount()), ("KAFÉ 北京", Some(7_000)));
    let mut fields = sticker();
    fields.push(("59", "北京"));
    fields.insert(1, ("59", "KAFÉ"));
    assert_eq!(refusal(&build(&fields)).code(), "duplicate_tag", "also beyond ASCII");
}

#[test]
fn no_more_than_512_characters() {
    let long = "X".repeat(99);
    let mut fields = sticker();
    for id in ["80", "81"] {
        fields.push((id, &long));
    }
    let fill = 512 - build(&fields).len() - 4;
    let rest = "X".repeat(fill);
    fields.push(("82", &rest));
    let full = build(&fields);
    assert_eq!(full.len(), 512);
    let qris = parse(&full).expect("512 characters are allowed");
    assert_eq!(dynamic(&qris, 1), Err(Error::TooLong { at: 512 }), "no room for an amount");
    assert_eq!(refusal(&format!("{full}1")), Error::TooLong { at: 512 });
}

#[test]
fn stickers_in_the_wild_pass_with_a_warning() {
    let warned = |payload: &str| parse(payload).expect("accepted").warnings();
    assert_eq!(warned(&without("51")), [Warning::RepositoryMissing]);
    assert_eq!(warned(&with("51", "0014ID.CO.QRIS.WWW")), [Warning::NmidMissing]);
    assert_eq!(warned(&without("61")), [Warning::PostalMissing]);
    let long = "TOKO CONTOH YANG NAMANYA PANJANG";
    assert_eq!(warned(&with("59", long)), [Warning::LongText { id: 59, chars: 32 }]);
    assert_eq!(warned(&with("59", "TOKO|DUA")), [Warning::PipeInText { id: 59 }]);
    let pan = "0016ID.CO.CONTOH.WWW0115936009990000001";
    assert_eq!(warned(&with("26", pan)), [Warning::OddPan { chars: 15 }]);
    assert_eq!(warned(&with("26", "0016ID.CO.CONTOH.WWW")), [Warning::PanMissing]);
    let nmid = "0014ID.CO.QRIS.WWW0214ID102000000001";
    assert_eq!(warned(&with("51", nmid)), [Warning::OddNmid { chars: 14 }]);
    for unclean in ["0700", "0703A0199", "07XXA01"] {
        assert_eq!(warned(&with("62", unclean)), [Warning::UncleanAdditionalData], "{unclean}");
        let qris = parse(&with("62", unclean)).expect("accepted");
        let shown = dynamic(&qris, 5).expect("converts").qris;
        assert!(shown.payload().contains(&format!("62{:02}{unclean}", unclean.len())), "kept");
    }
    assert_eq!(warned(&with("54", "500")), [Warning::StaticWithAmount]);
    let dynamic_source = parse(&with("01", "12")).expect("valid");
    assert_eq!(dynamic(&dynamic_source, 5).expect("converts").warnings, [Warning::SourceDynamic]);
}

#[test]
fn what_scanners_add_is_taken_off() {
    let whole = vector("baseline static");
    let messy = format!("\u{FEFF} \t\r\n{}\r\n{}\n ", &whole[..50], &whole[50..]);
    assert_eq!(parse(&messy).expect("cleaned").payload(), whole);
    let spaced = vector("double and trailing space");
    assert_eq!(parse(&spaced).expect("valid").merchant(), "TOKO  DUA SPASI ");
}

#[test]
fn sentences_say_what_and_what_to_do() {
    let refusal = refusal(&vector("CRC off by one nibble"));
    let sentence = refusal.sentence(Lang::Id);
    assert!(sentence.contains("CRC tidak cocok") && sentence.contains("Salin ulang"), "{sentence}");
    assert_eq!(refusal.to_string(), refusal.sentence(Lang::En));
    assert_eq!(refusal.offset(), Some(vector("baseline static").len() - 4));
    for warning in parse(&without("51")).expect("accepted").warnings() {
        assert_ne!(warning.sentence(Lang::Id), warning.sentence(Lang::En));
    }
    assert!(REPOSITORY.contains("ID1020000000001"));
}
