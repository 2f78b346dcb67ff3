//! Bank Indonesia's MDR on QRIS, as a table to begin with. Every row can be edited by the owner.
//!
//! Sources are news, named beside the rows; a gateway's contract goes before them.

use crate::books::fee::MerchantClass::{BluPso, Education, Fuel, Social, Ube, Uke, Ume, Umi};
use crate::books::fee::{ClassRate, FeeRounding, FeeTable, MerchantClass, Rate};
use crate::money::Rupiah;
use crate::time::BusinessDate;

/// Class, start (year, month, day), largest amount in rupiah, basis points.
type Row = (MerchantClass, (i32, u8, u8), Option<u32>, u32);

const ROWS: [Row; 13] = [
    // fortuneidn.com: 0.3 % of everything from 2023-07-01; it was free before.
    (Umi, (2023, 7, 1), None, 30),
    // bisnis.com 2023-07-27: 0 % up to Rp 100.000, from 2023-09-01 at the earliest, 2023-11-30 at the latest. Exactly
    // 100.000 is free (mitra.bukalapak.com).
    (Umi, (2023, 9, 1), Some(100_000), 0),
    (Umi, (2023, 9, 1), None, 30),
    // 0 % up to Rp 500.000 from 2024-12-01 (serpong.inews.id 561264; suara.com 2025-05-20).
    (Umi, (2024, 12, 1), Some(500_000), 0),
    (Umi, (2024, 12, 1), None, 30),
    // 0.7 % whatever the amount (bisnis.com 2023-07-27).
    (Uke, (2023, 7, 1), None, 70),
    (Ume, (2023, 7, 1), None, 70),
    (Ube, (2023, 7, 1), None, 70),
    (Education, (2023, 7, 1), None, 60),
    (Fuel, (2023, 7, 1), None, 40),
    // 0.4 %, then 0 % since March 2025; the day is that of okezone.com 2026-01-12 ("mulai 15 Maret 2025").
    (BluPso, (2023, 7, 1), None, 40),
    (BluPso, (2025, 3, 15), None, 0),
    (Social, (2023, 7, 1), None, 0),
];

impl FeeTable {
    /// The rates that are known since 2023-07-01, without any gateway's own.
    pub fn of_bank_indonesia() -> Self {
        let classes = ROWS.iter().filter_map(|(class, (year, month, day), up_to, basis_points)| {
            Some(ClassRate {
                class: *class,
                from: BusinessDate::from_calendar(*year, *month, *day)?,
                up_to: up_to.map(Rupiah::from_u32),
                rate: Rate { basis_points: *basis_points, fixed: Rupiah::ZERO },
            })
        });
        Self { classes: classes.collect(), gateways: Vec::new(), rounding: FeeRounding::default() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::books::fee::{FeeError, GatewayRate, fee};
    use crate::id::GatewayName;
    use crate::money::MAX_RUPIAH;

    fn rp(n: i64) -> Rupiah {
        Rupiah::new(n).unwrap()
    }

    fn on(class: MerchantClass, amount: i64, date: &str) -> Result<i64, FeeError> {
        let table = FeeTable::of_bank_indonesia();
        fee(&table, class, None, rp(amount), date.parse().unwrap()).map(Rupiah::get)
    }

    #[test]
    fn no_row_is_lost_and_the_table_is_whole() {
        let table = FeeTable::of_bank_indonesia();
        assert_eq!(table.classes.len(), ROWS.len());
        assert_eq!(table.check(), Ok(()));
        let text = serde_json::to_string(&table).unwrap();
        assert_eq!(serde_json::from_str::<FeeTable>(&text).unwrap(), table);
        for class in MerchantClass::ALL {
            assert!(on(class, 1, "2026-11-20").is_ok(), "{class:?}");
        }
    }

    #[test]
    fn a_micro_merchants_threshold_moved_on_its_day() {
        assert_eq!(on(Umi, 100_000, "2023-08-31"), Ok(300));
        assert_eq!(on(Umi, 100_000, "2023-09-01"), Ok(0));
        assert_eq!(on(Umi, 500_000, "2024-11-30"), Ok(1_500));
        assert_eq!(on(Umi, 500_000, "2024-12-01"), Ok(0));
        assert_eq!(on(Umi, 500_001, "2024-12-01"), Ok(1_500));
        assert_eq!(on(Umi, 1, "2023-06-30"), Err(FeeError::NoRate));
        assert_eq!(on(Umi, -1, "2026-01-01"), Err(FeeError::AmountNegative));
    }

    #[test]
    fn other_classes_pay_of_every_amount() {
        assert_eq!(on(Uke, 10_000, "2026-11-20"), Ok(70));
        assert_eq!(on(Education, 10_000, "2026-11-20"), Ok(60));
        assert_eq!(on(Fuel, 10_000, "2026-11-20"), Ok(40));
        assert_eq!(on(BluPso, 10_000, "2025-03-14"), Ok(40));
        assert_eq!(on(BluPso, 10_000, "2025-03-15"), Ok(0));
        assert_eq!(on(Social, 10_000_000, "2026-11-20"), Ok(0));
    }

    #[test]
    fn a_gateways_own_rate_goes_before_the_class() {
        let kropay = GatewayName::new("kropay").unwrap();
        let row = |from: &str, basis_points, fixed| GatewayRate {
            gateway: kropay.clone(),
            from: from.parse().unwrap(),
            rate: Rate { basis_points, fixed: Rupiah::from_u32(fixed) },
        };
        let mut table = FeeTable::of_bank_indonesia();
        table.gateways = vec![row("2026-06-01", 20, 0), row("2026-01-01", 0, 250)];
        let of = |table: &FeeTable, gateway, date: &str| {
            fee(table, Uke, gateway, rp(10_000), date.parse().unwrap()).unwrap().get()
        };
        assert_eq!(of(&table, Some(&kropay), "2025-12-31"), 70);
        assert_eq!(of(&table, Some(&kropay), "2026-05-31"), 250);
        assert_eq!(of(&table, Some(&kropay), "2026-06-01"), 20);
        assert_eq!(of(&table, None, "2026-06-01"), 70);
        assert_eq!(table.check(), Ok(()));
        table.gateways.push(row("2026-01-01", 1, 1));
        assert_eq!(table.check(), Err(FeeError::Ambiguous));
    }

    #[test]
    fn an_edited_table_must_answer_for_every_amount() {
        let mut table = FeeTable::of_bank_indonesia();
        table.classes.retain(|row| row.up_to.is_some() || row.class != Umi);
        assert_eq!(table.check(), Err(FeeError::NoTop));
        let mut table = FeeTable::of_bank_indonesia();
        table.classes.push(table.classes[0]);
        assert_eq!(table.check(), Err(FeeError::Ambiguous));
        table.classes[0].rate.basis_points = 10_001;
        assert_eq!(table.check(), Err(FeeError::RateOutOfRange));
    }

    #[test]
    fn parts_of_a_rupiah_are_rounded_as_named() {
        let rounded = |rounding, amount| {
            let table = FeeTable { rounding, ..FeeTable::of_bank_indonesia() };
            fee(&table, Uke, None, rp(amount), "2026-11-20".parse().unwrap()).unwrap().get()
        };
        // 0.7 % of 1.500 is 10.5, of 1.499 is 10.493.
        for (rounding, half, less) in
            [(FeeRounding::HalfUp, 11, 10), (FeeRounding::Down, 10, 10), (FeeRounding::Up, 11, 11)]
        {
            assert_eq!((rounded(rounding, 1_500), rounded(rounding, 1_499)), (half, less));
        }
    }

    proptest! {
        #[test]
        fn more_never_costs_less_within_a_bracket(
            amount in 500_001..=MAX_RUPIAH / 2, more in 0i64..1_000_000,
        ) {
            let on_the_day = |amount| on(Umi, amount, "2026-11-20").unwrap();
            prop_assert!(on_the_day(amount) <= on_the_day(amount + more));
        }
    }
}
