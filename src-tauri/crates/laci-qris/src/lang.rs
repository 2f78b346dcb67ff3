//! The two languages of every sentence that this crate says. Text is for a cashier: what is wrong,
//! then what to do. Programs use the `code()` beside each sentence, which never changes.

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// Picks the text of this language.
    pub(crate) fn pick(self, id: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Id => id,
            Self::En => en,
        }
    }
}

/// `Rp 12.500`: rupiah with dots between thousands, as Indonesian receipts write it.
pub(crate) fn rupiah(amount: u64) -> String {
    let digits = amount.to_string();
    let mut text = String::from("Rp ");
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::rupiah;

    #[test]
    fn dots_between_thousands() {
        assert_eq!(rupiah(0), "Rp 0");
        assert_eq!(rupiah(999), "Rp 999");
        assert_eq!(rupiah(12_500), "Rp 12.500");
        assert_eq!(rupiah(10_000_000), "Rp 10.000.000");
    }
}
