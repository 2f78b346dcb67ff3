//! What the window must know before it draws anything.

use laci_core::Zone;

use crate::error::Result;
use crate::till::Till;
use crate::wire::ShopView;

pub struct Facts {
    pub shop: ShopView,
    /// Rupiah.
    pub max_amount: i64,
    pub has_pin: bool,
}

impl Till {
    /// Whether the first run was finished.
    pub fn is_set_up(&self) -> Result<bool> {
        Ok(self.settings()?.shop.is_some())
    }

    /// Refused with `not_set_up` before the first run was finished.
    pub fn facts(&self) -> Result<Facts> {
        let settings = self.settings()?;
        let shop = settings.shop.ok_or_else(Self::not_set_up)?;
        Ok(Facts {
            shop: ShopView {
                name: shop.name,
                address: shop.address,
                phone: shop.phone,
                zone: shop.zone.as_str().to_owned(),
                cut_off: shop.cut_off.to_string(),
            },
            max_amount: settings.limits.max_amount.get(),
            has_pin: self.read(|view| view.has_pin())?,
        })
    }

    /// The shop's zone; Jakarta's before the shop is set up.
    pub fn zone(&self) -> Zone {
        let shop = self.settings().ok().and_then(|settings| settings.shop);
        shop.map_or_else(Zone::default, |shop| shop.zone)
    }
}
