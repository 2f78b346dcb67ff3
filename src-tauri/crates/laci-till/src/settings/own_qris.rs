//! The shop's own static QRIS: read, judged, pinned.

use laci_core::{Body, OwnQris};
use laci_ledger::Op;
use laci_qris::Kind;
use laci_qris::symbol::{Level, Symbol};

use crate::by::By;
use crate::error::{Result, Sentence, TillError, qris_lang};
use crate::merchant::from_pin;
use crate::till::Till;
use crate::wire::{Notice, OwnQrisView, QrisView};

/// A sticker that can be the shop's own: a static QRIS that names a merchant. Refused: `own_qris_dynamic`,
/// `own_qris_unnamed`, every QRIS refusal.
pub(super) fn checked(text: &str) -> Result<OwnQris> {
    let qris = laci_qris::parse(text)?;
    match qris.kind() {
        Kind::Static => {}
        Kind::Dynamic => {
            return Err(TillError::Refused(Sentence::new(
                "own_qris_dynamic",
                "Ini QRIS sekali pakai, bukan stiker toko. Pakai QRIS statis yang ditempel di toko.",
                "This is a one-time QRIS, not the shop's sticker. Use the static QRIS on the shop's counter.",
            )));
        }
    }
    let pin = laci_qris::pin_of(&qris).ok_or_else(|| {
        TillError::Refused(Sentence::new(
            "own_qris_unnamed",
            "QRIS ini tidak menyebut NMID atau nomor toko, jadi tidak bisa dikunci. Minta stiker baru ke penyedia.",
            "This QRIS names no NMID and no merchant number, so it cannot be pinned. Ask the acquirer for a new sticker.",
        ))
    })?;
    Ok(OwnQris {
        payload: qris.payload().to_owned(),
        merchant: qris.merchant().to_owned(),
        pin: from_pin(pin),
    })
}

impl Till {
    /// Sets and pins the shop's own QRIS; the owner's.
    pub fn own_qris_set(&self, by: By, text: &str) -> Result<OwnQrisView> {
        let own_qris = checked(text)?;
        let view = own_view(&own_qris);
        self.transact(Op::Setup, by, |tx| {
            tx.append(Body::OwnQrisSet { own_qris })?;
            Ok(())
        })?;
        Ok(view)
    }

    pub fn own_qris(&self) -> Result<Option<OwnQrisView>> {
        Ok(self.settings()?.own_qris.as_ref().map(own_view))
    }
}

fn own_view(own: &OwnQris) -> OwnQrisView {
    OwnQrisView { merchant: own.merchant.clone(), nmid: own.pin.value().to_owned() }
}

/// Reads and judges a QRIS for a person; needs no till.
pub fn read_qris(text: &str, lang: laci_core::Lang) -> Result<QrisView> {
    qris_view(&laci_qris::parse(text)?, lang)
}

/// The same from a picture's bytes (PNG, JPEG, WebP or GIF).
pub fn read_qris_picture(bytes: &[u8], lang: laci_core::Lang) -> Result<QrisView> {
    qris_view(&laci_qris::picture::read(bytes)?, lang)
}

/// The same from a picture's pixels, as a clipboard holds them: red, green, blue and alpha.
pub fn read_qris_pixels(
    width: u32,
    height: u32,
    rgba: &[u8],
    lang: laci_core::Lang,
) -> Result<QrisView> {
    qris_view(&laci_qris::picture::read_pixels(width, height, rgba)?, lang)
}

fn qris_view(qris: &laci_qris::Qris, lang: laci_core::Lang) -> Result<QrisView> {
    let warnings = qris.warnings().into_iter().map(|warning| Notice {
        code: warning.code().to_owned(),
        message: warning.sentence(qris_lang(lang)),
    });
    Ok(QrisView {
        payload: qris.payload().to_owned(),
        kind: qris.kind().code().to_owned(),
        merchant: qris.merchant().to_owned(),
        city: qris.city().to_owned(),
        postal: qris.postal().map(str::to_owned),
        nmid: qris.nmid().map(str::to_owned),
        acquirer: qris.acquirer().map(str::to_owned),
        criteria: qris.criteria().letters().map(str::to_owned),
        amount: qris.amount().and_then(|amount| i64::try_from(amount).ok()),
        warnings: warnings.collect(),
        svg: Symbol::draw(qris.payload(), Level::M)?.to_svg(),
    })
}
