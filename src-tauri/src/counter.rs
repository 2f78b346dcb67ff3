//! Answers what the window asks about people and the drawer: signing in, people, shifts, cash in and out, the feed.

use std::sync::Arc;

use laci_till::wire::*;
use laci_till::{By, CashMove, CashMovement, RefundBy, Refusal, Result, Till};

use crate::desk::booted;
use crate::station::Station;

pub(crate) async fn door(station: &Station, _: By, _: Nothing) -> Result<DoorView> {
    station.till()?.door()
}

pub(crate) async fn sign_in(station: &Station, _: By, input: SignIn) -> Result<Boot> {
    let till = station.till()?;
    hashing(move || till.sign_in(&input.person, &input.pin)).await?;
    booted(station).await
}

pub(crate) async fn lock(station: &Station, _: By, _: Nothing) -> Result<Boot> {
    station.till()?.lock()?;
    booted(station).await
}

pub(crate) async fn recovery_use(station: &Station, _: By, input: RecoveryUse) -> Result<Boot> {
    let till = station.till()?;
    let RecoveryUse { code, pin, passphrase } = input;
    hashing(move || till.recovery_use(&code, &pin, passphrase.as_deref())).await?;
    booted(station).await
}

pub(crate) async fn pin_change(station: &Station, _: By, input: PinChange) -> Result<Nothing> {
    let till = station.till()?;
    hashing(move || till.pin_change(&input.person, &input.old, &input.new)).await?;
    Ok(Nothing {})
}

pub(crate) async fn people(station: &Station, _: By, _: Nothing) -> Result<Vec<PersonView>> {
    station.till()?.people()
}

pub(crate) async fn person_set(
    station: &Station,
    by: By,
    input: PersonEdit,
) -> Result<Vec<PersonView>> {
    let till = station.till()?;
    hashing(move || till.person_set(by, &input)).await
}

pub(crate) async fn person_remove(
    station: &Station,
    by: By,
    input: PersonAsk,
) -> Result<Vec<PersonView>> {
    station.till()?.person_remove(by, &input.id)
}

pub(crate) async fn recovery_make(station: &Station, by: By, _: Nothing) -> Result<RecoveryCodes> {
    let till = station.till()?;
    let codes = till.recovery_make(by)?;
    let slip = till.recovery_slip(by, &codes)?;
    Ok(RecoveryCodes { codes, slip })
}

pub(crate) async fn feed(station: &Station, _: By, input: FeedAsk) -> Result<FeedView> {
    station.till()?.feed(&input)
}

pub(crate) async fn shift_now(station: &Station, _: By, _: Nothing) -> Result<ShiftNow> {
    station.till()?.shift_now()
}

pub(crate) async fn shift_open(station: &Station, by: By, input: ShiftOpen) -> Result<ShiftNow> {
    station.till()?.shift_open(by, input.float)
}

pub(crate) async fn shift_count(
    station: &Station,
    by: By,
    input: ShiftCount,
) -> Result<Difference> {
    station.till()?.shift_count(by, &input)
}

pub(crate) async fn shift_difference(station: &Station, _: By, _: Nothing) -> Result<Difference> {
    station.till()?.shift_difference()
}

pub(crate) async fn shift_close(
    station: &Station,
    by: By,
    input: ShiftClose,
) -> Result<ShiftClosed> {
    let till = station.till()?;
    let closed = till.shift_close(by, input.reason.as_deref())?;
    back_up(till);
    Ok(closed)
}

pub(crate) async fn shift_hand_over(
    station: &Station,
    by: By,
    input: ShiftClose,
) -> Result<ShiftClosed> {
    let till = station.till()?;
    let closed = till.shift_hand_over(by, input.reason.as_deref())?;
    back_up(till);
    Ok(closed)
}

/// A day that is closed is copied at once, beside whatever comes next.
fn back_up(till: Arc<Till>) {
    tokio::task::spawn_blocking(move || till.backup_after_close());
}

pub(crate) async fn cash_in(station: &Station, by: By, input: CashIn) -> Result<CashMoved> {
    let CashIn { amount, reason, from_owner } = input;
    let kind = if from_owner { CashMove::InFromOwner } else { CashMove::InOther };
    station.till()?.cash_move(by, &CashMovement { kind, amount, reason })
}

pub(crate) async fn cash_out(station: &Station, by: By, input: CashOut) -> Result<CashMoved> {
    let CashOut { amount, reason } = input;
    station.till()?.cash_move(by, &CashMovement { kind: CashMove::Out, amount, reason })
}

pub(crate) async fn setor(station: &Station, by: By, input: Setor) -> Result<CashMoved> {
    let Setor { amount, reason, to_bank } = input;
    let kind = if to_bank { CashMove::SetorToBank } else { CashMove::SetorToOwner };
    station.till()?.cash_move(by, &CashMovement { kind, amount, reason })
}

pub(crate) async fn drawer_open(station: &Station, by: By, input: DrawerOpen) -> Result<ShiftNow> {
    station.till()?.drawer_open(by, &input.reason)
}

pub(crate) async fn shift_x(station: &Station, _: By, _: Nothing) -> Result<ReceiptView> {
    station.till()?.shift_x_view()
}

pub(crate) async fn z_list(station: &Station, _: By, _: Nothing) -> Result<Vec<ZRow>> {
    station.till()?.z_list()
}

pub(crate) async fn z_show(station: &Station, _: By, input: ZAsk) -> Result<ReceiptView> {
    station.till()?.z_again(input.number.as_deref())
}

pub(crate) async fn book_rules(station: &Station, _: By, _: Nothing) -> Result<BookRulesView> {
    station.till()?.book_rules()
}

pub(crate) async fn book_rules_set(
    station: &Station,
    by: By,
    input: BookRulesSet,
) -> Result<BookRulesView> {
    let BookRulesSet { rounding_step, rounding_down, merchant_class } = input;
    station.till()?.book_rules_set(by, rounding_step, rounding_down, &merchant_class)
}

pub(crate) async fn sale_refund(station: &Station, by: By, input: SaleRefund) -> Result<SaleView> {
    let sale = input.sale_id.parse().map_err(|_| Refusal::SaleUnknown)?;
    let way = if input.transfer { RefundBy::Transfer } else { RefundBy::Cash };
    station.till()?.sale_refund(by, sale, input.amount, way, &input.reason, input.surplus)
}

/// Argon2 takes a while: no work for a thread that others wait on.
async fn hashing<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    crate::recovery::off_thread(work).await
}
