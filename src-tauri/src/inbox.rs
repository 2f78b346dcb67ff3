//! The window's commands about money without a sale, and about statements.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use laci_till::wire::*;
use laci_till::{By, Result, Sentence, TillError};

use crate::station::Station;

pub(crate) async fn inbox(station: &Station, _: By, input: InboxAsk) -> Result<InboxView> {
    station.till()?.inbox(&input)
}

pub(crate) async fn inbox_match(
    station: &Station,
    by: By,
    input: InboxMatch,
) -> Result<PaymentView> {
    let till = station.till()?;
    till.inbox_match(by, &input.id, till.sale_named(&input.sale)?)
}

pub(crate) async fn inbox_dismiss(
    station: &Station,
    by: By,
    input: InboxDismiss,
) -> Result<InboxView> {
    let till = station.till()?;
    till.inbox_dismiss(by, &input.id, &input.reason)?;
    till.inbox(&InboxAsk::default())
}

pub(crate) async fn statement_preview(
    station: &Station,
    _: By,
    input: StatementAsk,
) -> Result<StatementView> {
    let bytes = bytes(&input)?;
    station.till()?.statement_preview(&input.name, &bytes, &input.map)
}

pub(crate) async fn statement_import(
    station: &Station,
    by: By,
    input: StatementAsk,
) -> Result<StatementDone> {
    let (till, bytes) = (station.till()?, bytes(&input)?);
    // Many rows are many commits: no work for a thread that others wait on.
    crate::recovery::off_thread(move || till.statement_import(by, &input.name, &bytes, &input.map))
        .await
}

fn bytes(input: &StatementAsk) -> Result<Vec<u8>> {
    BASE64.decode(&input.file).map_err(|_| {
        TillError::Refused(Sentence::new(
            "file_unreadable",
            "Berkasnya tidak sampai utuh. Tidak ada yang diimpor. Pilih berkasnya sekali lagi.",
            "The file did not arrive whole. Nothing was imported. Choose it once more.",
        ))
    })
}
