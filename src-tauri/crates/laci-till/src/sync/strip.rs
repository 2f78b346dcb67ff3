//! The status strip: what works now, and what waits. Green only when proven within 60 seconds.

use laci_core::{AttemptState, Flag};
use laci_ledger::OutboxQueue;

use crate::error::Result;
use crate::gateways::title_of;
use crate::settings::light;
use crate::till::Till;
use crate::wire::{Light, Notice, Strip, StripGateway};

impl Till {
    pub fn strip(&self) -> Result<Strip> {
        let now = self.ports.now();
        let settings = self.settings()?;
        let gateways: Vec<StripGateway> = settings
            .gateways
            .iter()
            .map(|set| {
                let gateway = self.gateway(&set.name);
                let usable = gateway.is_ok();
                let state = self.executor.health(&set.name).state;
                StripGateway {
                    name: set.name.to_string(),
                    title: title_of(&settings.gateways, &set.name),
                    light: if usable { light(state) } else { Light::Down },
                    pays_bills: gateway.is_ok_and(|gateway| gateway.collector().is_none()),
                }
            })
            .collect();
        let (unsent, oldest, number) = self.read(|view| {
            let receipts = view.outbox_due(OutboxQueue::Receipt)?;
            let creates = view.outbox_due(OutboxQueue::GatewayCreate)?;
            let waiting = view.outbox_waiting()?;
            let first = receipts.iter().chain(&creates).chain(&waiting).map(|owed| owed.id.0).min();
            let owing = first.map(|seq| view.entries(seq, 1)).transpose()?;
            let oldest = owing.and_then(|found| found.first().map(|(entry, _)| entry.at));
            Ok((view.outbox_unsent()?, oldest, view.next_sale_number()?))
        })?;
        let (shift, people) = self.read(|view| Ok((view.open_shift()?, view.people()?)))?;
        let cashier = match self.door()?.signed_in {
            Some(person) => Some(person.name),
            None => shift.as_ref().map(|shift| self.called(&people, &shift.cashier)),
        };
        let open = self.open_rows()?;
        let in_state =
            |state: AttemptState| open.iter().filter(|row| row.standing.state == state).count();
        let late = open.iter().filter(|row| row.standing.flags.contains(&Flag::Late)).count();
        Ok(Strip {
            internet: internet(&gateways),
            gateways,
            unsent: u32::try_from(unsent).unwrap_or(u32::MAX),
            unsent_oldest_ms: oldest.map(|at| now.since_ms(at).max(0)),
            waiting: small(open.len() - in_state(AttemptState::Unverified)),
            late: small(late),
            unverified: small(in_state(AttemptState::Unverified)),
            warnings: self.warnings(),
            shift: shift.map(|shift| shift.number),
            cashier,
            register: format!("A{:02}", number.register),
            next_number: number.to_string(),
            now: now.0,
        })
    }
}

impl Till {
    fn warnings(&self) -> Vec<Notice> {
        let lang = self.lang();
        let sentences = self.disk_trouble().into_iter().chain(self.backup_trouble());
        sentences
            .map(|sentence| Notice {
                code: sentence.code.clone(),
                message: sentence.text(lang).to_owned(),
            })
            .collect()
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The internet is there when any gateway answered just now; it is away when all that were asked did not.
fn internet(gateways: &[StripGateway]) -> Light {
    let has = |light: Light| gateways.iter().any(|gateway| gateway.light == light);
    if has(Light::Ready) || has(Light::Slow) {
        Light::Ready
    } else if has(Light::Down) {
        Light::Down
    } else {
        Light::Unknown
    }
}
