//! The executor over a played transport, in paused time: tries, pauses, budget, health, keys cut out.

use std::time::Duration;

use laci_core::UnixMs;
use laci_gateway::{
    CallError, CheckAnswer, CreateAnswer, Executor, Given, HealthState, HeldWhy, NoAnswer, NotSent,
    Reach, Reply, ReplyHeaders, StatusAnswer, TransportError,
};
use tokio::time::Instant;

use crate::digiswitch_world::digiswitch;
use crate::world::*;

const STATUS: &str = include_str!("../fixtures/kropay/status_response.json");
const CREATED: &str = include_str!("../fixtures/kropay/create_response.json");

fn with_headers(status: u16, retry_after: Option<&str>, date: Option<&str>) -> Reply {
    let headers = ReplyHeaders {
        retry_after: retry_after.map(str::to_owned),
        date: date.map(str::to_owned),
        ..ReplyHeaders::default()
    };
    Reply { headers, ..reply(status, r#"{"message":"x"}"#) }
}

#[tokio::test(start_paused = true)]
async fn a_create_is_sent_once_whatever_happens() {
    for answer in [
        Ok(reply(500, "{}")),
        Err(TransportError::NotSent(NotSent::Unreachable)),
        Err(TransportError::NoAnswer(NoAnswer::Timeout)),
        Err(TransportError::TooLarge),
        Err(TransportError::Redirected { to: "https://other.example/".into() }),
    ] {
        let played = Played::new(vec![answer.clone()]);
        let executor = Executor::new(played.clone(), 7);
        let outcome = executor.create(&kropay(&[]), &create_ask(10_000)).await;
        assert_eq!(played.calls(), 1, "{answer:?}");
        match answer {
            Err(TransportError::NotSent(why)) => assert_eq!(outcome, Err(CallError::NotSent(why))),
            _ => {
                let answer = outcome.expect("something was sent").answer;
                assert!(matches!(answer, CreateAnswer::Unknown(_)), "{answer:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_status_is_tried_again_for_faults_that_pass() {
    let unreachable = || Err(TransportError::NotSent(NotSent::Dns));
    let played = Played::new(vec![unreachable(), Ok(reply(502, "{}")), Ok(reply(200, STATUS))]);
    let executor = Executor::new(played.clone(), 7);
    let began = Instant::now();
    let answered = executor.status(&kropay(&[]), &status_ask()).await.unwrap();
    assert!(matches!(answered.answer, StatusAnswer::Seen(_)), "{:?}", answered.answer);
    assert_eq!(played.calls(), 3);
    let waited = began.elapsed().as_millis();
    assert!((750..1_500).contains(&waited), "250 and 500 ms, each at most doubled: {waited}");

    let played = Played::new(vec![Ok(reply(502, "{}"))]);
    let executor = Executor::new(played.clone(), 7);
    let answered = executor.status(&kropay(&[]), &status_ask()).await.unwrap();
    assert_eq!(played.calls(), 3, "three in all");
    assert_eq!(answered.http_status, Some(502));

    let played = Played::new(vec![Err(TransportError::NoAnswer(NoAnswer::Timeout))]);
    let executor = Executor::new(played.clone(), 7);
    let answered = executor.status(&kropay(&[]), &status_ask()).await.unwrap();
    assert_eq!(played.calls(), 1, "a time-out has cost enough");
    assert!(matches!(answered.answer, StatusAnswer::Unreadable(_)));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_pays_bills_is_asked_once() {
    for answer in [Ok(reply(503, "{}")), Err(TransportError::NotSent(NotSent::Unreachable))] {
        let gateway = digiswitch(&[]);
        for operation in gateway.kind().operations {
            let played = Played::new(vec![answer.clone()]);
            let executor = Executor::new(played.clone(), 7);
            let given = [("customer_no", "530000000001"), ("ref_id", "ref1")];
            let given = crate::digiswitch_world::given(&given);
            let _ = executor.call(&gateway, operation, &given, now()).await;
            assert_eq!(played.calls(), 1, "{} {answer:?}", operation.name);
        }
        let played = Played::new(vec![answer.clone()]);
        let _ = Executor::new(played.clone(), 7).check(&gateway, now()).await;
        assert_eq!(played.calls(), 1, "{answer:?}");
    }
    let played = Played::new(vec![Ok(reply(503, "{}"))]);
    let gateway = kropay(&[]);
    let look = gateway.kind().operation("status").unwrap();
    let given = Given::default().with("reference", REFERENCE);
    Executor::new(played.clone(), 7).call(&gateway, look, &given, now()).await.unwrap();
    assert_eq!(played.calls(), 3, "one that collects is asked again");
}

#[tokio::test(start_paused = true)]
async fn a_429_pauses_every_call_of_this_gateway() {
    let played = Played::new(vec![Ok(with_headers(429, Some("30"), None)), Ok(reply(200, STATUS))]);
    let executor = Executor::new(played.clone(), 7);
    let gateway = kropay(&[]);
    let answered = executor.status(&gateway, &status_ask()).await.unwrap();
    let StatusAnswer::Unreadable(why) = answered.answer else { panic!("not read") };
    assert_eq!(why.code(), "rate_limited");
    assert_eq!(played.calls(), 1);
    let held = executor.create(&gateway, &create_ask(10_000)).await;
    assert_eq!(held, Err(CallError::Held { wait_ms: 30_000, why: HeldWhy::AskedToPause }));
    assert_eq!(played.calls(), 1, "nothing was sent meanwhile");
    tokio::time::sleep(Duration::from_secs(29)).await;
    let began = Instant::now();
    executor.status(&gateway, &status_ask()).await.unwrap();
    assert_eq!(began.elapsed(), Duration::from_secs(1), "a short rest is waited for");
    assert_eq!(played.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_503_with_a_date_pauses_and_is_not_hammered() {
    let reply = with_headers(
        503,
        Some("Sat, 30 May 2026 08:30:00 GMT"),
        Some("Sat, 30 May 2026 08:20:00 GMT"),
    );
    let played = Played::new(vec![Ok(reply)]);
    let executor = Executor::new(played.clone(), 7);
    executor.status(&kropay(&[]), &status_ask()).await.unwrap();
    assert_eq!(played.calls(), 1, "no second try into a pause");
    let held = executor.status(&kropay(&[]), &status_ask()).await;
    assert_eq!(held, Err(CallError::Held { wait_ms: 600_000, why: HeldWhy::AskedToPause }));
}

#[tokio::test(start_paused = true)]
async fn polling_keeps_to_its_budget_and_leaves_room_for_a_sale() {
    let played = Played::new(vec![Ok(reply(200, STATUS))]);
    let executor = Executor::new(played.clone(), 7);
    let gateway = kropay(&[]);
    let began = Instant::now();
    for _ in 0..25 {
        executor.status(&gateway, &status_ask()).await.unwrap();
    }
    let took = began.elapsed().as_secs();
    assert_eq!(took, 10, "fifteen at once, then one a second");
    let before = Instant::now();
    executor.create(&gateway, &create_ask(10_000)).await.unwrap();
    assert_eq!(before.elapsed(), Duration::ZERO, "the sale does not wait for the polls");

    let fast = kropay(&[("min_recheck_ms", "0")]);
    let executor = Executor::new(Played::new(vec![Ok(reply(200, STATUS))]), 7);
    let began = Instant::now();
    for _ in 0..100 {
        executor.status(&fast, &status_ask()).await.unwrap();
    }
    assert_eq!(began.elapsed(), Duration::ZERO, "switched off for tests");
}

#[tokio::test(start_paused = true)]
async fn health_is_what_was_proven() {
    let gateway = kropay(&[]);
    let down = Err(TransportError::NotSent(NotSent::Tls));
    let played = Played::new(vec![Ok(reply(200, STATUS)), down]);
    let executor = Executor::new(played.clone(), 7);
    assert_eq!(executor.health(&name()).state, HealthState::Unknown);
    executor.status(&gateway, &status_ask()).await.unwrap();
    assert_eq!(executor.health(&name()).state, HealthState::Ready);
    tokio::time::sleep(Duration::from_secs(61)).await;
    assert_eq!(executor.health(&name()).state, HealthState::Unknown, "a minute without proof");
    assert_eq!(
        executor.status(&gateway, &status_ask()).await,
        Err(CallError::NotSent(NotSent::Tls))
    );
    let health = executor.health(&name());
    assert_eq!((health.state, health.last_error), (HealthState::Down, Some("tls_failed")));
    executor.forget(&name());
    assert_eq!(executor.health(&name()).state, HealthState::Unknown);
}

#[tokio::test(start_paused = true)]
async fn a_refused_key_is_no_healthy_gateway_and_a_refused_amount_is() {
    for (status, state) in [(401, HealthState::Down), (422, HealthState::Ready)] {
        let executor = Executor::new(Played::new(vec![Ok(reply(status, r#"{"message":"x"}"#))]), 7);
        executor.create(&kropay(&[]), &create_ask(10_000)).await.unwrap();
        assert_eq!(executor.health(&name()).state, state, "{status}");
    }
    let executor = Executor::new(Played::new(vec![Ok(reply(401, r#"{"message":"x"}"#))]), 7);
    let answered = executor.check(&kropay(&[]), now()).await.unwrap();
    assert_eq!(answered.answer, CheckAnswer::KeyRefused);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_clock_is_seen() {
    let played =
        Played::new(vec![Ok(with_headers(404, None, Some("Sat, 30 May 2026 08:20:00 GMT")))]);
    let executor = Executor::new(played, 7);
    let behind = UnixMs(now().0 - 3_600_000);
    let answered = executor.check(&kropay(&[]), behind).await.unwrap();
    assert_eq!(
        answered.clock_offset_ms,
        Some(3_600_500),
        "an hour, and the middle of Date's second"
    );
    assert_eq!(executor.health(&name()).clock_offset_ms, Some(3_600_500));
}

#[tokio::test(start_paused = true)]
async fn a_key_that_comes_back_is_cut_out_of_everything() {
    let echo = format!(r#"{{"message":"bad key {KEY}","success":false}}"#);
    let page = format!("<html>{KEY}</html>");
    let away = Err(TransportError::Redirected { to: format!("https://a.example/{KEY}") });
    for answer in [Ok(reply(401, &echo)), Ok(reply(200, &page)), away] {
        let executor = Executor::new(Played::new(vec![answer]), 7);
        let answered = executor.create(&kropay(&[]), &create_ask(10_000)).await.unwrap();
        let raw = String::from_utf8(answered.raw.clone().unwrap_or_default()).unwrap();
        let shown = format!("{answered:?} {raw} {:?}", executor.health(&name()));
        assert!(!shown.contains("kenari"), "{shown}");
        assert!(shown.contains("***"), "the place is marked: {shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_goes_on_the_wire_follows_the_settings() {
    let played = Played::new(vec![Ok(reply(201, CREATED))]);
    let executor = Executor::new(played.clone(), 7);
    let gateway = laci_gateway::Gateway::new(
        &settings(
            "http://127.0.0.1:9/x/",
            &[("timeout_ms", "900"), ("connect_timeout_ms", "5000")],
        ),
        &secrets(),
    )
    .unwrap();
    executor.create(&gateway, &create_ask(10_000)).await.unwrap();
    let sent = played.sent.lock().unwrap();
    assert_eq!(sent[0].url, "http://127.0.0.1:9/x/api/v1/payment/create");
    assert_eq!(sent[0].reach, Reach::PrivateHttp);
    assert_eq!((sent[0].timeouts.connect_ms, sent[0].timeouts.total_ms), (900, 900));
}
