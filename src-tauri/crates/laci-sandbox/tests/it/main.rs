//! The sandbox from outside, over plain sockets: the document's calls, the customer's pages, the control calls.

#[cfg(test)]
mod bayargg;
#[cfg(test)]
mod bayargg_account;
#[cfg(test)]
mod digiswitch;
#[cfg(test)]
mod http;
#[cfg(test)]
mod kropay;
#[cfg(test)]
mod midtrans;
#[cfg(test)]
mod page;
#[cfg(test)]
mod paydigital;
