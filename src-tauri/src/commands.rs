//! Everything that the window may ask, in one list. Each line makes a Tauri command, its TypeScript type and its
//! place in the window's permissions, and names the act that it is: whoever asks must be allowed to do it. `desk.rs`,
//! `counter.rs`, `gateways.rs`, `inbox.rs`, `outside.rs` or `recovery.rs` has a function of the same name for each.

use std::sync::Arc;

use laci_till::Act;
use laci_till::wire::*;

use tauri::State;

use crate::desk;
use crate::station::Station;

/// Where each command of the list is answered.
mod answers {
    pub(super) use crate::{counter::*, desk::*, gateways::*, inbox::*, outside::*, recovery::*};
}

macro_rules! commands {
    ($($name:ident($input:ty) -> $output:ty, $act:ident;)*) => {
        mod handlers {
            use super::*;

            $(
                #[tauri::command]
                pub(super) async fn $name(
                    station: State<'_, Arc<Station>>,
                    input: $input,
                    word: Option<WordInput>,
                ) -> Result<Answer<$output>, ()> {
                    let done = match station.allow(Act::$act, word) {
                        Ok(by) => answers::$name(&station, by, input).await,
                        Err(error) => Err(error),
                    };
                    Ok(desk::answered(&station, done))
                }
            )*
        }

        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$(handlers::$name),*]
        }

        /// Every command with its act.
        #[cfg(test)]
        fn acts() -> Vec<(&'static str, Act)> {
            vec![$((stringify!($name), Act::$act)),*]
        }

        /// Name, input and output of every command, as TypeScript names them.
        #[cfg(test)]
        fn list() -> Vec<[String; 3]> {
            use ts_rs::TS;
            let config = ts_rs::Config::from_env();
            vec![$([
                stringify!($name).to_owned(),
                <$input as TS>::name(&config),
                <$output as TS>::name(&config),
            ]),*]
        }
    };
}

commands! {
    boot(Nothing) -> Boot, Enter;
    setup_finish(SetupFinish) -> Boot, Enter;
    practice_enter(Nothing) -> Boot, Practice;
    practice_leave(Nothing) -> Boot, Practice;
    practice_pay(PaymentId) -> PaymentView, Practice;
    prefs_set(Prefs) -> Prefs, Preferences;
    secrets_unlock(SecretsUnlock) -> Boot, Enter;
    strip(Nothing) -> Strip, Enter;
    qris_read(QrisRead) -> QrisView, Sell;
    qris_paste(Nothing) -> QrisView, Sell;
    own_qris_set(OwnQrisSet) -> OwnQrisView, OwnQris;
    limit_set(LimitSet) -> Boot, Settings;
    payment_start(PaymentStart) -> PaymentView, Sell;
    cash_offer(CashAsk) -> CashOffer, TakeCash;
    cash_pay(CashPay) -> PaymentView, TakeCash;
    payment_show(PaymentId) -> PaymentView, TakePayment;
    payment_check(PaymentId) -> PaymentView, TakePayment;
    payment_cancel(PaymentId) -> PaymentView, TakePayment;
    payment_confirm(PaymentConfirm) -> PaymentView, ConfirmPayment;
    payments_open(Nothing) -> Vec<PaymentView>, TakePayment;
    payment_leave(PaymentId) -> Strip, TakePayment;
    history(HistoryAsk) -> HistoryPage, SeeOwnSales;
    sale_show(SaleAsk) -> SaleView, SeeOwnSales;
    receipt_show(ReceiptAsk) -> ReceiptView, PrintReceipt;
    receipt_pdf(ReceiptAsk) -> FileView, PrintReceipt;
    gateway_kinds(Nothing) -> Vec<GatewayKind>, Preferences;
    gateway_list(Nothing) -> Vec<GatewayView>, Preferences;
    gateway_add(GatewayAdd) -> GatewayView, Gateways;
    gateway_check(GatewayAsk) -> GatewayCheck, TakePayment;
    gateway_remove(GatewayRemove) -> Vec<GatewayView>, Gateways;
    charge_choices(GatewayAsk) -> ChargeChoices, Sell;
    orders(OrdersAsk) -> OrdersView, Orders;
    order_show(OrderNumber) -> OrderView, Orders;
    order_complete(OrderEnd) -> OrderView, Orders;
    order_cancel(OrderEnd) -> OrderView, ChangeAtGateway;
    customer_view(Nothing) -> CustomerView, Enter;
    customer_window(Nothing) -> Strip, Preferences;
    full_screen(Nothing) -> Nothing, Enter;
    quit(Nothing) -> Nothing, Enter;
    backups(Nothing) -> BackupsView, Backup;
    backup_now(Nothing) -> BackupsView, Backup;
    backup_folder_set(BackupFolderSet) -> BackupsView, BackupFolder;
    backups_find(BackupsFind) -> BackupsFound, Backup;
    backup_look(BackupLook) -> BackupFacts, Backup;
    ledger_restore(LedgerRestore) -> RestoreDone, RestoreLedger;
    ledger_verify(Nothing) -> VerdictView, VerifyLedger;
    work_stop(Nothing) -> Nothing, Enter;
    pin_new(PinNew) -> Boot, Enter;
    door(Nothing) -> DoorView, Enter;
    sign_in(SignIn) -> Boot, Enter;
    lock(Nothing) -> Boot, Enter;
    recovery_use(RecoveryUse) -> Boot, Enter;
    pin_change(PinChange) -> Nothing, Sell;
    people(Nothing) -> Vec<PersonView>, Preferences;
    person_set(PersonEdit) -> Vec<PersonView>, People;
    person_remove(PersonAsk) -> Vec<PersonView>, People;
    recovery_make(Nothing) -> RecoveryCodes, People;
    feed(FeedAsk) -> FeedView, Feed;
    shift_now(Nothing) -> ShiftNow, OpenShift;
    shift_open(ShiftOpen) -> ShiftNow, OpenShift;
    shift_count(ShiftCount) -> Difference, CloseShift;
    shift_difference(Nothing) -> Difference, CloseShift;
    shift_close(ShiftClose) -> ShiftClosed, CloseShift;
    shift_hand_over(ShiftClose) -> ShiftClosed, HandOverShift;
    cash_in(CashIn) -> CashMoved, CashIn;
    cash_out(CashOut) -> CashMoved, CashOut;
    setor(Setor) -> CashMoved, Setor;
    drawer_open(DrawerOpen) -> ShiftNow, OpenDrawer;
    shift_x(Nothing) -> ReceiptView, XReport;
    z_list(Nothing) -> Vec<ZRow>, ZReport;
    z_show(ZAsk) -> ReceiptView, ZReport;
    book_rules(Nothing) -> BookRulesView, Preferences;
    book_rules_set(BookRulesSet) -> BookRulesView, Settings;
    sale_refund(SaleRefund) -> SaleView, Refund;
    inbox(InboxAsk) -> InboxView, TakePayment;
    inbox_match(InboxMatch) -> PaymentView, MatchMoney;
    inbox_dismiss(InboxDismiss) -> InboxView, MatchMoney;
    statement_preview(StatementAsk) -> StatementView, MatchMoney;
    statement_import(StatementAsk) -> StatementDone, MatchMoney;
    listener(Nothing) -> ListenerView, Preferences;
    listener_set(ListenerSet) -> ListenerView, Settings;
    relay_token(Nothing) -> RelayToken, Settings;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write;

    use super::*;

    /// `cargo xtask gen` runs this; the test run fails when the committed file differs.
    #[test]
    fn commands_ts() {
        let list = list();
        let types: BTreeSet<&str> = list
            .iter()
            .flat_map(|[_, input, output]| [input, output])
            .map(|name| name.trim_start_matches("Array<").trim_end_matches('>'))
            .collect();
        let mut text = String::from(
            "// Generated from src-tauri/src/commands.rs by `cargo xtask gen`. Do not edit.\n",
        );
        for name in types {
            writeln!(text, "import type {{ {name} }} from \"./{name}\";").unwrap();
        }
        text.push_str("\nexport interface Commands {\n");
        for [name, input, output] in &list {
            writeln!(text, "  {name}: {{ input: {input}; output: {output} }};").unwrap();
        }
        text.push_str("}\n");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/generated/commands.ts");
        std::fs::write(path, text).unwrap();
    }

    /// Written by hand, so that a line of the list that asks for too little is seen.
    #[test]
    fn what_takes_more_than_a_cashier_or_less_than_a_sign_in_is_known() {
        use laci_till::{Role, Verdict, may};
        let more = [
            "backup_folder_set",
            "book_rules_set",
            "cash_out",
            "drawer_open",
            "feed",
            "gateway_add",
            "gateway_remove",
            "inbox_dismiss",
            "inbox_match",
            "ledger_restore",
            "limit_set",
            "listener_set",
            "order_cancel",
            "own_qris_set",
            "payment_confirm",
            "person_remove",
            "person_set",
            "recovery_make",
            "relay_token",
            "sale_refund",
            "setor",
            "shift_hand_over",
            "shift_x",
            "statement_import",
            "statement_preview",
            "z_list",
            "z_show",
        ];
        let less = [
            "boot",
            "customer_view",
            "door",
            "full_screen",
            "lock",
            "pin_new",
            "quit",
            "recovery_use",
            "secrets_unlock",
            "setup_finish",
            "sign_in",
            "strip",
            "work_stop",
        ];
        let mut found: [Vec<&str>; 2] = Default::default();
        for (name, act) in acts() {
            if may(Role::Cashier, act) != Verdict::Allowed {
                found[0].push(name);
            } else if act == Act::Enter {
                found[1].push(name);
            }
        }
        found.iter_mut().for_each(|names| names.sort_unstable());
        assert_eq!(found, [more.to_vec(), less.to_vec()]);
    }

    #[test]
    fn the_main_window_may_call_every_command_and_the_customers_only_its_own() {
        let config = include_str!("../../tauri.conf.json");
        let config: serde_json::Value = serde_json::from_str(config).unwrap();
        let allowed = |window: &str| -> BTreeSet<String> {
            let all = config["app"]["security"]["capabilities"].as_array().unwrap();
            let one = all.iter().find(|capability| capability["identifier"] == window).unwrap();
            let permissions = one["permissions"].as_array().unwrap().iter();
            permissions
                .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
                .map(|name| name.replace('-', "_"))
                .collect()
        };
        let every: BTreeSet<String> = list().into_iter().map(|[name, _, _]| name).collect();
        assert_eq!(allowed("main"), every);
        assert_eq!(allowed("customer"), BTreeSet::from(["customer_view".to_owned()]));
    }
}
