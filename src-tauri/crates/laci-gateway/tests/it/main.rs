//! The gateways from outside: each provider against its document's samples, the executor over a played
//! transport, and every fault of the sandbox over real HTTP.

#[cfg(test)]
mod bayargg;
#[cfg(test)]
mod bayargg_calls;
#[cfg(test)]
mod bayargg_create;
#[cfg(test)]
mod bayargg_faults;
#[cfg(test)]
mod bayargg_find;
#[cfg(test)]
mod bayargg_list;
#[cfg(test)]
mod bayargg_look_faults;
#[cfg(test)]
mod bayargg_status;
#[cfg(test)]
mod bayargg_world;
#[cfg(test)]
mod callbacks;
#[cfg(test)]
mod digiswitch;
#[cfg(test)]
mod digiswitch_faults;
#[cfg(test)]
mod digiswitch_life;
#[cfg(test)]
mod digiswitch_played;
#[cfg(test)]
mod digiswitch_words;
#[cfg(test)]
mod digiswitch_world;
#[cfg(test)]
mod echo;
#[cfg(test)]
mod executor;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod kropay;
#[cfg(test)]
mod kropay_own;
#[cfg(test)]
mod log;
#[cfg(test)]
mod midtrans;
#[cfg(test)]
mod midtrans_charge;
#[cfg(test)]
mod midtrans_check;
#[cfg(test)]
mod midtrans_faults;
#[cfg(test)]
mod midtrans_looks;
#[cfg(test)]
mod midtrans_status;
#[cfg(test)]
mod paydigital;
#[cfg(test)]
mod paydigital_faults;
#[cfg(test)]
mod paydigital_status;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod transport;
#[cfg(test)]
mod world;
