//! What the owner sets: the shop, its own QRIS, its gateways, how the books count.

mod facts;
mod gateway;
mod gateway_check;
mod limit;
mod look;
mod own_qris;
mod rules;
mod setup;

pub use facts::Facts;
pub use gateway::gateway_kinds;
pub(crate) use gateway::light;
pub use own_qris::{read_qris, read_qris_picture, read_qris_pixels};
pub use setup::Setup;
