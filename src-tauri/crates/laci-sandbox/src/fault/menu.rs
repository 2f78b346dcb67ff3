//! The faults by name.

use serde::Deserialize;

/// Which call a fault waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    Create,
    Status,
    /// Spends the shop's deposit.
    Pay,
    /// Any other call of the gateway's table.
    Call,
}

/// What goes wrong. In JSON `{"kind": "slow", "ms": 1500}`; those without numbers only need their `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    // Nothing has happened behind these answers.
    /// A web page with 200.
    Html,
    /// Cloudflare's challenge, 403.
    Cloudflare,
    /// A maintenance page, 503.
    Maintenance,
    /// JSON with this status, 400 to 599.
    Status {
        status: u16,
    },
    /// The gateway's own "it failed", with 200.
    ErrorWith200,
    /// 401 in the gateway's own JSON, whose message holds the right key, with PHP's `\/` for each slash in it.
    Echo,
    /// 429; a `Retry-After` in seconds unless 0.
    RateLimited {
        retry_after_s: u32,
    },
    /// 302 to another path here.
    Redirect,
    /// 307 to another host.
    RedirectAway,
    /// 50 MB of JSON.
    Huge,
    /// The connection is reset before anything is done.
    ResetFirst,

    // The call has done its work behind these.
    /// The right answer after this long, at most two minutes.
    Slow {
        ms: u32,
    },
    /// No answer at all.
    CommitThenHang,
    CommitThenReset,
    /// 500 all the same.
    CommitThenError,
    /// Half the answer, then silence.
    HalfThenHang,
    /// Half the answer, then the connection ends; the length promised all of it.
    CutBody,
    /// Half the answer as if it were all, so that only its content tells.
    Truncated,

    // The right answer in an odd form.
    Bom,
    /// A PHP notice in front.
    Notice,
    Gzip,
    AmountStrings,
    NullsAndExtras,
    /// Each field of a bill stands twice, the second time with the right value.
    DuplicateKeys,
    /// A `Date` header that is this many seconds off.
    SkewedClock {
        seconds: i32,
    },

    // A wrong answer.
    UnknownWord,
    /// Another bill's names.
    OtherReference,
    /// No new bill: the one that was made last, whoever's it is.
    AnothersBill,
    /// Ten times the price, and a QR that asks for it.
    TotalTooHigh,
    QrWrongAmount,
    QrWrongMerchant,
    QrBadCrc,
    QrStatic,
    /// Paid one minute after it expired.
    PaidLate,
    /// Paid, and paid again with each look: another time of payment.
    PaidTwice,
}
