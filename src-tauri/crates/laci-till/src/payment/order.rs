//! What is asked when a payment starts, and whether it may.

use std::collections::BTreeMap;

use laci_core::{Act, Attempt, AttemptId, GatewayName, Refusal, Rupiah, SaleId, SaleLine, way};
use laci_gateway::provider::Kind;
use laci_gateway::rank::{Candidate, rank};
use laci_gateway::{Collector, Field, Gateway, Given, check_fields};
use laci_ledger::{SaleRow, SaleState, Settings, View};

use crate::by::By;
use crate::error::{Result, TillError};
use crate::till::Till;
use crate::wire::{LineInput, Via};

/// A payment to start.
#[derive(Clone, Debug)]
pub struct Charge {
    pub lines: Vec<LineInput>,
    pub via: Via,
    /// The caller's own id: the same one never makes a second sale.
    pub order: Option<String>,
    pub description: Option<String>,
    pub customer: Option<String>,
}

const ORDER_CHARS_MAX: usize = 100;

/// Where to try, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Gateway {
        name: GatewayName,
        method: Option<String>,
        extra: BTreeMap<String, String>,
    },
    /// A gateway once it can be reached.
    Later {
        name: GatewayName,
        method: Option<String>,
        extra: BTreeMap<String, String>,
    },
    OwnQris,
}

impl Charge {
    pub(super) fn sale_lines(&self) -> Result<Vec<SaleLine>> {
        self.lines.iter().map(sale_line).collect()
    }

    pub(super) fn order(&self) -> Result<Option<&str>> {
        match self.order.as_deref().map(str::trim) {
            None => Ok(None),
            Some(order) if order.is_empty() || order.chars().count() > ORDER_CHARS_MAX => {
                Err(Refusal::LineTooLong { characters: ORDER_CHARS_MAX, quantity: 1 }.into())
            }
            Some(order) => Ok(Some(order)),
        }
    }
}

fn sale_line(line: &LineInput) -> Result<SaleLine> {
    let unit_price = Rupiah::new(line.unit_price).map_err(|_| Refusal::AmountTooLarge)?;
    Ok(SaleLine { name: line.name.trim().to_owned(), quantity: line.quantity, unit_price })
}

/// What the ledger already knows about an order.
pub(super) enum Known {
    /// A sale whose payment still stands: it is shown again, nothing new is made.
    Standing(Attempt),
    /// A sale whose attempts all ended without money: it is charged once more.
    Again(SaleRow),
    New,
}

/// Refused with `order_conflict` when the order was used with another total.
pub(super) fn known(view: &View<'_>, order: Option<&str>, total: Rupiah) -> Result<Known> {
    let Some(order) = order else { return Ok(Known::New) };
    let Some(row) = view.sale_by_order(order)? else { return Ok(Known::New) };
    if row.sale.total != total || row.state == SaleState::Voided {
        return Err(Refusal::OrderConflict.into());
    }
    let attempts = view.attempts_of(row.sale.id)?;
    // Money before all: a sale that is covered is never charged again, whatever else was begun for it.
    let covering = attempts.iter().find(|one| row.covered_by == Some(one.attempt.id)).cloned();
    let standing =
        covering.or_else(|| attempts.into_iter().rev().find(|row| way::stands(&row.standing)));
    Ok(match standing {
        Some(attempt) => Known::Standing(attempt.attempt),
        None => Known::Again(row),
    })
}

/// Refused with `pin_required` while a QR of this sale that was shown can still be paid, unless somebody may allow a
/// second one: both would stay watched, and both could be paid.
pub(super) fn second_qr(view: &View<'_>, by: By, sale: SaleId) -> Result<()> {
    let attempts = view.attempts_of(sale)?;
    let payable = attempts.iter().any(|row| way::can_be_paid(&row.standing, &row.evidence));
    if payable && !by.may(Act::SecondQr) {
        return Err(Refusal::SecondQr { role: Act::SecondQr.rule().0 }.into());
    }
    Ok(())
}

/// The order's sale as it stands: with the attempt that covers it, once one does. None before there is a sale.
///
/// Refused with `order_conflict` when the order was used with another total.
pub(super) fn sale_of(
    view: &View<'_>,
    order: Option<&str>,
    total: Rupiah,
) -> Result<Option<(SaleId, Option<AttemptId>)>> {
    let Some(order) = order else { return Ok(None) };
    let Some(row) = view.sale_by_order(order)? else { return Ok(None) };
    if row.sale.total != total || row.state == SaleState::Voided {
        return Err(Refusal::OrderConflict.into());
    }
    Ok(Some((row.sale.id, row.covered_by)))
}

impl Till {
    /// The ways to try for `total`. Refused when none can be.
    pub(super) fn ways(&self, via: &Via, total: Rupiah) -> Result<Vec<Way>> {
        let settings = self.settings()?;
        match via {
            Via::OwnQris => {
                settings.own_qris.as_ref().ok_or(Refusal::NoOwnQris)?;
                Ok(vec![Way::OwnQris])
            }
            Via::Gateway { name, method, extra } => {
                let (name, method) = self.named_way(name, method.clone(), extra, total)?;
                Ok(vec![Way::Gateway { name, method, extra: extra.clone() }])
            }
            Via::Later { name, method, extra } => {
                let (name, method) = self.named_way(name, method.clone(), extra, total)?;
                Ok(vec![Way::Later { name, method, extra: extra.clone() }])
            }
            Via::Auto => {
                let ranked = self.ranked(&settings, total);
                let mut ways =
                    ranked.iter().map(|name| self.plain_way(name)).collect::<Result<Vec<_>>>()?;
                if settings.own_qris.is_some() {
                    ways.push(Way::OwnQris);
                }
                if ways.is_empty() {
                    return Err(self.why_no_way(&settings.gateways, total));
                }
                Ok(ways)
            }
        }
    }

    /// A gateway that somebody chose, and its method's own word. Nothing is asked of it.
    fn named_way(
        &self,
        name: &str,
        method: Option<String>,
        extra: &BTreeMap<String, String>,
        total: Rupiah,
    ) -> Result<(GatewayName, Option<String>)> {
        let name = GatewayName::new(name)
            .map_err(|_| Refusal::GatewayUnknown { name: name.to_owned() })?;
        let gateway = self.gateway(&name)?;
        self.fits(&gateway, method.as_deref(), total)?;
        checked_extra(gateway.kind(), extra)?;
        let refused = gateway.collector().and_then(|one| one.refuse(extra, total));
        refused.map_or(Ok(()), |fault| Err(TillError::from(fault)))?;
        let method = own_word(&gateway, method);
        Ok((name, method))
    }

    /// A gateway by its default method, with nothing beside.
    fn plain_way(&self, name: &GatewayName) -> Result<Way> {
        let method = own_word(&*self.gateway(name)?, None);
        Ok(Way::Gateway { name: name.clone(), method, extra: BTreeMap::new() })
    }

    /// Every gateway that can be used now and takes this total by its default method, the best one first.
    fn ranked(&self, settings: &Settings, total: Rupiah) -> Vec<GatewayName> {
        let zone = settings.shop.as_ref().map_or_else(Default::default, |shop| shop.zone);
        let now = self.ports.now().at(zone);
        let candidates = settings.gateways.iter().filter_map(|set| {
            let gateway = self.gateway(&set.name).ok()?;
            Some(Candidate {
                name: set.name.clone(),
                health: self.executor.health(&set.name),
                limits: gateway.collector()?.limits(None),
                cost: gateway.common().cost,
                hours: gateway.common().hours,
            })
        });
        let candidates: Vec<Candidate> = candidates.collect();
        rank(&candidates, total, u16::from(now.hour()) * 60 + u16::from(now.minute()))
    }

    /// Refused: `gateway_pays_bills`, `method_unknown`, `amount_below_minimum`, `amount_above_maximum`.
    fn fits(&self, gateway: &Gateway, method: Option<&str>, total: Rupiah) -> Result<()> {
        let title = || self.gateway_title(gateway.name());
        let collector =
            gateway.collector().ok_or_else(|| Refusal::PaysBills { gateway: title() })?;
        let known = collector.methods();
        if let Some(asked) = method
            && !known.iter().any(|method| method.code == asked)
        {
            let known: Vec<&str> = known.iter().map(|method| method.code.as_ref()).collect();
            return Err(Refusal::MethodUnknown { known: known.join(", ") }.into());
        }
        let limits = collector.limits(method);
        if total < limits.minimum {
            let minimum = limits.minimum;
            return Err(Refusal::AmountBelowMinimum { gateway: title(), minimum }.into());
        }
        match limits.maximum.filter(|most| total > *most) {
            Some(maximum) => Err(Refusal::AmountAboveMaximum { gateway: title(), maximum }.into()),
            None => Ok(()),
        }
    }

    fn why_no_way(&self, set: &[laci_core::GatewaySettings], total: Rupiah) -> crate::TillError {
        for settings in set {
            let why = self.gateway(&settings.name).and_then(|gateway| match gateway.collector() {
                Some(_) => self.fits(&gateway, None, total),
                // It was never a way to be paid.
                None => Ok(()),
            });
            if let Err(error) = why {
                return error;
            }
        }
        Refusal::NoGateway.into()
    }
}

/// The method's own word where the gateway has several: what is its default now may be another one later.
fn own_word(gateway: &Gateway, asked: Option<String>) -> Option<String> {
    let methods = gateway.collector().map(Collector::methods).unwrap_or_default();
    let default = methods.first().filter(|_| methods.len() > 1).map(|one| one.code.to_string());
    asked.or(default)
}

/// What stands in a create's own fields; the price, the names and the method have places of their own.
fn checked_extra(kind: &Kind, extra: &BTreeMap<String, String>) -> Result<()> {
    let fields = kind.operation("create").map_or(&[][..], |create| create.fields);
    let optional: Vec<Field> =
        fields.iter().map(|field| Field { required: false, ..*field }).collect();
    Ok(check_fields(&optional, &Given::from(extra))?)
}
