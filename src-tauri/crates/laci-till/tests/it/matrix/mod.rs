//! Every fault of the sandbox's menu x every collecting gateway x every operation, through the till and over real HTTP:
//! never paid unless the provider says so for our reference with at least the total; never two creates without the
//! contract's retry; a clear class of error; nothing lost.

mod calls;
mod create;
mod faults;
mod gateways;
mod runs;
mod status;
