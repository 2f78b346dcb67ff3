//! What the owner sets: the shop, its own QRIS, its gateways, the PIN that guards them.

mod facts;
mod gateway;
mod gateway_check;
mod own_qris;
mod owner;
mod setup;

pub use facts::Facts;
pub use gateway::{PRACTICE_KEY, gateway_kinds};
pub(crate) use gateway::{gateway_secrets, light, title_of};
pub use own_qris::{read_qris, read_qris_picture};
pub use setup::Setup;
