//! The window's commands about gateways: their settings, and the orders of a gateway's shop.

use laci_till::wire::*;
use laci_till::{By, Lang, OrderWord, Result};

use crate::station::Station;

pub(crate) async fn gateway_kinds(
    station: &Station,
    _: By,
    _: Nothing,
) -> Result<Vec<GatewayKind>> {
    Ok(laci_till::gateway_kinds(station.till().map_or(Lang::Id, |till| till.lang())))
}

pub(crate) async fn gateway_list(station: &Station, _: By, _: Nothing) -> Result<Vec<GatewayView>> {
    station.till()?.gateway_list()
}

pub(crate) async fn gateway_add(
    station: &Station,
    by: By,
    input: GatewayAdd,
) -> Result<GatewayView> {
    station.till()?.gateway_add(by, &input)
}

pub(crate) async fn gateway_check(
    station: &Station,
    _: By,
    input: GatewayAsk,
) -> Result<GatewayCheck> {
    station.till()?.gateway_check(&input.name).await
}

pub(crate) async fn gateway_remove(
    station: &Station,
    by: By,
    input: GatewayRemove,
) -> Result<Vec<GatewayView>> {
    station.till()?.gateway_remove(by, &input.name)
}

pub(crate) async fn charge_choices(
    station: &Station,
    _: By,
    input: GatewayAsk,
) -> Result<ChargeChoices> {
    station.till()?.charge_choices(&input.name).await
}

pub(crate) async fn orders(station: &Station, _: By, input: OrdersAsk) -> Result<OrdersView> {
    station.till()?.orders(&input).await
}

pub(crate) async fn order_show(station: &Station, _: By, input: OrderNumber) -> Result<OrderView> {
    station.till()?.order(&input.number).await
}

pub(crate) async fn order_complete(
    station: &Station,
    by: By,
    input: OrderEnd,
) -> Result<OrderView> {
    let till = station.till()?;
    till.order_end(by, &input.number, OrderWord::Completed, input.notify).await
}

pub(crate) async fn order_cancel(station: &Station, by: By, input: OrderEnd) -> Result<OrderView> {
    let till = station.till()?;
    till.order_end(by, &input.number, OrderWord::Cancelled, input.notify).await
}
