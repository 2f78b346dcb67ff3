//! The golden files: one ledger of each schema version, made by the program of its time and never again.

mod make;
mod rich;
