//! What can be bought in practice, with the sums of the provider's sample answers, and the numbers by which one chooses
//! how a purchase ends.

/// How a purchase ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Paid,
    /// Already the inquiry fails.
    NothingOwed,
    PayFails,
    OpenThenPaid,
    OpenThenFails,
}

/// Sums in rupiah.
#[derive(Debug)]
pub(crate) struct Product {
    /// What it is asked by; its answers have the first one.
    pub(crate) codes: &'static [&'static str],
    pub(crate) name: &'static str,
    pub(crate) category: &'static str,
    pub(crate) prepaid: bool,
    /// What is taken from the deposit.
    pub(crate) price: u64,
    pub(crate) selling_price: u64,
    pub(crate) admin: u64,
    pub(crate) base_commission: Option<u64>,
    pub(crate) sn: &'static str,
    /// A bill's details as JSON.
    pub(crate) desc: &'static str,
    numbers: &'static [(&'static str, Fate)],
}

/// `code` among the bills, or among what is prepaid.
pub(super) fn find(code: &str, prepaid: bool) -> Option<&'static Product> {
    PRODUCTS.iter().find(|one| one.prepaid == prepaid && one.codes.contains(&code))
}

impl Product {
    /// `None` for a number that is in no table.
    pub(super) fn fate(&self, customer_no: &str) -> Option<Fate> {
        self.numbers.iter().find(|(number, _)| *number == customer_no).map(|(_, fate)| *fate)
    }
}

use Fate::{NothingOwed, OpenThenFails, OpenThenPaid, Paid, PayFails};

/// What the samples have in common; each bill says what differs.
const BILL: Product = Product {
    codes: &[],
    name: "",
    category: "Pascabayar",
    prepaid: false,
    price: 99_500,
    selling_price: 100_000,
    admin: 2_500,
    base_commission: None,
    sn: "",
    desc: r#"{"lembar_tagihan":1}"#,
    numbers: &[],
};

pub(crate) const PRODUCTS: &[Product] = &[
    Product {
        codes: &["pln"],
        name: "PLN Pascabayar",
        price: 10_000,
        selling_price: 11_000,
        desc: r#"{"tarif":"R1","daya":1300,"lembar_tagihan":1,"detail":[{"periode":"201901","nilai_tagihan":"8000","admin":"2500","denda":"500","meter_awal":"00080000","meter_akhir":"00090000"}]}"#,
        numbers: &[
            ("530000000001", Paid),
            ("530000000002", Paid),
            ("530000000003", NothingOwed),
            ("530000000006", PayFails),
            ("630000000001", OpenThenPaid),
            ("630000000002", OpenThenPaid),
            ("630000000006", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["pdam"],
        name: "PDAM",
        price: 11_500,
        selling_price: 12_500,
        desc: r#"{"tarif":"3A","lembar_tagihan":1,"alamat":"WONOKROMO S.S BARU 2 8","jatuh_tempo":"1-15 DES 2014","detail":[{"periode":"201901","nilai_tagihan":"8000","denda":"500","meter_awal":"00080000","meter_akhir":"00090000","biaya_lain":"1500"}]}"#,
        numbers: &[
            ("1013226", Paid),
            ("1013227", NothingOwed),
            ("1013230", PayFails),
            ("2013226", OpenThenPaid),
            ("2013230", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["hp"],
        name: "HP Pascabayar",
        price: 11_000,
        selling_price: 12_500,
        numbers: &[
            ("081234554320", Paid),
            ("081234554321", NothingOwed),
            ("081234554324", PayFails),
            ("081244554320", OpenThenPaid),
            ("081244554324", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["internet"],
        name: "Internet Pascabayar",
        price: 22_500,
        selling_price: 24_500,
        admin: 5_000,
        sn: "I1234554321N",
        desc: r#"{"lembar_tagihan":2,"detail":[{"periode":"MEI 2019","nilai_tagihan":"8000","admin":"2500"},{"periode":"JUN 2019","nilai_tagihan":"11500","admin":"2500"}]}"#,
        numbers: &[
            ("6391601001", Paid),
            ("6391601002", NothingOwed),
            ("6391601005", PayFails),
            ("7391601001", OpenThenPaid),
            ("7391601005", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["bpjs"],
        name: "BPJS Kesehatan",
        price: 24_700,
        selling_price: 25_000,
        sn: "BP1234554321JS",
        desc: r#"{"jumlah_peserta":"2","lembar_tagihan":1,"alamat":"JAKARTA PUSAT","detail":[{"periode":"01"}]}"#,
        numbers: &[
            ("8801234560001", Paid),
            ("8801234560002", NothingOwed),
            ("8801234560005", PayFails),
            ("9801234560001", OpenThenPaid),
            ("9801234560005", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["multifinance"],
        name: "Multifinance",
        price: 24_700,
        selling_price: 25_000,
        sn: "FP1234554321I",
        desc: r#"{"lembar_tagihan":1,"item_name":"HONDA VARIO TECHNO 125 PGM FI NON CBS","no_rangka":"MH1JFB111CK196426","no_pol":"B6213UWX","tenor":"030","detail":[{"periode":"002","denda":"0","biaya_lain":"0"}]}"#,
        numbers: &[
            ("6391601201", Paid),
            ("6391601202", NothingOwed),
            ("6391601205", PayFails),
            ("7391601201", OpenThenPaid),
            ("7391601205", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        // Asked by its town; the sample's answer has the tax.
        codes: &["pbb", "cimahi"],
        name: "PBB Cimahi",
        sn: "P1234567890B",
        desc: r#"{"lembar_tagihan":1,"alamat":"KO. GRIYA ASRI CIPAGERAN","tahun_pajak":"2019","kelurahan":"CIPAGERAN","kecamatan":"CIMAHI UTARA","kode_kab_kota":"0023","kab_kota":"PEMKOT CIMAHI","luas_tanah":"113 M2","luas_gedung":"47 M2"}"#,
        numbers: &[
            ("329801092375999991", Paid),
            ("329801092375999992", NothingOwed),
            ("329801092375999995", PayFails),
            ("429801092375999991", OpenThenPaid),
            ("429801092375999995", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["pgas"],
        name: "Gas Negara",
        sn: "G1234567890S",
        desc: r#"{"lembar_tagihan":1,"alamat":"KO. GRIYA ASRI CIPAGERAN","detail":[{"periode":"0320","meter_awal":"006538","meter_akhir":"006573"}]}"#,
        numbers: &[
            ("0110014601", Paid),
            ("0110014602", Paid),
            ("0110014603", NothingOwed),
            ("0110014605", PayFails),
            ("1110014601", OpenThenPaid),
            ("1110014602", OpenThenPaid),
            ("1110014605", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["tv"],
        name: "TV Pascabayar",
        desc: r#"{"lembar_tagihan":1,"detail":[{"periode":"MEI 22","nilai_tagihan":"97500","no_ref":"205A"}]}"#,
        numbers: &[
            ("127246500101", Paid),
            ("127246500102", NothingOwed),
            ("127246500105", PayFails),
            ("227246500101", OpenThenPaid),
            ("227246500105", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        // The provider's two papers spell it in two ways.
        codes: &["plnnontaglis", "plnnontaglist"],
        name: "PLN Nontaglis",
        base_commission: Some(1_500),
        sn: "P1234554321NH",
        desc: r#"{"lembar_tagihan":1,"transaksi":"PENYAMBUNGAN BARU","no_registrasi":"5392112011703","tanggal_registrasi":"20120524"}"#,
        numbers: &[
            ("3225030005921", Paid),
            ("3225030005922", NothingOwed),
            ("3225030005923", PayFails),
            ("4225030005921", OpenThenPaid),
            ("4225030005923", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["emoney"],
        name: "E-Money",
        base_commission: Some(1_500),
        sn: "E1234554321M",
        numbers: &[
            ("082100000001", Paid),
            ("082100000002", NothingOwed),
            ("082100000003", PayFails),
            ("082110000001", OpenThenPaid),
            ("082110000003", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["samsat"],
        name: "SAMSAT",
        desc: r#"{"lembar_tagihan":1,"alamat":"GRIYA BULELENG 2 RT 005 RW 014 BULELENG","nomor_identitas":"0212502110170100","nomor_rangka":"MHKV5EA2JFJ001044","nomor_mesin":"1NRF012268","nomor_polisi":"DK 1243AL","milik_kenama":"001","merek_kb":"DAIHATSU","model_kb":"XENIA 1.3 R M/T F653RV-GMDFJ","tahun_buatan":"2018","tgl_akhir_pajak_baru":"20210309","biaya_pokok_bbn":"0","biaya_pokok_swd":"14000","biaya_pokok_pkb":"83000","biaya_denda_swd":"0","biaya_denda_bbn":"0","biaya_denda_pkb":"0","biaya_admin_stnk":"0","biaya_admin_tnkb":"0","biaya_parkir_pokok":"0","biaya_pajak_progresif":"0"}"#,
        numbers: &[
            ("9658548523568701,0212502110170100", Paid),
            ("9658548523568702,0212502110170100", NothingOwed),
            ("9658548523568705,0212502110170100", PayFails),
            ("0658548523568701,0212502110170100", OpenThenPaid),
            ("0658548523568705,0212502110170100", OpenThenFails),
        ],
        ..BILL
    },
    Product {
        codes: &["xld10"],
        name: "XL 10.000",
        category: "Pulsa",
        prepaid: true,
        price: 10_250,
        selling_price: 11_000,
        admin: 0,
        sn: "1234567890",
        desc: "{}",
        numbers: &[
            ("087800001230", Paid),
            ("087800001232", PayFails),
            ("087800001233", OpenThenPaid),
            ("087800001234", OpenThenFails),
        ],
        ..BILL
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_together() {
        let mut codes = std::collections::BTreeSet::new();
        for product in PRODUCTS {
            assert!(product.codes.iter().all(|code| codes.insert(code)), "{:?}", product.codes);
            assert!(product.price <= product.selling_price, "{:?}", product.codes);
            let desc: serde_json::Value = serde_json::from_str(product.desc).unwrap();
            assert!(desc.is_object(), "{:?}", product.codes);
            let fates: Vec<Fate> = product.numbers.iter().map(|(_, fate)| *fate).collect();
            for fate in [Paid, PayFails, OpenThenPaid, OpenThenFails] {
                assert!(fates.contains(&fate), "{:?}: {fate:?}", product.codes);
            }
            assert_eq!(fates.contains(&NothingOwed), !product.prepaid, "{:?}", product.codes);
        }
    }
}
