//! Arbitrary facts that could happen, and the drawer as a cashier would reckon it: the oracle of the tests beside.

use laci_core::books::{
    By, CashSource, Fact, Line, Owed, Part, Pocket, RefundBy, RefundOf, Seen, SetorTo, Shifts,
    TopUpFrom, Way, Why,
};
use laci_core::{GatewayName, Rupiah};
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) fn rp(n: i64) -> Rupiah {
    Rupiah::new(n).unwrap()
}

pub(crate) fn gateway(name: &str) -> GatewayName {
    GatewayName::new(name).unwrap()
}

fn amount() -> impl Strategy<Value = Rupiah> + Clone {
    (1i64..5_000_000).prop_map(rp)
}

/// Mostly nothing, sometimes a little more than was asked.
fn beyond() -> impl Strategy<Value = i64> {
    prop_oneof![3 => Just(0), 1 => 1i64..200_000]
}

fn pocket() -> impl Strategy<Value = Pocket> + Clone {
    let all = vec![
        Pocket::Gateway(gateway("kropay")),
        Pocket::Gateway(gateway("bank")),
        Pocket::OwnQris,
        Pocket::Bank,
    ];
    select(all)
}

fn owed() -> impl Strategy<Value = Owed> {
    select(vec![Owed::Surplus, Owed::Unmatched, Owed::BillMoney, Owed::Refund])
}

fn by_cash(price: i64) -> impl Strategy<Value = By> {
    (-99i64..100, 0i64..100_000).prop_map(move |(rounding, change)| By::Cash {
        tendered: rp(price + rounding + change),
        change: rp(change),
        rounding: rp(rounding),
    })
}

fn by_money(price: i64) -> impl Strategy<Value = By> {
    let seen = select(vec![Seen::Evidence, Seen::Person]);
    (pocket(), -999i64..1_000, beyond(), 0i64..5_000, seen).prop_map(
        move |(to, code, beyond, fee, seen)| By::Sent {
            to,
            unique_code: rp(code),
            received: rp(price + code + beyond),
            fee: rp(fee),
            seen,
        },
    )
}

fn by_held(price: i64) -> impl Strategy<Value = By> {
    (owed(), pocket(), -999i64..1_000, beyond()).prop_map(move |(from, via, code, beyond)| {
        By::Held { from, via, unique_code: rp(code), amount: rp(price + code + beyond) }
    })
}

/// One part that is not cash, or not a bon, if told so.
fn part(cash: bool, bon: bool) -> impl Strategy<Value = Part> {
    (1_000i64..3_000_000).prop_flat_map(move |price| {
        let mut ways = vec![by_money(price).boxed(), by_held(price).boxed()];
        if cash {
            ways.push(by_cash(price).boxed());
        }
        if bon {
            ways.push(Just(By::Bon).boxed());
        }
        proptest::strategy::Union::new(ways).prop_map(move |by| Part { price: rp(price), by })
    })
}

fn covered() -> impl Strategy<Value = Fact> {
    (part(true, true), prop::collection::vec(part(false, true), 0..3)).prop_map(
        |(one, mut more)| {
            more.push(one);
            Fact::SaleCovered { parts: more }
        },
    )
}

fn of_gateways() -> impl Strategy<Value = Fact> {
    let why = select(vec![Why::NoSale, Why::Short, Why::Again]);
    let fees = || (0i64..9_000).prop_map(rp);
    let settling = pocket().prop_filter("the bank settles nothing", |at| *at != Pocket::Bank);
    prop_oneof![
        (pocket(), amount(), fees(), why).prop_map(|(at, amount, fee, why)| Fact::MoneyReceived {
            at,
            amount,
            fee,
            why
        }),
        (pocket(), amount(), fees()).prop_map(|(at, amount, fee)| Fact::MoneyWithdrawn {
            at,
            amount,
            fee
        }),
        (settling, amount(), fees()).prop_map(|(from, to_bank, fee)| Fact::Settled {
            from,
            to_bank,
            fee
        }),
        (pocket(), fees(), fees()).prop_map(|(at, estimated, actual)| Fact::FeeCorrected {
            at,
            estimated,
            actual
        }),
    ]
}

fn refunds() -> impl Strategy<Value = Fact> {
    let of = || prop_oneof![Just(RefundOf::Sale), owed().prop_map(RefundOf::Owed)];
    let by = select(vec![RefundBy::Cash, RefundBy::Transfer]);
    prop_oneof![
        (of(), amount()).prop_map(|(of, amount)| Fact::RefundPromised { of, amount }),
        (of(), amount(), by).prop_map(|(of, amount, by)| Fact::RefundPaid { of, amount, by }),
    ]
}

fn of_the_drawer() -> impl Strategy<Value = Fact> {
    let source = select(vec![CashSource::Other, CashSource::Owner]);
    let to = select(vec![SetorTo::Owner, SetorTo::Bank]);
    prop_oneof![
        (amount(), source).prop_map(|(amount, from)| Fact::CashIn { amount, from }),
        amount().prop_map(|amount| Fact::CashOut { amount }),
        (amount(), to).prop_map(|(amount, to)| Fact::Setor { amount, to }),
        (0i64..1_000_000).prop_map(|float| Fact::ShiftOpened { float: rp(float) }),
        (-5_000_000i64..5_000_000, 0i64..5_000_000).prop_map(|(expected, counted)| {
            Fact::ShiftClosed { expected: rp(expected), counted: rp(counted) }
        }),
    ]
}

fn bills() -> impl Strategy<Value = Fact> {
    let from = select(vec![TopUpFrom::Cash, TopUpFrom::Bank]);
    let bought = || (amount(), amount(), 0i64..5_000).prop_map(|(a, b, fee)| (a, b, rp(fee)));
    prop_oneof![
        (amount(), amount(), from).prop_map(|(paid, credited, from)| Fact::DepositToppedUp {
            gateway: gateway("digi"),
            paid,
            credited,
            from,
        }),
        part(true, true).prop_map(|part| Fact::BillMoneyReceived { part }),
        bought().prop_map(|(held, deposit_price, own_fee)| Fact::BillSucceeded {
            gateway: gateway("digi"),
            held,
            deposit_price,
            own_fee,
        }),
        amount().prop_map(|held| Fact::BillFailed { held }),
        amount().prop_map(|held| Fact::BillFoundPaid { held }),
        (1_000i64..5_000_000, -500i64..500, select(vec![RefundBy::Cash, RefundBy::Transfer]))
            .prop_map(|(held, rounding, by)| Fact::BillRefunded {
                held: rp(held),
                rounding: rp(rounding),
                by,
            }),
        bought().prop_map(|(held, deposit_price, own_fee)| Fact::BillReversed {
            gateway: gateway("digi"),
            held,
            deposit_price,
            own_fee,
        }),
    ]
}

pub(crate) fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        6 => covered(),
        1 => Just(Fact::SaleVoided),
        1 => part(true, false).prop_map(|part| Fact::BonPaid { part }),
        2 => of_gateways(),
        2 => refunds(),
        3 => of_the_drawer(),
        2 => bills(),
    ]
}

/// Any facts in any order; each close expects what the drawer should hold at that moment.
pub(crate) fn facts() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec(fact(), 0..40).prop_map(|mut facts| {
        let mut drawer = 0;
        for fact in &mut facts {
            if let Fact::ShiftClosed { expected, .. } = fact {
                *expected = rp(drawer);
                drawer = 0;
            }
            drawer += into_the_drawer(fact);
        }
        facts
    })
}

/// Lines of one register in the log's order: shifts as they were opened and closed, hours as a broken clock gives them,
/// and each close expecting what the drawer should hold.
pub(crate) fn shift_lines() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec((fact(), 0u8..24), 0..60).prop_map(|facts| {
        let (mut shifts, mut drawer, mut lines) = (Shifts::default(), 0, Vec::new());
        for (mut fact, hour) in facts {
            let Ok(shift) = shifts.place(&fact) else { continue };
            if let Fact::ShiftClosed { expected, .. } = &mut fact {
                *expected = rp(drawer);
                drawer = 0;
            }
            drawer += into_the_drawer(&fact);
            lines.push(Line { shift, hour, cashier: "sari".to_owned(), fact });
        }
        lines
    })
}

pub(crate) fn lines() -> impl Strategy<Value = Vec<Line>> {
    let cashier = select(vec!["sari", "dewi", "agus"]);
    let around = (1u32..5, 0u8..24, cashier);
    facts().prop_flat_map(move |facts| {
        let around = prop::collection::vec(around.clone(), facts.len());
        (Just(facts), around).prop_map(|(facts, around)| {
            let lines = facts.into_iter().zip(around).map(|(fact, (shift, hour, cashier))| Line {
                shift,
                hour,
                cashier: cashier.to_owned(),
                fact,
            });
            lines.collect()
        })
    })
}

/// What a fact puts into the drawer (below zero: takes out), as a cashier would reckon it: float + received - change
/// - refunds + in - out - setor. A close is not reckoned.
pub(crate) fn into_the_drawer(fact: &Fact) -> i64 {
    let parts = match fact {
        Fact::SaleCovered { parts } => parts.as_slice(),
        Fact::BonPaid { part } | Fact::BillMoneyReceived { part } => std::slice::from_ref(part),
        Fact::ShiftOpened { float } => return float.get(),
        Fact::CashIn { amount, .. } => return amount.get(),
        Fact::RefundPaid { amount, by: RefundBy::Cash, .. }
        | Fact::CashOut { amount }
        | Fact::Setor { amount, .. }
        | Fact::DepositToppedUp { paid: amount, from: TopUpFrom::Cash, .. } => {
            return -amount.get();
        }
        Fact::BillRefunded { held, rounding, by: RefundBy::Cash } => {
            return -held.get() - rounding.get();
        }
        Fact::BillRefunded { by: RefundBy::Transfer, .. }
        | Fact::BillFoundPaid { .. }
        | Fact::SaleVoided
        | Fact::MoneyReceived { .. }
        | Fact::MoneyWithdrawn { .. }
        | Fact::Settled { .. }
        | Fact::FeeCorrected { .. }
        | Fact::RefundPromised { .. }
        | Fact::RefundPaid { by: RefundBy::Transfer, .. }
        | Fact::ShiftClosed { .. }
        | Fact::DepositToppedUp { from: TopUpFrom::Bank, .. }
        | Fact::BillSucceeded { .. }
        | Fact::BillFailed { .. }
        | Fact::BillReversed { .. } => &[],
    };
    let cash = parts.iter().map(|part| match part.by {
        By::Cash { tendered, change, .. } => tendered.get() - change.get(),
        By::Sent { .. } | By::Bon | By::Held { .. } => 0,
    });
    cash.sum()
}

/// The prices of a covered sale; nothing else is turnover.
pub(crate) fn price(fact: &Fact) -> i64 {
    let Fact::SaleCovered { parts } = fact else { return 0 };
    parts.iter().map(|part| part.price.get()).sum()
}

pub(crate) fn paid_by(way: Way, fact: &Fact) -> i64 {
    let Fact::SaleCovered { parts } = fact else { return 0 };
    parts.iter().filter(|part| part.by.way() == way).map(|part| part.price.get()).sum()
}
