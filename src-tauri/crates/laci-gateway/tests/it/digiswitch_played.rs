//! Digiswitch played by the sandbox over real HTTP, and one bill taken through its steps.

use std::sync::Arc;

use laci_gateway::{
    Answered, BillAnswer, BillAsk, BillOutcome, BillSeen, BillStep, Executor, Gateway,
    HttpTransport, Secrets,
};
use laci_sandbox::{Operation as Waits, Sandbox, SandboxOptions, USERNAME};

use crate::digiswitch_world::*;
use crate::world::*;

pub(crate) const DEPOSIT: u64 = 50_000_000;
pub(crate) const QUICK: [(&str, &str); 3] =
    [("timeout_ms", "500"), ("min_recheck_ms", "0"), ("username", USERNAME)];

pub(crate) struct Shop {
    pub(crate) sandbox: Sandbox,
    pub(crate) gateway: Gateway,
}

pub(crate) async fn start(options: &[(&str, &str)]) -> Shop {
    let sandbox = Sandbox::start(SandboxOptions {
        api_key: KEY.into(),
        deposit: DEPOSIT,
        list_limit: false,
        ..SandboxOptions::default()
    });
    let sandbox = sandbox.await.unwrap();
    let gateway = gateway_of(&sandbox, options, &secrets());
    Shop { sandbox, gateway }
}

pub(crate) fn gateway_of(
    sandbox: &Sandbox,
    options: &[(&str, &str)],
    secrets: &Secrets,
) -> Gateway {
    let url = sandbox.base_url("digiswitch").expect("it is played");
    Gateway::new(&settings_of(&url, &[&QUICK, options].concat()), secrets).unwrap()
}

/// A fresh one each time: a pause that one fault asked for must not hold the next.
pub(crate) fn executor() -> Executor {
    Executor::new(Arc::new(HttpTransport::new()), 7)
}

impl Shop {
    pub(crate) async fn bill(&self, step: BillStep, ask: &BillAsk) -> Answered<BillAnswer> {
        executor().bill(&self.gateway, step, ask, now()).await.unwrap()
    }

    pub(crate) async fn seen(&self, step: BillStep, ask: &BillAsk) -> BillSeen {
        seen(self.bill(step, ask).await.answer)
    }

    pub(crate) async fn outcome(&self, step: BillStep, ask: &BillAsk) -> BillOutcome {
        self.seen(step, ask).await.outcome
    }

    pub(crate) async fn rc(&self, step: BillStep, ask: &BillAsk) -> String {
        self.seen(step, ask).await.rc.expect("a code")
    }

    pub(crate) fn spent(&self) -> u64 {
        DEPOSIT - self.sandbox.balance()
    }
}

pub(crate) fn waits_for(step: BillStep) -> Waits {
    match step {
        BillStep::Inquire => Waits::Call,
        BillStep::Pay | BillStep::Topup => Waits::Pay,
        BillStep::Status => Waits::Status,
    }
}

pub(crate) fn name_of(step: BillStep) -> &'static str {
    match step {
        BillStep::Inquire => "inquiry",
        BillStep::Pay => "pay",
        BillStep::Status => "status",
        BillStep::Topup => "topup",
    }
}

/// Ready for `step`: inquired, and paid, as far as it takes.
pub(crate) async fn prepared(shop: &Shop, step: BillStep, ref_id: &str) -> BillAsk {
    let ask = match step {
        BillStep::Topup => bill_ask("xld10", "087800001230", ref_id),
        BillStep::Inquire | BillStep::Pay | BillStep::Status => {
            bill_ask("pln", "530000000001", ref_id)
        }
    };
    let before = match step {
        BillStep::Inquire | BillStep::Topup => &[][..],
        BillStep::Pay => &[BillStep::Inquire],
        BillStep::Status => &[BillStep::Inquire, BillStep::Pay],
    };
    for step in before {
        assert_eq!(shop.outcome(*step, &ask).await, BillOutcome::Success);
    }
    ask
}
