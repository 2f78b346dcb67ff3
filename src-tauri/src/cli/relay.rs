//! `laci relay token`: the phone's token, shown once.

use laci_till::{By, Result, Till};
use serde_json::json;

use super::outcome::Outcome;
use super::outside_args::{RelayArgs, RelayVerb};

pub(super) fn run(till: &Till, by: By, args: &RelayArgs) -> Result<Outcome> {
    let RelayVerb::Token { address } = &args.verb;
    let address = address.clone().unwrap_or_else(|| crate::outside::url(&till.listener()));
    let token = till.relay_token_new(by, &address)?;
    let text = format!("{}\n{}", token.address, token.token);
    Ok(Outcome::done(
        json!({ "address": token.address, "token": token.token, "svg": token.svg }),
        text,
    ))
}
