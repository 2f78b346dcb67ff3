//! Practice mode: another folder, another ledger, and a gateway that is played on this machine.

use laci_sandbox::{Sandbox, SandboxOptions};
use laci_till::wire::{GatewayAdd, ShopView};
use laci_till::{By, Place, Result, Sentence, Setup, Till, TillError};
use std::sync::Arc;

use crate::platform;

pub(crate) struct Practice {
    pub till: Arc<Till>,
    sandbox: Sandbox,
}

const GATEWAY: &str = "latihan";

impl Practice {
    /// Starts the played gateway and opens (or makes) the practice shop on it.
    pub(crate) async fn start(place: Place) -> Result<Self> {
        let sandbox = start_sandbox("127.0.0.1:0").await?;
        let ports = platform::ports(true);
        let till = match Till::open(place.clone(), ports.clone(), None)? {
            Some(till) => till,
            None => Till::create(place.clone(), ports.clone(), None)?,
        };
        let till =
            if till.is_set_up()? { till } else { Till::set_up(Some(till), place, ports, &shop())? };
        till.gateway_add(By::counter(), &gateway(&sandbox))?;
        Ok(Self { till, sandbox })
    }

    pub(crate) fn url(&self) -> String {
        self.sandbox.url()
    }

    /// Pays as the customer would.
    pub(crate) fn pay(&self, reference: &str) -> bool {
        self.sandbox.pay(reference).is_ok()
    }

    pub(crate) async fn stop(self) {
        self.sandbox.stop().await;
    }
}

/// The gateways, played over HTTP on `listen`.
pub(crate) async fn start_sandbox(listen: &str) -> Result<Sandbox> {
    let listen = listen.parse().map_err(|_| bad_address())?;
    let options = SandboxOptions {
        listen,
        api_key: laci_till::PRACTICE_KEY.to_owned(),
        ..SandboxOptions::default()
    };
    Sandbox::start(options).await.map_err(|error| {
        TillError::Failed(Sentence::new(
            "practice_not_started",
            format!("Gateway latihan tidak bisa dimulai ({error}). Coba tutup program lain, lalu ulangi."),
            format!("The practice gateway cannot start ({error}). Close other programs and try again."),
        ))
    })
}

fn shop() -> Setup {
    Setup {
        shop: ShopView {
            name: "Toko Latihan".to_owned(),
            address: String::new(),
            phone: String::new(),
            zone: "WIB".to_owned(),
            cut_off: "00:00".to_owned(),
        },
        own_qris: Some(laci_sandbox::practice_sticker()),
        pin: None,
        passphrase: None,
    }
}

fn gateway(sandbox: &Sandbox) -> GatewayAdd {
    GatewayAdd {
        kind: "kropay".to_owned(),
        name: GATEWAY.to_owned(),
        base_url: Some(sandbox.url()),
        options: [("min_recheck_ms".to_owned(), "1000".to_owned())].into(),
        secrets: Default::default(),
    }
}

fn bad_address() -> TillError {
    TillError::Refused(Sentence::new(
        "listen_address",
        "Alamat ditulis IP:PORT, misalnya 127.0.0.1:8099.",
        "An address is written IP:PORT, such as 127.0.0.1:8099.",
    ))
}
