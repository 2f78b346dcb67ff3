//! The orders of Bayar.gg's WhatsApp store, and the document's rules for ending one. Deliberately absent: new orders,
//! which come from a chat.

/// One order. `invoice` is a bill of the chat's own, which no till made.
#[derive(Clone, Debug)]
pub(crate) struct WaOrder {
    pub(crate) number: &'static str,
    pub(crate) customer: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) invoice: Option<&'static str>,
    pub(crate) item: &'static str,
    pub(crate) total: u64,
    /// The document's words.
    pub(crate) status: &'static str,
    pub(crate) created_at: &'static str,
}

#[derive(Debug)]
pub(crate) struct WaStore(Vec<WaOrder>);

/// One order in each state that matters to the rules; the first is the document's sample.
impl Default for WaStore {
    fn default() -> Self {
        let order = |number, customer, phone, invoice, item, total, status, created_at| WaOrder {
            number,
            customer,
            phone,
            invoice,
            item,
            total,
            status,
            created_at,
        };
        Self(vec![
            order(
                "WA260329-A1B2",
                "Rahim",
                "081200000001",
                Some("PAY-wa-20260329-000001"),
                "Kopi susu 1 liter",
                45_000,
                "paid",
                "2026-03-29 09:10:00",
            ),
            order(
                "WA260329-C3D4",
                "Sari",
                "081200000002",
                Some("PAY-wa-20260329-000002"),
                "Roti sobek",
                28_000,
                "waiting_payment",
                "2026-03-29 10:25:00",
            ),
            order(
                "WA260330-E5F6",
                "Dewi",
                "081200000003",
                Some("PAY-wa-20260330-000003"),
                "Nasi kotak, 10 dus",
                250_000,
                "processing",
                "2026-03-30 07:45:00",
            ),
            order(
                "WA260330-G7H8",
                "Rahim",
                "081200000001",
                Some("PAY-wa-20260330-000004"),
                "Teh botol, 1 krat",
                96_000,
                "completed",
                "2026-03-30 13:05:00",
            ),
            order(
                "WA260331-J9K0",
                "Budi",
                "081200000004",
                None,
                "Gula 1 kg",
                17_500,
                "pending",
                "2026-03-31 16:40:00",
            ),
        ])
    }
}

impl WaStore {
    pub(crate) fn all(&self) -> &[WaOrder] {
        &self.0
    }

    pub(crate) fn order(&self, number: &str) -> Option<&WaOrder> {
        self.0.iter().find(|order| order.number == number)
    }

    /// Only what was paid can be completed, and what is completed cannot be cancelled.
    ///
    /// # Errors
    /// What the provider would say.
    pub(crate) fn end(&mut self, number: &str, completed: bool) -> Result<WaOrder, &'static str> {
        let found = self.0.iter_mut().find(|order| order.number == number);
        let order = found.ok_or("Pesanan tidak ditemukan")?;
        if completed && !matches!(order.status, "paid" | "processing") {
            return Err("Pesanan hanya bisa diselesaikan jika sudah dibayar");
        }
        if !completed && order.status == "completed" {
            return Err("Pesanan yang sudah selesai tidak bisa dibatalkan");
        }
        order.status = if completed { "completed" } else { "cancelled" };
        Ok(order.clone())
    }
}
