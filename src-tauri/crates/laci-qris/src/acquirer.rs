//! Who runs a merchant's account, by the first eight digits of its PAN: the national numbering
//! system (NNS). A better key than the domain in the template, whose spelling varies even within one
//! provider. A number that is not here is no fault: new providers come every year.
//!
//! Source of the pairs: the public project astrapay/spring-qris, a licensed provider's list of
//! numbers; names are in the form that customers know.

/// Digits of the number.
const DIGITS: usize = 8;

/// In rising order, for the binary search.
const ACQUIRERS: &[(u32, &str)] = &[
    (93_600_002, "BRI"),
    (93_600_008, "Bank Mandiri"),
    (93_600_009, "BNI"),
    (93_600_011, "Bank Danamon"),
    (93_600_013, "PermataBank"),
    (93_600_014, "BCA"),
    (93_600_016, "Maybank Indonesia"),
    (93_600_019, "Panin Bank"),
    (93_600_022, "CIMB Niaga"),
    (93_600_023, "UOB Indonesia"),
    (93_600_028, "OCBC Indonesia"),
    (93_600_031, "Citibank"),
    (93_600_036, "CCB Indonesia"),
    (93_600_037, "Bank Artha Graha Internasional"),
    (93_600_054, "Bank Capital Indonesia"),
    (93_600_076, "Bank Bumi Arta"),
    (93_600_110, "Bank BJB"),
    (93_600_111, "Bank DKI"),
    (93_600_112, "Bank BPD DIY"),
    (93_600_114, "Bank Jatim"),
    (93_600_115, "Bank Jambi"),
    (93_600_116, "Bank Aceh Syariah"),
    (93_600_117, "Bank Sumut"),
    (93_600_118, "Bank Nagari"),
    (93_600_119, "Bank Riau Kepri"),
    (93_600_120, "Bank Sumsel Babel"),
    (93_600_121, "Bank Lampung"),
    (93_600_122, "Bank Kalsel"),
    (93_600_123, "Bank Kalbar"),
    (93_600_124, "Bankaltimtara"),
    (93_600_126, "Bank Sulselbar"),
    (93_600_127, "Bank SulutGo"),
    (93_600_129, "Bank BPD Bali"),
    (93_600_130, "Bank NTT"),
    (93_600_132, "Bank Papua"),
    (93_600_133, "Bank Bengkulu"),
    (93_600_147, "Bank Muamalat"),
    (93_600_151, "Bank Mestika"),
    (93_600_152, "Bank Shinhan Indonesia"),
    (93_600_153, "Bank Sinarmas"),
    (93_600_157, "Bank Maspion"),
    (93_600_161, "Bank Ganesha"),
    (93_600_167, "Bank QNB Indonesia"),
    (93_600_200, "BTN"),
    (93_600_212, "Bank Woori Saudara"),
    (93_600_213, "BTPN"),
    (93_600_253, "Bank Nano Syariah"),
    (93_600_422, "BRI Syariah"),
    (93_600_425, "BJB Syariah"),
    (93_600_426, "Bank Mega"),
    (93_600_441, "KB Bukopin"),
    (93_600_451, "Bank Syariah Mandiri"),
    (93_600_472, "Bank Jasa Jakarta"),
    (93_600_484, "Bank KEB Hana"),
    (93_600_485, "MotionBanking"),
    (93_600_490, "Bank Neo Commerce"),
    (93_600_494, "Bank Raya"),
    (93_600_501, "blu by BCA Digital"),
    (93_600_503, "Bank Nobu"),
    (93_600_513, "Bank Ina Perdana"),
    (93_600_517, "Panin Dubai Syariah"),
    (93_600_523, "Bank Sahabat Sampoerna"),
    (93_600_531, "Amar Bank"),
    (93_600_535, "SeaBank"),
    (93_600_536, "BCA Syariah"),
    (93_600_542, "Bank Jago"),
    (93_600_548, "Bank Multiarta Sentosa"),
    (93_600_553, "Bank Mayora"),
    (93_600_562, "Superbank"),
    (93_600_564, "Bank Mandiri Taspen"),
    (93_600_777, "Finpay"),
    (93_600_789, "IMkas"),
    (93_600_808, "Bayarind"),
    (93_600_811, "OttoCash"),
    (93_600_812, "KasPro"),
    (93_600_813, "GPay"),
    (93_600_814, "Netzme"),
    (93_600_815, "Bimasakti"),
    (93_600_816, "MNC SPIN"),
    (93_600_817, "YUKK"),
    (93_600_818, "Paydia"),
    (93_600_820, "PAC Cash"),
    (93_600_821, "Midazpay"),
    (93_600_822, "AstraPay"),
    (93_600_825, "Zipay"),
    (93_600_826, "DIPAY"),
    (93_600_828, "TrueMoney"),
    (93_600_829, "M-Bayar"),
    (93_600_830, "Yodu"),
    (93_600_832, "GDC Pay"),
    (93_600_836, "NusaPay"),
    (93_600_837, "CashFazz"),
    (93_600_839, "Cashlez"),
    (93_600_841, "BatPay"),
    (93_600_847, "Honest"),
    (93_600_848, "Xendit"),
    (93_600_849, "Paylabs"),
    (93_600_898, "Telkom"),
    (93_600_899, "DOKU"),
    (93_600_911, "LinkAja"),
    (93_600_912, "OVO"),
    (93_600_914, "GoPay"),
    (93_600_915, "DANA"),
    (93_600_916, "Gudang Voucher"),
    (93_600_917, "PayTren"),
    (93_600_918, "ShopeePay"),
    (93_600_919, "BluePay"),
    (93_600_920, "i.saku"),
    (93_600_923, "YourPay"),
    (93_600_947, "Bank Aladin Syariah"),
    (93_600_950, "Bank Commonwealth"),
    (93_600_998, "QRIS DSP"),
    (93_608_161, "Pos Indonesia"),
];

/// The provider's name for a PAN.
pub(crate) fn name_of(pan: &str) -> Option<&'static str> {
    let digits = pan.get(..DIGITS).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let number: u32 = digits.parse().ok()?;
    let at = ACQUIRERS.binary_search_by_key(&number, |(code, _)| *code).ok()?;
    ACQUIRERS.get(at).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::{ACQUIRERS, name_of};

    #[test]
    fn table_is_in_rising_order() {
        assert!(ACQUIRERS.is_sorted_by(|a, b| a.0 < b.0), "the search needs it, without doubles");
    }

    #[test]
    fn looks_at_the_first_eight_digits() {
        assert_eq!(name_of("936009140000000000"), Some("GoPay"));
        assert_eq!(name_of("936000020000000000"), Some("BRI"));
        assert_eq!(name_of("936081610000000000"), Some("Pos Indonesia"));
        assert_eq!(name_of("936009990000000000"), None, "an invented number");
        assert_eq!(name_of("9360"), None, "too short");
        assert_eq!(name_of("9360é914"), None, "not digits");
    }
}
