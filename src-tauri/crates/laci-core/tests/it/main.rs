//! The rules over whole sequences: whatever happens to a shop's money, the books balance and the reports agree.

#[cfg(test)]
mod any_fact;
#[cfg(test)]
mod attempt_order;
#[cfg(test)]
mod bills;
#[cfg(test)]
mod days;
#[cfg(test)]
mod model;
#[cfg(test)]
mod postings;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod shifts;
#[cfg(test)]
mod z_chain;
