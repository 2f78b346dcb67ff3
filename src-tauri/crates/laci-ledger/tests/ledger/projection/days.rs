//! Where a day turns and where a clock jumps: each sale is in one shift, so in one Z, and on the day that the rule
//! gives.

use laci_core::books::z::Z;
use laci_core::{BusinessDate, CutOff, UnixMs, Zone};
use laci_ledger::Moment;

use crate::behind::raw;
use crate::counter::{count_and_close, opened, sell_for_cash};
use crate::shop::{TestShop, at, shop_in};

const SECOND_MS: i64 = 1_000;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// The last moment of the wall's day, and around the cut-off of the day after; then the same with the clock set back
/// by an hour and by a year. None: a shift ends and the next one begins.
fn moments(zone: Zone, cut_off: CutOff) -> Vec<Option<UnixMs>> {
    let offset_ms = i64::from(zone.offset().whole_seconds()) * 1_000;
    // 2026-11-21T00:00 on the shop's wall.
    let midnight = UnixMs(1_795_219_200_000 - offset_ms);
    let turn = midnight.plus_ms(i64::from(cut_off.minutes()) * 60_000);
    let around = [
        Some(midnight.plus_ms(-1)),
        Some(turn.plus_ms(-SECOND_MS)),
        None,
        Some(turn),
        Some(turn.plus_ms(SECOND_MS)),
    ];
    let back = |by_ms: i64| around.map(|at| at.map(|at| at.plus_ms(-by_ms)));
    [around, back(HOUR_MS), back(365 * DAY_MS), back(-DAY_MS)].concat()
}

fn moment(now: UnixMs) -> Moment {
    Moment { now, ..at(0) }
}

/// What was sold: its price names it, since each is a power of two.
struct Sold {
    price: i64,
    seq: u64,
    date: BusinessDate,
}

/// Sells at every moment, and closes a shift wherever the list says so.
fn sell_around(shop: &TestShop, zone: Zone, cut_off: CutOff) -> Vec<Sold> {
    let (mut sold, mut last, mut shift) = (Vec::new(), at(0), 1);
    shop.done(last, |tx| tx.append(opened(shift, 0)));
    for now in moments(zone, cut_off) {
        let Some(now) = now else {
            shop.done(last, |tx| {
                count_and_close(tx, last, 0)?;
                shift += 1;
                tx.append(opened(shift, 0))
            });
            continue;
        };
        last = moment(now);
        let price = 1 << sold.len();
        let (_, seq) = shop.done(last, |tx| sell_for_cash(tx, last, price, i64::from(price), 0));
        sold.push(Sold { price: price.into(), seq, date: BusinessDate::of(now, zone, cut_off) });
    }
    shop.done(last, |tx| count_and_close(tx, last, 0));
    sold
}

fn each_sale_counts_once(zone: Zone, cut_off: &str) {
    let shop = TestShop::new();
    shop.append(0, shop_in(zone, cut_off));
    let sold = sell_around(&shop, zone, cut_off.parse().unwrap());
    let conn = raw(&shop.folder);
    for Sold { seq, date, price } in &sold {
        let sql = "SELECT count(*), min(date) FROM book_line WHERE seq = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
        let found = conn.query_row(sql, [*seq as i64], read).unwrap();
        assert_eq!(found, (1, date.to_string()), "{zone:?} {cut_off}, the sale of {price}");
        let turnover: String = conn
            .query_row(
                "SELECT turnover_date FROM sale WHERE covered_seq = ?1",
                [*seq as i64],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(turnover, date.to_string());
    }
    // Powers of two: the sum of the Zs names each sale, and no other sum of them does.
    let mut in_zs = 0;
    for closing in shop.ledger.read(|view| view.closings()).unwrap() {
        let text = shop.ledger.read(|view| view.blob(closing.report)).unwrap().unwrap();
        let text = String::from_utf8(text).unwrap();
        let said = Z { number: closing.number, text, hash: closing.hash }.report().unwrap();
        let turnover = said.report.turnover.get();
        assert_eq!(in_zs & turnover, 0, "{} says what another Z says", closing.number);
        assert_eq!(turnover.count_ones(), said.report.sales);
        in_zs |= turnover;
    }
    assert_eq!(in_zs, sold.iter().map(|sold| sold.price).sum::<i64>());
    for date in sold.iter().map(|sold| sold.date) {
        let rows = shop.ledger.read(|view| view.lines_of_dates(date, date)).unwrap();
        let of_day: Vec<u64> =
            sold.iter().filter(|sold| sold.date == date).map(|sold| sold.seq).collect();
        let found = rows.iter().map(|row| row.seq).filter(|seq| of_day.contains(seq)).count();
        assert_eq!(found, of_day.len(), "{date}");
    }
    let verdict = shop.ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}

#[test]
fn each_sale_counts_once_in_every_zone() {
    for zone in [Zone::Wib, Zone::Wita, Zone::Wit] {
        for cut_off in ["00:00", "04:00"] {
            each_sale_counts_once(zone, cut_off);
        }
    }
}

/// What [`BusinessDate::of`] gives at the turn itself, so that the test above does not only repeat it.
#[test]
fn the_turn_is_where_it_is_said_to_be() {
    for (zone, cut_off, days) in [
        (Zone::Wib, "00:00", ["2026-11-20", "2026-11-20", "2026-11-21", "2026-11-21"]),
        (Zone::Wit, "04:00", ["2026-11-20", "2026-11-20", "2026-11-21", "2026-11-21"]),
    ] {
        let cut_off: CutOff = cut_off.parse().unwrap();
        let dates = moments(zone, cut_off).into_iter().flatten().take(4);
        let dates: Vec<String> =
            dates.map(|now| BusinessDate::of(now, zone, cut_off).to_string()).collect();
        assert_eq!(dates, days);
    }
}
