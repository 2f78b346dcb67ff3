//! Statistics: from the books alone, and never an unpaid sale in them.

use std::sync::atomic::Ordering;

use laci_till::wire::Via;
use laci_till::{By, Lang, Period};

use crate::guarded::Guarded;
use crate::world::{Counter, charge};

#[tokio::test]
async fn an_unpaid_sale_is_in_no_figure() {
    let counter = Counter::shop();
    let (till, by) = (&counter.till, By::counter());
    till.cash_pay(by, charge(12_000, Via::Auto, None), 20_000).await.unwrap();
    let open = till.payment_start(by, charge(34_567, Via::OwnQris, None)).await.unwrap();
    let report = till.report(&Period::Today).unwrap();
    assert_eq!((report.totals.turnover.get(), report.totals.sales), (12_000, 1));
    assert!(report.cross_foots);
    let json = serde_json::to_string(&report).unwrap();
    assert!(!json.contains("34567") && !json.contains(&open.total.to_string()), "{json}");
    till.payment_confirm(by, open.id.parse().unwrap(), "mutasi").unwrap();
    let report = till.report(&Period::Today).unwrap();
    assert_eq!((report.totals.turnover.get(), report.totals.sales), (46_567, 2));
    assert_eq!(report.totals.confirmed.get(), 34_567);
    assert_eq!(report.by_method.len(), 2);
    assert_eq!(report.by_gateway[0].gateway, "own_qris");
    assert_eq!(report.by_product[0].name, "Nominal");
    assert_eq!((report.cash.received.get(), report.cash.change.get()), (20_000, -8_000));
    assert!(report.cross_foots);
}

#[tokio::test]
async fn a_report_is_text_and_a_table_too() {
    let counter = Counter::shop();
    let (till, by) = (&counter.till, By::counter());
    till.cash_pay(by, charge(12_050, Via::Auto, None), 20_000).await.unwrap();
    let report = till.report(&Period::All).unwrap();
    let text = report.text(Lang::Id);
    assert!(text.contains("Omzet") && text.contains("12.050"), "{text}");
    let csv = String::from_utf8(report.csv().unwrap()).unwrap();
    assert!(csv.starts_with("section,key,name,count,amount\r\n"), "{csv}");
    assert!(
        csv.contains("totals,turnover,,1,12050\r\n") && csv.contains("by_method,cash,,1,12050\r\n"),
        "{csv}"
    );
    assert_eq!(report.totals.rounding.get(), -50);
}

#[test]
fn periods_are_read_or_refused() {
    let counter = Counter::shop();
    let range = |from: &str, to: &str| Period::Range { from: from.to_owned(), to: to.to_owned() };
    for wrong in [Period::Date("20-11-2026".to_owned()), range("2026-11-02", "2026-11-01")] {
        assert_eq!(counter.till.report(&wrong).unwrap_err().code(), "period_wrong", "{wrong:?}");
    }
    for period in
        [Period::Week, Period::Month, Period::Year, Period::All, range("2026-01-01", "2026-12-31")]
    {
        let report = counter.till.report(&period).unwrap();
        assert!(report.from <= report.to && report.totals.sales == 0, "{period:?}");
    }
}

/// A drawer that is closed after midnight: the day of its close has all of it, and no day claims a difference of its own.
#[tokio::test]
async fn a_shift_over_midnight_adds_up_on_the_day_of_its_close() {
    let shop = Guarded::shop();
    let (till, by, midnight) = (&shop.till, By::counter(), 1_795_021_200_000_i64);
    shop.hands.wall_ms.store(midnight - 7_200_000, Ordering::SeqCst);
    till.shift_open(by, 100_000).unwrap();
    till.cash_pay(by, charge(50_000, Via::Auto, None), 50_000).await.unwrap();
    shop.hands.wall_ms.store(midnight + 1_800_000, Ordering::SeqCst);
    till.cash_pay(by, charge(10_000, Via::Auto, None), 10_000).await.unwrap();
    till.shift_close_on(by, 159_000, None).unwrap();
    let last = till.report(&Period::Today).unwrap();
    let money = |amount: Option<laci_core::Rupiah>| amount.map(laci_core::Rupiah::get);
    assert_eq!((last.cash.expected.get(), money(last.cash.counted)), (160_000, Some(159_000)));
    assert_eq!(money(last.cash.difference), Some(-1_000));
    assert_eq!(last.totals.turnover.get(), 10_000, "turnover stays with its day");
    let all = till.report(&Period::All).unwrap();
    assert_eq!((all.cash.expected.get(), money(all.cash.difference)), (160_000, Some(-1_000)));
}
