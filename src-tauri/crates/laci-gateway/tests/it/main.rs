//! The gateways from outside: each provider against its document's samples, the executor over a played
//! transport, and every fault of the sandbox over real HTTP.

mod executor;
mod kropay;
mod world;
