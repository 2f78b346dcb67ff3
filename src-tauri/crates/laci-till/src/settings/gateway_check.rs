//! "Uji sambungan": one harmless call, told in steps.

use laci_core::{GatewayName, Lang, Refusal};
use laci_gateway::{Answered, CallError, CheckAnswer};

use crate::error::Result;
use crate::till::Till;
use crate::wire::{CheckStep, GatewayCheck};

/// A wrong clock breaks TLS and signatures beyond this.
const CLOCK_MS: i64 = 120_000;

impl Till {
    /// Refused only when there is no such gateway or its settings are broken; a gateway that does not work is an
    /// answer.
    pub async fn gateway_check(&self, name: &str) -> Result<GatewayCheck> {
        let name = GatewayName::new(name)
            .map_err(|_| Refusal::GatewayUnknown { name: name.to_owned() })?;
        let gateway = self.gateway(&name)?;
        let now = self.ports.now();
        let lang = self.lang();
        let answered = self.executor.check(&gateway, now).await;
        self.tell(crate::wire::Push::StripChanged);
        Ok(match answered {
            Err(error) => not_reached(error, now.0, lang),
            Ok(answered) => told(&answered, now.0, lang),
        })
    }
}

fn say(lang: Lang, id: &str, en: &str) -> String {
    match lang {
        Lang::Id => id.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn step(code: &str, ok: bool, message: String) -> CheckStep {
    CheckStep { code: code.to_owned(), ok, message }
}

fn not_reached(error: CallError, at: i64, lang: Lang) -> GatewayCheck {
    let steps = vec![step("address", false, error.sentence(lang))];
    GatewayCheck { ok: false, at, latency_ms: None, steps }
}

fn told(answered: &Answered<CheckAnswer>, at: i64, lang: Lang) -> GatewayCheck {
    let answers = say(lang, "Alamat menjawab", "The address answers");
    let mut steps = Vec::new();
    let ok = match &answered.answer {
        CheckAnswer::Ready => {
            steps.push(step("address", true, answers));
            steps.push(step("key", true, say(lang, "Kunci diterima", "The key is accepted")));
            true
        }
        CheckAnswer::KeyRefused => {
            steps.push(step("address", true, answers));
            let message = say(
                lang,
                "Kunci ditolak. Salin ulang dari dasbor gateway.",
                "The key is refused. Copy it again from the gateway's dashboard.",
            );
            steps.push(step("key", false, message));
            false
        }
        CheckAnswer::Unreadable(doubt) => {
            steps.push(step("address", false, doubt.sentence(lang)));
            false
        }
    };
    if let Some(offset) = answered.clock_offset_ms {
        let seconds = offset.abs() / 1000;
        let right = offset.abs() <= CLOCK_MS;
        let message = if right {
            say(
                lang,
                &format!("Jam komputer cocok, selisih {seconds} dtk"),
                &format!("The clock agrees within {seconds} s"),
            )
        } else {
            say(
                lang,
                &format!("Jam komputer selisih {seconds} dtk. Betulkan tanggal dan jam."),
                &format!("The clock is off by {seconds} s. Set date and time right."),
            )
        };
        steps.push(step("clock", right, message));
    }
    let ok = ok && steps.iter().all(|step| step.ok);
    GatewayCheck { ok, at, latency_ms: Some(answered.latency_ms), steps }
}
