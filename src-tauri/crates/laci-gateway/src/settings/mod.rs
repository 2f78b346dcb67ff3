//! A gateway's settings, checked before they are kept: address, options, keys. Deliberately absent: what the
//! options of one provider mean (the provider's), and where settings and keys are stored.

mod base_url;
mod choice;
mod common;
mod error;

pub use base_url::{BaseUrl, is_private};
pub use choice::{Cost, Hours};
pub use common::{COMMON_OPTIONS, CommonOptions};
pub use error::SettingsError;
