//! The first run: one commit that makes a shop of an empty ledger.

use std::sync::Arc;

use laci_core::{Body, PeopleChange, Person, PersonId, Refusal, Role, Shop};
use laci_ledger::Op;

use crate::by::By;
use crate::door::set_pin;
use crate::error::{Result, Sentence, TillError};
use crate::ports::Ports;
use crate::secrets::check_form;
use crate::till::{Place, Till};
use crate::wire::ShopView;

const NAME_CHARS_MAX: usize = 60;
const TEXT_CHARS_MAX: usize = 160;
/// Until the owner writes another one.
const OWNER_NAME: &str = "Pemilik";

/// What the first run asks for. `own_qris` is the sticker's text.
pub struct Setup {
    pub shop: ShopView,
    pub own_qris: Option<String>,
    /// Without one, nothing is guarded until a PIN is set.
    pub pin: Option<String>,
    /// Opens the secrets where there is no keyring.
    pub passphrase: Option<String>,
}

impl Till {
    /// Sets a shop up. `till` is the folder's till when its ledger exists already (a first run that was
    /// interrupted). Refused: `already_set_up`, `pin_form`, `passphrase_required`, every QRIS refusal.
    pub fn set_up(
        till: Option<Arc<Self>>,
        place: Place,
        ports: Ports,
        setup: &Setup,
    ) -> Result<Arc<Self>> {
        let shop = checked_shop(&setup.shop)?;
        let own = setup.own_qris.as_deref().map(super::own_qris::checked).transpose()?;
        if let Some(pin) = &setup.pin {
            check_form(pin)?;
        }
        let till = match till {
            Some(till) => till,
            None => Self::create(place, ports, setup.passphrase.as_deref())?,
        };
        if till.settings()?.shop.is_some() {
            return Err(Refusal::AlreadySetUp.into());
        }
        let passphrase = setup.passphrase.as_deref();
        let pin = setup.pin.as_deref().map(|pin| till.pin_record(pin, passphrase)).transpose()?;
        till.transact(Op::Setup, By::FIRST, |tx| {
            tx.append(Body::ShopSet { shop })?;
            if let Some(own_qris) = own {
                tx.append(Body::OwnQrisSet { own_qris })?;
            }
            if let Some(record) = pin {
                let name = tx.put_blob(OWNER_NAME.as_bytes())?;
                let person = Person { id: PersonId::OWNER, role: Role::Owner, name };
                tx.append(Body::People { change: PeopleChange::Set { person } })?;
                set_pin(tx, PersonId::OWNER, &record)?;
            }
            Ok(())
        })?;
        Ok(till)
    }
}

fn checked_shop(view: &ShopView) -> Result<Shop> {
    let name = view.name.trim();
    if name.is_empty() {
        return Err(refused(
            "shop_name_empty",
            "Nama toko masih kosong. Tulis dulu.",
            "The shop's name is empty. Write it first.",
        ));
    }
    let too_long = name.chars().count() > NAME_CHARS_MAX
        || view.address.chars().count() > TEXT_CHARS_MAX
        || view.phone.chars().count() > TEXT_CHARS_MAX;
    if too_long {
        return Err(refused(
            "shop_text_long",
            "Nama atau alamat terlalu panjang untuk struk. Pendekkan.",
            "The name or address is too long for a receipt. Shorten it.",
        ));
    }
    let zone = view.zone.parse().map_err(|_| {
        refused(
            "zone_unknown",
            "Zona waktu harus WIB, WITA atau WIT.",
            "The zone is WIB, WITA or WIT.",
        )
    })?;
    let cut_off = view.cut_off.parse().map_err(|_| {
        refused(
            "cut_off_form",
            "Jam tutup ditulis JJ:MM, misalnya 03:00.",
            "The cut-off is written HH:MM, such as 03:00.",
        )
    })?;
    Ok(Shop {
        name: name.to_owned(),
        address: view.address.trim().to_owned(),
        phone: view.phone.trim().to_owned(),
        zone,
        cut_off,
    })
}

fn refused(code: &str, id: &str, en: &str) -> TillError {
    TillError::Refused(Sentence::new(code, id, en))
}
