//! What a gateway can be told: fields of its settings and of its calls.

use serde::Serialize;
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct GatewayField {
    /// The option's or secret's name, as on the command line.
    pub name: String,
    pub secret: bool,
    pub required: bool,
    /// What holds when it is left empty.
    pub default: Option<String>,
    /// `text`, `number`, `flag`, `date`, `one_of`, `words`, `path`, `url`, `qris`, `account`, `objects`, `picture`.
    pub form: String,
    /// The words of which one may be chosen.
    pub choices: Vec<String>,
    /// What to write, in few signs.
    pub allowed: String,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct OperationView {
    /// As `gateway call` is given.
    pub name: String,
    pub about: String,
    /// `collect`, `look`, `change`, `spend`.
    pub effect: String,
    pub fields: Vec<GatewayField>,
}
