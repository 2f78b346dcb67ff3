//! The receipt as its readers see it: golden texts, properties over arbitrary documents, and the PDF read back by
//! other people's tools.

#[cfg(test)]
mod golden;
#[cfg(test)]
mod pdf;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod slip_properties;
#[cfg(test)]
mod slip_samples;
#[cfg(test)]
mod slips;
#[cfg(test)]
mod stored;
