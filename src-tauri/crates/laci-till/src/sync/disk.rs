//! What the shop hears of its disk.

use laci_ledger::DiskState;

use crate::error::Sentence;
use crate::till::Till;

impl Till {
    /// A file system that does not say what is free counts as roomy: a write that fails says it then.
    pub(super) fn disk_state(&self) -> DiskState {
        self.ledger.disk().map_or(DiskState::Roomy, |disk| disk.state)
    }

    /// What the shop is told of it; nothing while there is room.
    pub(super) fn disk_trouble(&self) -> Option<Sentence> {
        words(self.disk_state())
    }
}

fn words(state: DiskState) -> Option<Sentence> {
    match state {
        DiskState::Roomy => None,
        DiskState::Low => Some(Sentence::new(
            "disk_low",
            "Disk hampir penuh. Semua yang tercatat aman dan penjualan berjalan terus. Minta pemilik mengosongkan ruang: hapus berkas lain yang tidak perlu, jangan isi folder data Laci.",
            "The disk is nearly full. Everything recorded is safe and selling goes on. Ask the owner to free some space: delete other files that nobody needs, nothing in Laci's data folder.",
        )),
        DiskState::Critical => Some(Sentence::new(
            "disk_full",
            "Disk penuh. Semua yang tercatat aman, dan pembayaran yang sedang berjalan tetap bisa diselesaikan. Penjualan baru menunggu sampai pemilik mengosongkan ruang: hapus berkas lain yang tidak perlu, jangan isi folder data Laci.",
            "The disk is full. Everything recorded is safe, and payments under way can still be completed. New sales wait until the owner frees some space: delete other files that nobody needs, nothing in Laci's data folder.",
        )),
    }
}
