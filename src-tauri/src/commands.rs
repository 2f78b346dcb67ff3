//! Everything that the window may ask, in one list. Each line makes a Tauri command, its TypeScript type and its
//! place in the window's permissions; `desk.rs` or `recovery.rs` has a function of the same name for each.

use laci_till::wire::*;
use std::sync::Arc;

use tauri::State;

use crate::desk;
use crate::station::Station;

/// Where each command of the list is answered.
mod answers {
    pub(super) use crate::{desk::*, recovery::*};
}

macro_rules! commands {
    ($($name:ident($input:ty) -> $output:ty;)*) => {
        mod handlers {
            use super::*;

            $(
                #[tauri::command]
                pub(super) async fn $name(
                    station: State<'_, Arc<Station>>,
                    input: $input,
                ) -> Result<Answer<$output>, ()> {
                    Ok(desk::answered(&station, answers::$name(&station, input).await))
                }
            )*
        }

        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$(handlers::$name),*]
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
    boot(Nothing) -> Boot;
    setup_finish(SetupFinish) -> Boot;
    practice_enter(Nothing) -> Boot;
    practice_leave(Nothing) -> Boot;
    practice_pay(PaymentId) -> PaymentView;
    prefs_set(Prefs) -> Prefs;
    secrets_unlock(SecretsUnlock) -> Boot;
    strip(Nothing) -> Strip;
    qris_read(QrisRead) -> QrisView;
    qris_paste(Nothing) -> QrisView;
    own_qris_set(OwnQrisSet) -> OwnQrisView;
    limit_set(LimitSet) -> Boot;
    payment_start(PaymentStart) -> PaymentView;
    cash_offer(CashAsk) -> CashOffer;
    cash_pay(CashPay) -> PaymentView;
    payment_show(PaymentId) -> PaymentView;
    payment_check(PaymentId) -> PaymentView;
    payment_cancel(PaymentId) -> PaymentView;
    payment_confirm(PaymentConfirm) -> PaymentView;
    payments_open(Nothing) -> Vec<PaymentView>;
    payment_leave(PaymentId) -> Strip;
    history(HistoryAsk) -> HistoryPage;
    sale_show(SaleAsk) -> SaleView;
    receipt_show(ReceiptAsk) -> ReceiptView;
    receipt_pdf(ReceiptAsk) -> FileView;
    gateway_kinds(Nothing) -> Vec<GatewayKind>;
    gateway_list(Nothing) -> Vec<GatewayView>;
    gateway_add(GatewayAdd) -> GatewayView;
    gateway_check(GatewayAsk) -> GatewayCheck;
    gateway_remove(GatewayRemove) -> Vec<GatewayView>;
    customer_view(Nothing) -> CustomerView;
    customer_window(Nothing) -> Strip;
    full_screen(Nothing) -> Nothing;
    quit(Nothing) -> Nothing;
    backups(Nothing) -> BackupsView;
    backup_now(Nothing) -> BackupsView;
    backup_folder_set(BackupFolderSet) -> BackupsView;
    backups_find(BackupsFind) -> BackupsFound;
    backup_look(BackupLook) -> BackupFacts;
    ledger_restore(LedgerRestore) -> RestoreDone;
    ledger_verify(Nothing) -> VerdictView;
    work_stop(Nothing) -> Nothing;
    pin_new(PinNew) -> Boot;
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
