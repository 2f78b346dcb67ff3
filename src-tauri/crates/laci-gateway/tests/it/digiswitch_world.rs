//! What Digiswitch's tests share.

use laci_core::{GatewayName, GatewaySettings};
use laci_gateway::{
    BillAnswer, BillAsk, BillRef, BillSeen, BillStep, CallAnswer, Gateway, Given, Reply, Request,
    check_fields,
};

use crate::world::*;

pub(crate) const STEPS: [BillStep; 4] =
    [BillStep::Inquire, BillStep::Pay, BillStep::Status, BillStep::Topup];

pub(crate) fn settings_of(base_url: &str, options: &[(&str, &str)]) -> GatewaySettings {
    let mut settings = settings(base_url, options);
    settings.name = GatewayName::new("digiswitch").unwrap();
    settings.kind = "digiswitch".into();
    settings.options.entry("username".into()).or_insert_with(|| "your-username".into());
    settings
}

pub(crate) fn digiswitch(options: &[(&str, &str)]) -> Gateway {
    Gateway::new(&settings_of("", options), &secrets()).unwrap()
}

pub(crate) fn bill_ask(code: &str, customer_no: &str, ref_id: &str) -> BillAsk {
    BillAsk {
        code: code.into(),
        customer_no: customer_no.into(),
        ref_id: BillRef::new(ref_id).unwrap(),
        extra: Default::default(),
    }
}

/// The sample's bill.
pub(crate) fn pln() -> BillAsk {
    bill_ask("pln", "530000000001", "ref1")
}

pub(crate) fn read(step: BillStep, ask: &BillAsk, reply: &Reply) -> BillAnswer {
    digiswitch(&[]).biller().unwrap().read_bill(step, ask, reply)
}

pub(crate) fn seen(answer: BillAnswer) -> BillSeen {
    match answer {
        BillAnswer::Seen(seen) => *seen,
        BillAnswer::Unreadable(why) => panic!("not seen: {why:?}"),
    }
}

pub(crate) fn unread(answer: BillAnswer) -> &'static str {
    match answer {
        BillAnswer::Unreadable(why) => why.code(),
        BillAnswer::Seen(seen) => panic!("seen: {seen:?}"),
    }
}

/// About the sample's bill, with few fields, as failures have it.
pub(crate) fn short_body(status: &str, rc: &str) -> String {
    format!(
        r#"{{"data":{{"ref_id":"ref1","customer_no":"530000000001","code":"pln","message":"Kata penyedia","status":"{status}","rc":"{rc}"}}}}"#
    )
}

pub(crate) fn body(request: &Request) -> String {
    let content = request.content.as_ref().expect("a body");
    assert_eq!(content.media_type, "application/json");
    String::from_utf8(content.bytes.to_vec()).unwrap()
}

pub(crate) fn given(pairs: &[(&str, &str)]) -> Given {
    pairs.iter().fold(Given::default(), |all, (name, text)| all.with(name, text))
}

/// The request of a call that the table allows.
pub(crate) fn call(gateway: &Gateway, name: &str, pairs: &[(&str, &str)]) -> Request {
    let operation = gateway.kind().operation(name).expect("it is in the table");
    assert_eq!(check_fields(operation.fields, &given(pairs)), Ok(()), "{name}");
    gateway.provider().call(operation, &given(pairs))
}

/// What a call's answer came to: its variant, and its code where it has one.
pub(crate) fn told(answer: &CallAnswer) -> &'static str {
    match answer {
        CallAnswer::Done => "done",
        CallAnswer::Pending => "pending",
        CallAnswer::Refused(refused) => refused.code(),
        CallAnswer::Unknown(why) => why.code(),
    }
}

pub(crate) fn read_call(name: &str, pairs: &[(&str, &str)], reply: &Reply) -> &'static str {
    let gateway = digiswitch(&[]);
    let operation = gateway.kind().operation(name).unwrap();
    told(&gateway.provider().read_call(operation, &given(pairs), reply))
}
