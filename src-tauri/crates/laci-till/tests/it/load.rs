//! A thousand open payments at each of two gateways over an hour of played time: one is asked bill by bill, the other
//! by pages of its list. Neither is asked more often than its budget, and every payment is seen in time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use laci_core::{AttemptState, GatewayName, UnixMs};
use laci_gateway::{OnWire, Reply, ReplyHeaders, Sending, Transport};
use laci_till::ledger::{AttemptFilter, Folder};
use laci_till::wire::{GatewayAdd, ShopView};
use laci_till::{By, Clock, Ids, PRACTICE_KEY, Place, Ports, Setup, Till};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::fair::{STARTED, open_bills};
use crate::world::NoKeyring;

const OPEN: u64 = 1_000;
const HOUR_S: u64 = 3_600;
/// Calls a second that a gateway is asked on average, and how many at once (see `executor/budget.rs`).
const PER_SECOND: u64 = 1;
const BURST: u64 = 20;
/// Between two looks at a bill that has waited for some minutes.
const INTERVAL_S: u64 = 15;
/// How long one gateway may take of one pass of the workers.
const PASS_MS: u64 = 4_000;
const PAGE: u64 = 100;
/// Every fifth bill is paid, all within the first half hour.
const PAID_EVERY: u64 = 5;
const ONE_BY_ONE: &str = "satu";
const BY_PAGES: &str = "lembar";

/// The gateways' own side: bills 1 to 1,000 are of one, 1,001 to 2,000 of the other.
struct Played {
    began: Instant,
    /// Milliseconds after the beginning, per gateway.
    calls: Mutex<BTreeMap<&'static str, Vec<u64>>>,
}

fn paid_at_ms(bill: u64) -> Option<u64> {
    let mixed = bill.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    bill.is_multiple_of(PAID_EVERY).then_some(mixed % (HOUR_S / 2 * 1000))
}

impl Played {
    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap()
    }

    fn count(&self, gateway: &'static str) {
        let at = self.now_ms();
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.entry(gateway).or_default().push(at);
    }

    fn word(&self, bill: u64, paid: &'static str) -> &'static str {
        if paid_at_ms(bill).is_some_and(|at| at <= self.now_ms()) { paid } else { "pending" }
    }

    fn answer(&self, url: &str) -> (&'static str, Value) {
        let number = |text: &str| text.trim_start_matches("PG-").parse::<u64>().unwrap();
        if let Some((_, reference)) = url.split_once("/payment/status/") {
            let status = self.word(number(reference), "success");
            let bill = json!({"success": true, "reference": reference, "amount": 10_000,
                "total_amount": 10_000, "status": status});
            return (ONE_BY_ONE, bill);
        }
        if let Some((_, invoice)) = url.split_once("invoice=") {
            return (BY_PAGES, json!({"success": true, "data": self.row(number(invoice))}));
        }
        let (_, query) = url.split_once('?').expect("a list");
        let page = query.split('&').find_map(|pair| pair.strip_prefix("page=")).expect("a page");
        let first = OPEN + (number(page) - 1) * PAGE;
        let rows: Vec<Value> =
            (first + 1..=(first + PAGE).min(2 * OPEN)).map(|bill| self.row(bill)).collect();
        (BY_PAGES, json!({"success": true, "data": rows}))
    }

    fn row(&self, bill: u64) -> Value {
        json!({"invoice_id": format!("PG-{bill}"), "amount": 10_000, "unique_code": 0,
            "final_amount": 10_000, "status": self.word(bill, "paid")})
    }
}

impl Transport for Played {
    fn send(&self, request: OnWire) -> Sending<'_> {
        Box::pin(async move {
            let (gateway, body) = self.answer(&request.url);
            self.count(gateway);
            tokio::time::sleep(Duration::from_millis(80)).await;
            let body = body.to_string().into_bytes();
            Ok(Reply { status: 200, headers: ReplyHeaders::default(), body })
        })
    }
}

/// The wall clock of the played time.
struct Wall(Instant);

impl Clock for Wall {
    fn now(&self) -> UnixMs {
        STARTED.plus_ms(i64::try_from(self.0.elapsed().as_millis()).unwrap())
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }
}

struct Counted(Mutex<u64>);

impl Ids for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let mut next = self.0.lock().unwrap();
        *next += 1;
        bytes
            .iter_mut()
            .zip(next.to_le_bytes().into_iter().cycle())
            .for_each(|(to, from)| *to = from);
    }
}

fn till(folder: &std::path::Path, played: &Arc<Played>) -> Arc<Till> {
    let ports = Ports {
        clock: Arc::new(Wall(played.began)),
        ids: Arc::new(Counted(Mutex::new(0))),
        key_store: Arc::new(NoKeyring),
        transport: played.clone(),
    };
    let folder = Folder { data: folder.join("toko"), anchors: folder.join("anchors") };
    let shop = ShopView {
        name: "Toko".to_owned(),
        address: String::new(),
        phone: String::new(),
        zone: "WIB".to_owned(),
        cut_off: "00:00".to_owned(),
    };
    let setup = Setup { shop, own_qris: None, pin: None, passphrase: None };
    let till = Till::set_up(None, Place { folder, practice: true }, ports, &setup).expect("a shop");
    for (name, kind) in [(ONE_BY_ONE, "kropay"), (BY_PAGES, "bayargg")] {
        let gateway = GatewayAdd {
            kind: kind.to_owned(),
            name: name.to_owned(),
            base_url: Some("http://127.0.0.1:9".to_owned()),
            options: BTreeMap::new(),
            secrets: [("api_key".to_owned(), PRACTICE_KEY.to_owned())].into(),
        };
        till.gateway_add(By::counter(), &gateway).expect("a gateway");
    }
    till
}

/// How long after it was made each payment was seen, in milliseconds, per gateway; sorted.
fn delays(till: &Till) -> BTreeMap<String, Vec<u64>> {
    let mut delays: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let filter = AttemptFilter { state: Some(AttemptState::Paid), limit: 10_000 };
    for row in till.ledger().read(|view| view.attempts(&filter)).unwrap() {
        let id = row.standing.gateway_id.unwrap();
        let bill: u64 = id.trim_start_matches("PG-").parse().unwrap();
        let paid = row.evidence.iter().filter(|piece| piece.observed.state == AttemptState::Paid);
        let seen = paid.map(|piece| piece.at.since_ms(STARTED)).min().unwrap();
        let late = u64::try_from(seen).unwrap() - paid_at_ms(bill).expect("it was paid");
        let name = if bill > OPEN { BY_PAGES } else { ONE_BY_ONE };
        delays.entry(name.to_owned()).or_default().push(late);
    }
    delays.values_mut().for_each(|of_one| of_one.sort_unstable());
    delays
}

/// Over no stretch of a minute more than the budget's sixty and its burst.
fn within_budget(name: &str, calls: &[u64]) {
    for (at, began) in calls.iter().enumerate() {
        let minute = calls[at..].iter().take_while(|call| **call < began + 60_000).count();
        assert!(minute as u64 <= 60 * PER_SECOND + BURST, "{name}: {minute} calls in a minute");
    }
    let all = calls.len() as u64;
    assert!(all <= HOUR_S * PER_SECOND + BURST, "{name}: {all} calls in an hour");
}

#[tokio::test(start_paused = true)]
async fn a_thousand_open_payments_stay_within_the_budget_and_are_seen_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let played = Arc::new(Played { began: Instant::now(), calls: Mutex::default() });
    let till = till(folder.path(), &played);
    let (one, pages) = (GatewayName::new(ONE_BY_ONE).unwrap(), GatewayName::new(BY_PAGES).unwrap());
    open_bills(&till, &one, 1..=OPEN);
    open_bills(&till, &pages, OPEN + 1..=2 * OPEN);
    let workers = tokio::spawn(till.clone().run_workers());
    tokio::time::sleep(Duration::from_secs(HOUR_S)).await;
    workers.abort();

    let delays = delays(&till);
    for (name, units) in [(ONE_BY_ONE, OPEN), (BY_PAGES, OPEN / PAGE + 1)] {
        let calls = played.calls.lock().unwrap()[name].clone();
        within_budget(name, &calls);
        let seen = &delays[name];
        assert_eq!(seen.len() as u64, OPEN / PAID_EVERY, "{name}: every payment once");
        // open / budget + interval / 2, where a page of the list is one call for a hundred bills. A payment falls
        // anywhere between two looks, so half an interval is what is waited on average; at worst it is a whole one with
        // its jitter, and the rest of two passes.
        let queue = units / PER_SECOND * 1_000;
        let bound = queue + INTERVAL_S * 1_000 / 2;
        let at_worst = queue + INTERVAL_S * 1_000 * 9 / 8 + 2 * PASS_MS;
        let mean = seen.iter().sum::<u64>() / seen.len() as u64;
        let worst = seen[seen.len() - 1];
        let calls = calls.len();
        println!("{name}: {calls} calls, seen after {mean} ms, {worst} ms at worst");
        assert!(mean <= bound, "{name}: {mean} ms on average, allowed {bound} ms");
        assert!(worst <= at_worst, "{name}: {worst} ms at worst, allowed {at_worst} ms");
    }
}
