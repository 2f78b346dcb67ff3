//! An attempt with everything that is known about it.

use laci_core::{
    Attempt, AttemptId, AttemptState, Evidence, GatewayName, Rupiah, SaleId, Standing,
};
use rusqlite::{Connection, params};

use crate::projection::outbox::OutboxRow;
use crate::projection::{attempt, evidence, outbox};
use crate::sql::Fault;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    pub attempt: Attempt,
    /// In the order of the log.
    pub evidence: Vec<Evidence>,
    /// The fold of `evidence`.
    pub standing: Standing,
    /// The gateway create that it owes; none for the shop's own QRIS.
    pub create: Option<OutboxRow>,
}

/// Which attempts to list; newest first, at most `limit` (itself at most 1,000).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptFilter {
    pub state: Option<AttemptState>,
    pub limit: u32,
}

pub(crate) fn by_id(conn: &Connection, id: AttemptId) -> Result<Option<AttemptRow>, Fault> {
    attempt::by_id(conn, id)?.map(|attempt| whole(conn, attempt)).transpose()
}

pub(crate) fn of_sale(conn: &Connection, sale: SaleId) -> Result<Vec<AttemptRow>, Fault> {
    let attempts = attempt::of_sale(conn, sale)?;
    attempts.into_iter().map(|attempt| whole(conn, attempt)).collect()
}

/// As [`attempt::of_gateway_id`].
pub(crate) fn of_gateway_id(
    conn: &Connection,
    gateway: &GatewayName,
    gateway_id: &str,
) -> Result<Option<AttemptRow>, Fault> {
    let found = attempt::of_gateway_id(conn, gateway, gateway_id)?;
    found.map(|attempt| whole(conn, attempt)).transpose()
}

/// As [`attempt::of_own_total`].
pub(crate) fn of_own_total(
    conn: &Connection,
    total: Rupiah,
    limit: u32,
) -> Result<Vec<AttemptRow>, Fault> {
    let attempts = attempt::of_own_total(conn, total, limit)?;
    attempts.into_iter().map(|attempt| whole(conn, attempt)).collect()
}

pub(crate) fn list(conn: &Connection, filter: &AttemptFilter) -> Result<Vec<AttemptRow>, Fault> {
    let limit = filter.limit.min(1_000);
    let attempts: Vec<Attempt> = match filter.state {
        None => conn
            .prepare_cached("SELECT * FROM attempt ORDER BY seq DESC LIMIT ?1")?
            .query_and_then([limit], attempt::attempt)?
            .collect::<Result<_, Fault>>()?,
        Some(state) => conn
            .prepare_cached("SELECT * FROM attempt WHERE state = ?1 ORDER BY seq DESC LIMIT ?2")?
            .query_and_then(params![state.as_str(), limit], attempt::attempt)?
            .collect::<Result<_, Fault>>()?,
    };
    attempts.into_iter().map(|attempt| whole(conn, attempt)).collect()
}

pub(crate) fn whole(conn: &Connection, attempt: Attempt) -> Result<AttemptRow, Fault> {
    let evidence = evidence::of_attempt(conn, attempt.id)?;
    let standing = laci_core::attempt::fold(&attempt.terms, &evidence);
    let create = outbox::of_attempt(conn, attempt.id)?;
    Ok(AttemptRow { attempt, evidence, standing, create })
}
