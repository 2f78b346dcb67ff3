//! A gateway that shows the key that it was sent, escaped as PHP does: over real HTTP, at every gateway, it is in no
//! answer, raw body or log.

use std::sync::Arc;

use laci_core::GatewaySettings;
use laci_gateway::{
    BillStep, CheckAnswer, CreateAnswer, Executor, Gateway, HttpTransport, Secrets, StatusAnswer,
};
use laci_sandbox::{Fault, Operation, Sandbox, SandboxOptions};

use crate::bayargg_world::bayargg_settings;
use crate::digiswitch_world::{pln, settings_of};
use crate::log::Log;
use crate::midtrans::midtrans_settings;
use crate::world::*;

/// Every slash of it comes back as `\/`.
const SLASHED: &str = "kunci/kenari/4f1c\"<x>&'y'\\z";

async fn start() -> (Sandbox, Executor) {
    let options = SandboxOptions { api_key: SLASHED.into(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    (sandbox, Executor::new(Arc::new(HttpTransport::new()), 7))
}

fn gateway(settings: &GatewaySettings) -> Gateway {
    Gateway::new(settings, &Secrets::default().with("api_key", SLASHED)).unwrap()
}

fn text(raw: &Option<Vec<u8>>) -> String {
    String::from_utf8(raw.clone().expect("a whole reply")).unwrap()
}

#[tokio::test]
async fn a_key_that_php_escapes_is_cut_out_of_every_answer() {
    let log = Log::default();
    let _listening = log.listen();
    let (sandbox, executor) = start().await;
    let mut shown = String::new();
    for (code, settings) in [
        ("kropay", settings as fn(&str, &[(&str, &str)]) -> GatewaySettings),
        ("paydigital", paydigital_settings),
        ("bayargg", bayargg_settings),
        ("midtrans", midtrans_settings),
    ] {
        let base = sandbox.base_url(code).expect("it is played");
        let gateway = gateway(&settings(&base, &[("min_recheck_ms", "0")]));
        sandbox.set_fault(Operation::Create, Fault::Echo, 1);
        let created = executor.create(&gateway, &create_ask(10_000)).await.unwrap();
        let CreateAnswer::Refused(refused) = &created.answer else { panic!("{code}: {created:?}") };
        assert_eq!(refused.code(), "key_refused", "{code}");
        assert!(refused.message.ends_with("seharusnya ***"), "{code}: {}", refused.message);
        sandbox.set_fault(Operation::Status, Fault::Echo, 1);
        let looked = executor.status(&gateway, &status_ask()).await.unwrap();
        let StatusAnswer::Unreadable(why) = &looked.answer else { panic!("{code}: {looked:?}") };
        assert_eq!(why.code(), "key_refused", "{code}");
        shown.push_str(&format!("{created:?} {} {}", text(&created.raw), text(&looked.raw)));
    }
    assert!(sandbox.bills().is_empty(), "nothing happened behind it");
    let gateway = gateway(&settings_of(&sandbox.base_url("digiswitch").unwrap(), &[]));
    sandbox.set_fault(Operation::Pay, Fault::Echo, 1);
    let paid = executor.bill(&gateway, BillStep::Pay, &pln(), now()).await.unwrap();
    sandbox.set_fault(Operation::Call, Fault::Echo, 1);
    let checked = executor.check(&gateway, now()).await.unwrap();
    assert!(!matches!(checked.answer, CheckAnswer::Ready), "{checked:?}");
    shown.push_str(&format!("{paid:?} {} {checked:?} {}", text(&paid.raw), text(&checked.raw)));
    let all = format!("{shown} {:?}", log.lines());
    assert_eq!(shown.matches("seharusnya ***").count(), 14, "{shown}");
    assert!(!all.contains("kenari"), "{all}");
}
