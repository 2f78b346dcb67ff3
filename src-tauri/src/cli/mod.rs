//! The command line: the same binary, a verb in the first place. One file per verb; its shape is a promise to
//! scripts (docs/cli.md). Deliberately absent: rules; a verb calls the same use case as the window.

mod args;
mod bill;
mod bill_args;
mod call;
mod charge;
mod counter_args;
mod gateway;
mod inbox;
mod init;
mod ledger;
mod ledger_args;
mod lines;
pub(crate) mod link;
mod listen;
mod order;
mod outcome;
mod outside_args;
mod pairs;
mod payment;
mod people;
mod practice;
mod qris;
mod receipt;
mod relay;
mod report;
mod shift;
mod statement;
mod sync;
mod usage;
mod verb;

use std::process::ExitCode;

use laci_till::{Lang, TillError};

pub(crate) use args::Verb;
use args::{GatewayArgs, GatewayVerb, QrisArgs, QrisVerb};
use lines::Lines;
pub(crate) use outcome::Outcome;

use crate::places::Places;
use crate::station::Station;
use crate::trace;

/// What the arguments ask for.
pub(crate) enum Asked {
    Window(Places),
    Verb(Box<Call>),
    /// Help was shown, or the arguments were refused: nothing more to do.
    Told(ExitCode),
}

/// A verb with everything that it needs.
pub(crate) struct Call {
    pub places: Places,
    pub verb: Verb,
    pub json: bool,
    pub lang: Lang,
    /// The arguments as given, for the process that owns the folder.
    pub raw: Vec<String>,
}

pub(crate) fn asked() -> Asked {
    args::read(std::env::args().collect())
}

/// Runs a verb to its end.
pub(crate) fn run(call: Call) -> ExitCode {
    trace::start(call.places.shop.data());
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(5);
        }
    };
    let outcome = runtime.block_on(ended(&call));
    outcome.print(call.json);
    ExitCode::from(outcome.exit)
}

/// The outcome, asking standard input for a PIN only when one is needed.
async fn ended(call: &Call) -> Outcome {
    let mut lines = Lines::from_env();
    if call.verb.reads_lines() {
        lines.read_stdin();
    }
    let first = perform(call, &lines).await;
    if first.code() == Some("pin_required") && lines.pin().is_none() && lines.read_stdin() {
        return perform(call, &lines).await;
    }
    first
}

async fn perform(call: &Call, lines: &Lines) -> Outcome {
    if let Some(outcome) = without_folder(&call.verb, call.lang).await {
        return outcome;
    }
    if let Verb::Listen(args) = &call.verb {
        return listen::run(call, args, lines).await;
    }
    let mut station = Station::open(call.places.clone(), lines.passphrase(), call.verb.work());
    if let Err(error) = station.shop_till()
        && error.code() == "ledger_busy"
    {
        return link::forward(call, lines).await;
    }
    let mut outcome = on_station(&station, &call.verb, lines, call.lang).await;
    if outcome.code() == Some("pin_locked")
        && let Ok(till) = station.shop_till()
    {
        let owed = till.pin_locked_for();
        let who = till.pin_locked_who();
        drop(till);
        // The folder is free meanwhile: the shop sells.
        station.close();
        drop(station);
        wait_out(owed, call.lang).await;
        station = Station::open(call.places.clone(), lines.passphrase(), call.verb.work());
        if let (Ok(till), Some(who)) = (station.shop_till(), who) {
            till.pin_waited(&who);
        }
        outcome = match station.shop_till() {
            Err(error) if error.code() == "ledger_busy" => link::forward(call, lines).await,
            Ok(_) | Err(_) => on_station(&station, &call.verb, lines, call.lang).await,
        };
    }
    station.close();
    outcome
}

/// The wait for wrong PINs is counted by the process that owes it: a verb that ended at once would owe it for ever. The
/// PIN was not looked at, and nothing was done.
async fn wait_out(owed: std::time::Duration, lang: Lang) {
    let seconds = owed.as_secs() + 1;
    match lang {
        Lang::Id => {
            eprintln!("PIN salah terlalu sering. Menunggu {seconds} detik, lalu PIN ini diperiksa.")
        }
        Lang::En => {
            eprintln!("Too many wrong PINs. Waiting {seconds} seconds, then this PIN is checked.")
        }
    }
    tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
}

/// Verbs that need no data folder run at once.
async fn without_folder(verb: &Verb, lang: Lang) -> Option<Outcome> {
    let done = match verb {
        Verb::Qris(QrisArgs { verb: QrisVerb::Own { .. } }) => return None,
        Verb::Qris(args) => qris::run(args, lang),
        Verb::Gateway(GatewayArgs { verb: GatewayVerb::Kinds }) => gateway::kinds(lang),
        Verb::Practice(args) => practice::run(args).await,
        Verb::Init(_)
        | Verb::Gateway(_)
        | Verb::Wa(_)
        | Verb::Charge(_)
        | Verb::Payment(_)
        | Verb::Bill(_)
        | Verb::Sync(_)
        | Verb::Receipt(_)
        | Verb::Shift(_)
        | Verb::Report(_)
        | Verb::People(_)
        | Verb::Feed(_)
        | Verb::Inbox(_)
        | Verb::Statement(_)
        | Verb::Relay(_)
        | Verb::Listen(_)
        | Verb::Ledger(_) => return None,
    };
    Some(done.unwrap_or_else(|error| Outcome::failed(&error, lang)))
}

/// Runs a verb on this process's till: here, or in the window for a verb that was sent to it.
pub(crate) async fn on_station(
    station: &Station,
    verb: &Verb,
    lines: &Lines,
    lang: Lang,
) -> Outcome {
    unlocked(station, lines);
    laci_till::speaking(lang, spoken(station, verb, lines, lang)).await
}

/// Opens the secrets with the passphrase that a verb brings.
fn unlocked(station: &Station, lines: &Lines) {
    if let (Ok(till), Some(passphrase)) = (station.shop_till(), lines.passphrase())
        && till.secrets_locked()
        && let Err(error) = till.secrets_unlock(passphrase)
    {
        // What needs no secret goes on; what does says that they are locked.
        tracing::warn!(code = error.code(), "the secrets stay locked");
    }
}

async fn spoken(station: &Station, verb: &Verb, lines: &Lines, lang: Lang) -> Outcome {
    let act = verb.act(|name, operation| match station.shop_till() {
        Ok(till) => till.act_of_call(name, operation),
        // Nothing is asked where no shop is open.
        Err(_) => laci_till::Act::TakePayment,
    });
    let by = match station.allow_verb(act, lines.word().as_ref()) {
        Ok(by) => by,
        Err(error) => return Outcome::failed(&error, lang),
    };
    let done = match verb {
        Verb::Init(args) => init::run(station, args, lines),
        Verb::Ledger(args) => ledger::run(station, args, lang).await,
        Verb::Qris(args) => with_shop(station).and_then(|till| qris::own(&till, by, args)),
        Verb::Gateway(args) => match with_shop(station) {
            Ok(till) => gateway::run(&till, by, args, lines).await,
            Err(error) => Err(error),
        },
        Verb::Wa(args) => match with_shop(station) {
            Ok(till) => order::run(&till, by, args).await,
            Err(error) => Err(error),
        },
        Verb::Charge(args) => match with_shop(station) {
            Ok(till) => return charge::run(&till, by, args, lang).await,
            Err(error) => Err(error),
        },
        Verb::Payment(args) => match with_shop(station) {
            Ok(till) => payment::run(&till, by, args).await,
            Err(error) => Err(error),
        },
        Verb::Bill(args) => match with_shop(station) {
            Ok(till) => bill::run(&till, by, args).await,
            Err(error) => Err(error),
        },
        Verb::Sync(args) => match with_shop(station) {
            Ok(till) => sync::run(&till, args).await,
            Err(error) => Err(error),
        },
        Verb::Receipt(args) => with_shop(station).and_then(|till| receipt::run(&till, by, args)),
        Verb::Shift(args) => with_shop(station).and_then(|till| shift::run(&till, by, args)),
        Verb::Report(args) => with_shop(station).and_then(|till| report::run(&till, args, lang)),
        Verb::People(args) => {
            with_shop(station).and_then(|till| people::run(&till, by, args, lines))
        }
        Verb::Feed(args) => with_shop(station).and_then(|till| people::feed(&till, args)),
        Verb::Inbox(args) => with_shop(station).and_then(|till| inbox::run(&till, by, args)),
        Verb::Statement(args) => match with_shop(station) {
            Ok(till) => statement::run(&till, by, args).await,
            Err(error) => Err(error),
        },
        Verb::Relay(args) => with_shop(station).and_then(|till| relay::run(&till, by, args)),
        // It has a process of its own; this is another one's, sent to whoever holds the folder.
        Verb::Listen(_) => Err(listen::held()),
        Verb::Practice(args) => practice::run(args).await,
    };
    done.unwrap_or_else(|error| Outcome::failed(&error, lang))
}

/// The shop's till, set up.
fn with_shop(station: &Station) -> Result<std::sync::Arc<laci_till::Till>, TillError> {
    let till = station.shop_till()?;
    if till.is_set_up()? { Ok(till) } else { Err(laci_till::Refusal::NotSetUp.into()) }
}
