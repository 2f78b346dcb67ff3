//! Deaths before the first byte: nothing was asked, so nothing may be asked later by itself.

use crate::after::{
    books_are_sound, charge, creates, life_goes_on, only_bill, only_payment, sandbox, sync,
};
use laci_tests::laci::Shop;

#[tokio::test(flavor = "multi_thread")]
async fn before_the_start_is_committed_there_is_nothing() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    let before = shop.entries();
    charge(&shop).killed_at("commit.before:payment_start").end().died_at_the_point();
    assert_eq!(shop.entries(), before, "no sale, no attempt, no evidence");
    assert!(sync(&shop)["sent"] == 0 && sandbox.bills().is_empty(), "nothing was asked for");
    life_goes_on(&shop, &sandbox, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_start_is_committed_all_of_it_is_there_and_nothing_was_sent() {
    for point in ["start.committed", "commit.after:payment_start", "commit.before:sending"] {
        let sandbox = sandbox().await;
        let shop = Shop::with_gateway(&sandbox.url());
        charge(&shop).killed_at(point).end().died_at_the_point();
        let payment = only_payment(&shop);
        assert_eq!(payment["state"], "rejected", "{point}: nobody waits for this QR: {payment}");
        assert_eq!(payment["sale_number"], "A01-0001", "{point}");
        let evidence = payment["evidence"].as_array().expect("evidence");
        let last = evidence.last().expect("why");
        assert_eq!(last["reason"], "not_sent_before_stop", "{point}: {payment}");
        let entries = shop.entries();
        assert_eq!((entries["sale_recorded"], entries["attempt_started"]), (1, 1), "{point}");
        sync(&shop);
        assert_eq!(creates(&sandbox, &payment), 0, "{point}: it is not sent later by itself");
        life_goes_on(&shop, &sandbox, 1);
        assert_eq!(
            shop.payments().len(),
            3,
            "{point}: the dead attempt, its sale's next, one more"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn between_the_mark_and_the_first_byte_counts_as_sent() {
    for point in ["create.sending", "commit.after:sending"] {
        let sandbox = sandbox().await;
        let shop = Shop::with_gateway(&sandbox.url());
        charge(&shop).killed_at(point).end().died_at_the_point();
        let payment = only_payment(&shop);
        assert_eq!(payment["state"], "unknown", "{point}: a byte may have left: {payment}");
        assert_eq!(creates(&sandbox, &payment), 0, "{point}: none has");
        sync(&shop);
        assert_eq!(creates(&sandbox, &payment), 1, "{point}: the contract's one retry");
        let watched = only_payment(&shop);
        assert_eq!(watched["gateway_id"], only_bill(&sandbox).reference.as_str(), "{point}");
        assert_eq!(watched["presentment"], serde_json::Value::Null, "{point}: never shown");
        books_are_sound(&shop, &sandbox);
    }
}
