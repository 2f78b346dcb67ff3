//! Every product's published test numbers, from the inquiry to the books.

use laci_till::{BillId, BillView, By, RefundBy};

use super::world::{World, code, id};

/// Code, and the numbers that are paid, not owed, refused at the payment, paid later, failed later.
const NUMBERS: [(&str, [&str; 5]); 12] = [
    ("pln", ["530000000001", "530000000003", "530000000006", "630000000001", "630000000006"]),
    ("pdam", ["1013226", "1013227", "1013230", "2013226", "2013230"]),
    ("hp", ["081234554320", "081234554321", "081234554324", "081244554320", "081244554324"]),
    ("internet", ["6391601001", "6391601002", "6391601005", "7391601001", "7391601005"]),
    ("bpjs", ["8801234560001", "8801234560002", "8801234560005", "9801234560001", "9801234560005"]),
    ("multifinance", ["6391601201", "6391601202", "6391601205", "7391601201", "7391601205"]),
    (
        "cimahi",
        [
            "329801092375999991",
            "329801092375999992",
            "329801092375999995",
            "429801092375999991",
            "429801092375999995",
        ],
    ),
    ("pgas", ["0110014601", "0110014603", "0110014605", "1110014601", "1110014605"]),
    ("tv", ["127246500101", "127246500102", "127246500105", "227246500101", "227246500105"]),
    (
        "plnnontaglist",
        ["3225030005921", "3225030005922", "3225030005923", "4225030005921", "4225030005923"],
    ),
    ("emoney", ["082100000001", "082100000002", "082100000003", "082110000001", "082110000003"]),
    (
        "samsat",
        [
            "9658548523568701,0212502110170100",
            "9658548523568702,0212502110170100",
            "9658548523568705,0212502110170100",
            "0658548523568701,0212502110170100",
            "0658548523568705,0212502110170100",
        ],
    ),
];

/// A field that only this product has, by its path in `detail`.
const OWN_FIELDS: [(&str, &str, &str); 9] = [
    ("pln", "/detail/0/meter_akhir", "00090000"),
    ("pdam", "/alamat", "WONOKROMO S.S BARU 2 8"),
    ("internet", "/detail/1/periode", "JUN 2019"),
    ("bpjs", "/jumlah_peserta", "2"),
    ("multifinance", "/no_rangka", "MH1JFB111CK196426"),
    ("cimahi", "/luas_gedung", "47 M2"),
    ("pgas", "/detail/0/meter_akhir", "006573"),
    ("tv", "/detail/0/no_ref", "205A"),
    ("samsat", "/nomor_mesin", "1NRF012268"),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_published_numbers_end_as_they_are_published() {
    let world = World::with_deposit(50_000_000).await;
    for (product, [paid, owed_nothing, refused, later, failed_later]) in NUMBERS {
        let gateway = world.gateway("0");
        assert_eq!(code(world.ask(&gateway, product, owed_nothing).await), "bill_inquiry_failed");
        for (number, at_once, end) in [
            (paid, "success", "success"),
            (refused, "failed", "failed"),
            (later, "pending", "success"),
            (failed_later, "pending", "failed"),
        ] {
            let (deposit, cash) = (world.sandbox.balance(), world.balance("cash"));
            let asked = world.ask(&gateway, product, number).await.unwrap();
            assert_eq!((asked.state.as_str(), world.sandbox.balance()), ("inquired", deposit));
            let sent = world.pay(&asked).await.unwrap();
            assert_eq!(sent.state, at_once, "{product} {number}: {sent:?}");
            let ended = if at_once == "pending" { world.settle(&asked).await } else { sent };
            assert_eq!(ended.state, end, "{product} {number}: {ended:?}");
            whole_and_booked(&world, product, &asked, &ended, deposit, cash);
        }
    }
    world.must_be_whole();
}

fn whole_and_booked(
    world: &World,
    product: &str,
    asked: &BillView,
    ended: &BillView,
    deposit: u64,
    cash: i64,
) {
    let about = format!("{product} {}", asked.customer_no);
    assert_eq!(world.sandbox.pays(&ended.ref_id), 1, "{about}: one payment arrived");
    let spent = i64::try_from(deposit).unwrap() - i64::try_from(world.sandbox.balance()).unwrap();
    let taken = ended.total.unwrap();
    assert_eq!(world.balance("cash") - cash, taken, "{about}: the drawer has it once");
    let failed = ended.state == "failed";
    assert_eq!(spent, if failed { 0 } else { ended.price.unwrap() }, "{about}");
    assert_eq!(ended.refund_owed, failed.then_some(taken), "{about}");
    assert_eq!(ended.name.as_deref(), Some("Nama Pelanggan Pertama"), "{about}");
    assert!(ended.admin.is_some() && ended.selling_price == Some(taken), "{about}: {ended:?}");
    assert_eq!(ended.ref_id, asked.ref_id);
    for (_, path, wanted) in OWN_FIELDS.iter().filter(|(of, ..)| *of == product) {
        let found = ended.detail.pointer(path).and_then(|value| value.as_str());
        assert_eq!(found, Some(*wanted), "{about} {path}: {}", ended.detail);
    }
    if product == "plnnontaglist" || product == "emoney" {
        assert_eq!(ended.base_commission, Some(1_500), "{about}");
    }
    if product == "bpjs" && ended.state == "success" {
        assert_eq!(ended.sn.as_deref(), Some("BP1234554321JS"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_bill_is_a_debt_until_the_money_is_given_back() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let asked = world.ask(&gateway, "pln", "530000000006").await.unwrap();
    let failed = world.pay(&asked).await.unwrap();
    assert_eq!((failed.refund_owed, world.balance("refund_owed")), (Some(11_000), -11_000));
    let back = |way| world.till.bill_refund(By::counter(), id(&failed), way, "gagal");
    assert_eq!(code(back(RefundBy::Cash)), "shift_not_open");
    world.till.shift_open(By::counter(), 100_000).unwrap();
    let refunded = back(RefundBy::Cash).unwrap();
    assert_eq!((refunded.refunded, refunded.refund_owed), (true, None));
    assert_eq!(code(back(RefundBy::Cash)), "bill_nothing_owed");
    assert_eq!((world.balance("cash"), world.balance("refund_owed")), (100_000, 0));
    let feed = world.till.ledger().read(|view| view.feed(u64::MAX, 50)).unwrap();
    assert!(feed.iter().any(|row| row.kind.as_str() == "bill_refunded"));
    let again = world.ask(&gateway, "pln", "530000000006").await.unwrap();
    assert_eq!(world.pay(&again).await.unwrap().state, "failed", "a failure blocks no new one");
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_and_the_z_hold_bill_money() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    world.till.shift_open(By::counter(), 50_000).unwrap();
    let asked = world.pln(&gateway).await;
    let by = By::counter();
    let pay = |tendered| world.till.bill_pay(by, id(&asked), Some(tendered));
    assert_eq!(code(pay(10_999).await), "cash_too_little");
    assert_eq!(world.sandbox.pays(&asked.ref_id), 0);
    let paid = pay(20_000).await.unwrap();
    let cash = paid.cash.unwrap();
    assert_eq!((cash.tendered, cash.rounding, cash.change), (20_000, 0, 9_000));
    let failed = world.ask(&gateway, "pln", "530000000006").await.unwrap();
    world.pay(&failed).await.unwrap();
    let lines = world.till.ledger().read(|view| view.lines_of_shift(1)).unwrap();
    let lines: Vec<_> = lines.into_iter().map(|row| row.line).collect();
    let report = laci_core::books::Report::of(&lines, Default::default()).unwrap();
    assert_eq!((report.cash.bills.get(), report.cash.expected.get()), (22_000, 72_000));
    assert_eq!((report.bills.count, report.turnover.get()), (2, 0), "bills are no turnover");
    assert_eq!(world.balance("bill_margin"), -1_000);
    assert_eq!(world.balance("bill_money"), 0);
    world.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn products_are_listed_and_what_is_not_there_is_said() {
    let world = World::start().await;
    let gateway = world.gateway("0");
    let products = world.till.bill_products(By::counter(), Some(&gateway)).await.unwrap();
    assert_eq!(products.len(), 12, "{products:?}");
    assert!(products.iter().all(|one| one.active == Some(true) && !one.code.is_empty()));
    assert_eq!(code(world.ask("tidak-ada", "pln", "1").await), "gateway_unknown");
    let nobody: BillId = "00000000-0000-0000-0000-000000000009".parse().unwrap();
    assert_eq!(code(world.till.bill_show(nobody)), "bill_unknown");
    assert_eq!(code(world.till.bill_pay(By::counter(), nobody, None).await), "bill_unknown");
    let asked = world.pln(&gateway).await;
    assert_eq!(world.till.bill_list(None, 10).unwrap(), [asked]);
}
