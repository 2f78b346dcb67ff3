//! Answers what the window asks: finds the till, calls the use case, and turns its end into one of three answers. What
//! is about the ledger's copies stands in `recovery.rs`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use laci_till::wire::*;
use laci_till::{
    AttemptId, By, Charge, Lang, Refusal, Result, SaleId, Sentence, Setup, Till, TillError,
    read_qris, read_qris_picture, read_qris_pixels,
};

use crate::clipboard::{self, Clip};
use crate::station::Station;
use crate::windows;

/// The largest picture that may come from the window.
const PICTURE_BYTES_MAX: usize = 20 * 1024 * 1024;

pub(crate) fn answered<T>(station: &Station, result: Result<T>) -> Answer<T> {
    let error = match result {
        Ok(value) => return Answer::Done { value },
        Err(error) => error,
    };
    let sentence = error.sentence();
    let (code, message) = (sentence.code.clone(), sentence.text(lang(station)).to_owned());
    match error {
        TillError::Refused(_) => Answer::Refused { code, message },
        TillError::Failed(_) | TillError::Unknown(_) | TillError::Integrity(_) => {
            let incident = incident();
            tracing::error!(code, incident, "a command failed");
            Answer::Failed { code, message, incident }
        }
    }
}

/// A short number by which support finds the failure in the program's log.
fn incident() -> String {
    let mut bytes = [0; 4];
    // A failed fill leaves zeros: the log's time still finds it.
    let _ = getrandom::fill(&mut bytes);
    format!("{:08x}", u32::from_be_bytes(bytes))
}

pub(crate) fn lang(station: &Station) -> Lang {
    station.till().map_or(Lang::Id, |till| till.lang())
}

fn attempt(id: &str) -> Result<AttemptId> {
    id.parse().map_err(|_| Refusal::PaymentUnknown.into())
}

fn sale(id: &str) -> Result<SaleId> {
    id.parse().map_err(|_| Refusal::SaleUnknown.into())
}

pub(crate) async fn boot(station: &Station, _: By, _: Nothing) -> Result<Boot> {
    booted(station).await
}

/// Where the window begins now.
pub(crate) async fn booted(station: &Station) -> Result<Boot> {
    if station.is_refused() {
        station.try_again();
    }
    let practice_url = station.practice_url().await;
    let blank = |stage, prefs| Boot {
        stage,
        shop: None,
        practice: false,
        practice_url: None,
        own_qris: None,
        max_amount: 0,
        has_pin: false,
        prefs,
        door: DoorView::default(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let first_run = || Stage::FirstRun {
        needs_passphrase: station.needs_passphrase(),
        lost: station.places.lost_a_ledger(),
    };
    let till = match station.till() {
        Ok(till) => till,
        Err(error) if error.code() == Refusal::NotSetUp.code() => {
            return Ok(blank(first_run(), Prefs::default()));
        }
        Err(error) => {
            let sentence = error.sentence();
            let notice =
                Notice { code: sentence.code.clone(), message: sentence.text(Lang::Id).to_owned() };
            let recover =
                matches!(error, TillError::Integrity(_)) || sentence.code == "not_a_ledger";
            return Ok(blank(Stage::Refused { notice, recover }, Prefs::default()));
        }
    };
    if !till.is_set_up()? {
        return Ok(blank(first_run(), till.prefs()));
    }
    let facts = till.facts()?;
    let stage = if !till.practice() && till.pin_is_lost()? {
        Stage::NewPin { needs_passphrase: station.needs_passphrase() }
    } else {
        Stage::Ready { secrets_locked: till.secrets_locked() }
    };
    Ok(Boot {
        stage,
        shop: Some(facts.shop),
        practice: till.practice(),
        practice_url,
        own_qris: till.own_qris()?,
        max_amount: facts.max_amount,
        has_pin: facts.has_pin,
        prefs: till.prefs(),
        door: till.door()?,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

pub(crate) async fn setup_finish(station: &Station, _: By, input: SetupFinish) -> Result<Boot> {
    let SetupFinish { shop, own_qris, pin, passphrase } = input;
    station.set_up(&Setup { shop, own_qris, pin: Some(pin), passphrase })?;
    booted(station).await
}

pub(crate) async fn practice_enter(station: &Station, _: By, _: Nothing) -> Result<Boot> {
    station.enter_practice().await?;
    booted(station).await
}

pub(crate) async fn practice_leave(station: &Station, _: By, _: Nothing) -> Result<Boot> {
    station.leave_practice().await;
    booted(station).await
}

pub(crate) async fn practice_pay(
    station: &Station,
    _: By,
    input: PaymentId,
) -> Result<PaymentView> {
    let till = station.till()?;
    let payment = till.payment_show(attempt(&input.id)?)?;
    let paid = match &payment.gateway_id {
        Some(gateway_id) => station.practice_pay(gateway_id).await,
        None => false,
    };
    if !paid {
        return Err(TillError::Refused(Sentence::new(
            "practice_nothing_to_pay",
            "Tidak ada tagihan latihan untuk dibayar. Buat QRIS baru dulu.",
            "There is no practice bill to pay. Make a new QRIS first.",
        )));
    }
    Ok(payment)
}

pub(crate) async fn prefs_set(station: &Station, by: By, input: Prefs) -> Result<Prefs> {
    station.till()?.prefs_set(by, input)
}

pub(crate) async fn secrets_unlock(station: &Station, _: By, input: SecretsUnlock) -> Result<Boot> {
    station.till()?.secrets_unlock(&input.passphrase)?;
    booted(station).await
}

pub(crate) async fn strip(station: &Station, _: By, _: Nothing) -> Result<Strip> {
    station.till()?.strip()
}

pub(crate) async fn qris_read(station: &Station, _: By, input: QrisRead) -> Result<QrisView> {
    let lang = lang(station);
    match (input.text, input.image_base64) {
        (Some(text), None) => read_qris(&text, lang),
        (None, Some(image)) if image.len() <= PICTURE_BYTES_MAX / 3 * 4 => {
            let bytes = BASE64.decode(image).map_err(|_| unreadable())?;
            // Decoding a photo is work for a thread that nobody waits on for clicks.
            let read = tokio::task::spawn_blocking(move || read_qris_picture(&bytes, lang));
            read.await.map_err(|_| unreadable())?
        }
        (_, Some(_)) | (None, None) => Err(unreadable()),
    }
}

/// The QRIS on the clipboard: its text, a picture of it, or a file that was copied.
pub(crate) async fn qris_paste(station: &Station, _: By, _: Nothing) -> Result<QrisView> {
    let lang = lang(station);
    let read = tokio::task::spawn_blocking(move || match clipboard::take(PICTURE_BYTES_MAX)? {
        Clip::Text(text) => read_qris(&text, lang),
        Clip::File(bytes) => read_qris_picture(&bytes, lang),
        Clip::Pixels { width, height, rgba } => read_qris_pixels(width, height, &rgba, lang),
    });
    read.await.map_err(|_| unreadable())?
}

fn unreadable() -> TillError {
    TillError::Refused(Sentence::new(
        "picture_unreadable",
        "Gambar tidak bisa dibaca atau terlalu besar (paling besar 20 MB). Pilih foto lain.",
        "The picture cannot be read or is too large (20 MB at most). Choose another photo.",
    ))
}

pub(crate) async fn own_qris_set(
    station: &Station,
    by: By,
    input: OwnQrisSet,
) -> Result<OwnQrisView> {
    station.till()?.own_qris_set(by, &input.payload)
}

pub(crate) async fn limit_set(station: &Station, by: By, input: LimitSet) -> Result<Boot> {
    station.till()?.limit_set(by, input.max_amount)?;
    booted(station).await
}

pub(crate) async fn payment_start(
    station: &Station,
    by: By,
    input: PaymentStart,
) -> Result<PaymentView> {
    let PaymentStart { lines, via, order } = input;
    let charge = Charge { lines, via, order: Some(order), description: None, customer: None };
    station.till()?.payment_start(by, charge).await
}

pub(crate) async fn cash_offer(station: &Station, _: By, input: CashAsk) -> Result<CashOffer> {
    let CashAsk { lines } = input;
    station.till()?.cash_offer(&Charge {
        lines,
        via: Via::Auto,
        order: None,
        description: None,
        customer: None,
    })
}

pub(crate) async fn cash_pay(station: &Station, by: By, input: CashPay) -> Result<PaymentView> {
    let CashPay { lines, tendered, order } = input;
    let charge =
        Charge { lines, via: Via::Auto, order: Some(order), description: None, customer: None };
    station.till()?.cash_pay(by, charge, tendered).await
}

pub(crate) async fn payment_show(
    station: &Station,
    _: By,
    input: PaymentId,
) -> Result<PaymentView> {
    let (till, id) = (station.till()?, attempt(&input.id)?);
    till.payment_bring(id)?;
    till.payment_show(id)
}

pub(crate) async fn payment_check(
    station: &Station,
    _: By,
    input: PaymentId,
) -> Result<PaymentView> {
    station.till()?.payment_check(attempt(&input.id)?).await
}

pub(crate) async fn payment_cancel(
    station: &Station,
    by: By,
    input: PaymentId,
) -> Result<PaymentView> {
    station.till()?.payment_cancel(by, attempt(&input.id)?)
}

pub(crate) async fn payment_confirm(
    station: &Station,
    by: By,
    input: PaymentConfirm,
) -> Result<PaymentView> {
    station.till()?.payment_confirm(by, attempt(&input.id)?, &input.reason)
}

pub(crate) async fn payments_open(
    station: &Station,
    _: By,
    _: Nothing,
) -> Result<Vec<PaymentView>> {
    station.till()?.payments_open()
}

pub(crate) async fn payment_leave(station: &Station, _: By, input: PaymentId) -> Result<Strip> {
    let till = station.till()?;
    till.payment_leave(attempt(&input.id)?);
    till.strip()
}

pub(crate) async fn history(station: &Station, by: By, input: HistoryAsk) -> Result<HistoryPage> {
    station.till()?.history(by, &input)
}

pub(crate) async fn sale_show(station: &Station, _: By, input: SaleAsk) -> Result<SaleView> {
    station.till()?.sale_show(sale(&input.sale_id)?)
}

pub(crate) async fn receipt_show(
    station: &Station,
    _: By,
    input: ReceiptAsk,
) -> Result<ReceiptView> {
    station.till()?.receipt_show(sale(&input.sale_id)?, input.columns)
}

pub(crate) async fn receipt_pdf(station: &Station, by: By, input: ReceiptAsk) -> Result<FileView> {
    station.till()?.receipt_pdf(by, sale(&input.sale_id)?, input.columns)
}

pub(crate) async fn customer_view(station: &Station, _: By, _: Nothing) -> Result<CustomerView> {
    match station.till() {
        Ok(till) => till.customer_view(),
        Err(_) => Ok(Till::nobody_at_the_counter()),
    }
}

pub(crate) async fn customer_window(station: &Station, _: By, _: Nothing) -> Result<Strip> {
    windows::toggle_customer()?;
    station.till()?.strip()
}

pub(crate) async fn full_screen(_: &Station, _: By, _: Nothing) -> Result<Nothing> {
    windows::toggle_full_screen()?;
    Ok(Nothing {})
}

pub(crate) async fn quit(_: &Station, _: By, _: Nothing) -> Result<Nothing> {
    windows::quit()?;
    Ok(Nothing {})
}
