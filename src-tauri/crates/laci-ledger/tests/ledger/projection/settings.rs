//! Settings: the last word holds, gateways keep their order.

use laci_core::books::{CashRounding, RoundingMode};
use laci_core::{
    Body, BookRules, GatewayName, GatewaySettings, Limits, OwnQris, PinnedMerchant, Rupiah, Zone,
};
use laci_ledger::{Op, Settings};

use crate::shop::{TestShop, shop_in};

fn gateway(name: &str, key_hint: &str) -> GatewaySettings {
    GatewaySettings {
        name: GatewayName::new(name).unwrap(),
        kind: "kropay".to_owned(),
        base_url: "https://example.invalid".to_owned(),
        options: [("timeout_ms".to_owned(), "8000".to_owned())].into(),
        key_hint: key_hint.to_owned(),
    }
}

fn settings(shop: &TestShop) -> Settings {
    shop.ledger.read(|view| view.settings()).unwrap()
}

#[test]
fn a_new_ledger_has_none_but_the_default_limits() {
    assert_eq!(settings(&TestShop::new()), Settings::default());
}

#[test]
fn the_last_word_holds() {
    let shop = TestShop::new();
    shop.append(0, shop_in(Zone::Wita, "03:00"));
    shop.append(1, shop_in(Zone::Wit, "04:00"));
    let limits = Limits { max_amount: Rupiah::from_u32(5_000_000), ..Limits::default() };
    shop.append(2, Body::LimitsSet { limits: limits.clone() });
    let own_qris = OwnQris {
        payload: "0002".to_owned(),
        merchant: "Warung Contoh".to_owned(),
        pin: PinnedMerchant::Nmid("ID1000000000001".to_owned()),
    };
    shop.append(3, Body::OwnQrisSet { own_qris: own_qris.clone() });
    let rounding = CashRounding::new(500, RoundingMode::Down).unwrap();
    let rules = BookRules { rounding, ..BookRules::default() };
    shop.append(4, Body::BookRulesSet { rules: rules.clone() });
    let found = settings(&shop);
    assert_eq!(found.shop.unwrap().zone, Zone::Wit);
    assert_eq!((found.limits, found.own_qris), (limits, Some(own_qris)));
    assert_eq!(found.rules, rules);
}

#[test]
fn gateways_keep_their_order_and_their_pin() {
    let shop = TestShop::new();
    for (name, hint) in [("zeta", "1111"), ("alfa", "2222")] {
        shop.append(0, Body::GatewaySet { gateway: gateway(name, hint) });
    }
    let (zeta, alfa) = (gateway("zeta", "1111").name, gateway("alfa", "2222").name);
    let pin = PinnedMerchant::Nmid("ID1000000000002".to_owned());
    shop.append(1, Body::GatewayPinned { name: zeta.clone(), method: None, pin: pin.clone() });
    let other = PinnedMerchant::Nmid("ID1000000000003".to_owned());
    let method = Some("gopay_qris".to_owned());
    shop.append(2, Body::GatewayPinned { name: zeta.clone(), method, pin: other.clone() });
    shop.append(2, Body::GatewaySet { gateway: gateway("zeta", "3333") });
    let found = settings(&shop);
    assert_eq!(found.gateways, [gateway("zeta", "3333"), gateway("alfa", "2222")]);
    assert_eq!(found.pin_of(&zeta, None), Some(&pin), "a new key is no new merchant");
    assert_eq!(found.pin_of(&zeta, Some("gopay_qris")), Some(&other), "each way has its own");
    assert_eq!((found.pin_of(&zeta, Some("qris")), found.pins.len()), (None, 2));
    shop.append(3, Body::GatewayRemoved { name: zeta.clone() });
    shop.append(4, Body::GatewaySet { gateway: gateway("zeta", "4444") });
    let found = settings(&shop);
    assert_eq!(found.gateways[1].name, zeta, "added again, it stands last");
    assert!(found.pins.is_empty(), "removing a gateway ends its pin");
    assert_eq!(found.gateways[0].name, alfa);
}

#[test]
fn a_gateway_that_is_not_there_is_neither_pinned_nor_removed() {
    let shop = TestShop::new();
    let name = gateway("alfa", "").name;
    let pin = PinnedMerchant::Nmid("ID1".to_owned());
    for body in [
        Body::GatewayPinned { name: name.clone(), method: None, pin },
        Body::GatewayRemoved { name: name.clone() },
    ] {
        assert!(shop.write(Op::Gateway, 0, |tx| tx.append(body)).is_err());
    }
}
