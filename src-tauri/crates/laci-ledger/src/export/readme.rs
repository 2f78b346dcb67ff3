//! The page that lies beside an export's files: what each is, and how anybody checks them. Indonesian first.

use laci_core::{UnixMs, Zone};

use crate::change::Head;
use crate::header::Header;

/// What the page tells of this export.
pub(crate) struct Facts {
    pub(crate) header: Header,
    pub(crate) head: Head,
    pub(crate) shop: Option<String>,
    pub(crate) at: UnixMs,
    pub(crate) zone: Zone,
    pub(crate) sales: u64,
    pub(crate) payments: u64,
    pub(crate) bodies: u64,
}

impl Facts {
    pub(crate) fn page(&self) -> String {
        format!("{}\n{}\n{}", self.indonesian(), self.english(), RECIPE)
    }

    fn numbers(&self, words: [&str; 9]) -> String {
        let Header { ledger_id, register, epoch, practice } = self.header;
        let Head { seq, hash } = self.head;
        let values = [
            self.at.rfc3339(self.zone),
            env!("CARGO_PKG_VERSION").to_owned(),
            self.shop.clone().unwrap_or_default(),
            format!("{ledger_id} (register {register}, practice {practice})"),
            epoch.to_string(),
            seq.to_string(),
            hash.to_string(),
            format!("{} / {}", self.sales, self.payments),
            self.bodies.to_string(),
        ];
        let line = |(word, value): (&str, String)| format!("  {word:<22} {value}\n");
        words.into_iter().zip(values).map(line).collect()
    }

    fn indonesian(&self) -> String {
        let facts = self.numbers([
            "dibuat",
            "versi Laci",
            "toko",
            "buku",
            "epoch",
            "jumlah catatan",
            "hash catatan terakhir",
            "penjualan / pembayaran",
            "isi mentah",
        ]);
        format!("EKSPOR BUKU LACI\n\n{facts}\n{INDONESIAN}")
    }

    fn english(&self) -> String {
        let facts = self.numbers([
            "made",
            "version of Laci",
            "shop",
            "ledger",
            "epoch",
            "entries",
            "hash of the last entry",
            "sales / payments",
            "raw bodies",
        ]);
        format!("EXPORT OF A LACI LEDGER\n\n{facts}\n{ENGLISH}")
    }
}

const INDONESIAN: &str = "\
Isinya data toko dan data pembeli. Simpan seperti menyimpan buku itu sendiri. Ekspor ini tidak bisa dipulihkan menjadi
buku; untuk itu pakai cadangan.

  log.jsonl        Semua catatan, satu per baris, persis seperti dirantai: seq, hash, dan entry (teks catatan).
  blobs.jsonl      Isi mentah yang ditunjuk catatan lewat hash-nya: jawaban gateway, struk, catatan PIN. Sebagai text,
                   atau base64 kalau bukan teks. Yang sudah dihapus hanya ada hash-nya.
  sales.csv        Penjualan. state: open (belum lunas), covered (lunas), voided (batal).
  sale_lines.csv   Baris-baris setiap penjualan.
  payments.csv     Setiap usaha menagih, dengan keadaannya menurut semua bukti.

CSV: UTF-8, pemisah koma (RFC 4180). Di Excel pakai Data > Dari Teks/CSV. Uang dalam rupiah bulat, waktu RFC 3339 dengan
zona toko. Teks yang bisa dibaca lembar kerja sebagai rumus diberi tanda petik (') di depan; di log.jsonl tetap asli.

Cara memeriksa rantai ada di bagian paling bawah: hash baris terakhir harus sama dengan yang tertulis di atas.
";

const ENGLISH: &str = "\
It holds the shop's and its customers' data. Keep it as you keep the ledger itself. It cannot be restored into a ledger;
a backup can.

  log.jsonl        Every entry, one a line, exactly as it was chained: seq, hash, and entry (the entry's text).
  blobs.jsonl      The raw bodies that entries name by their hash: gateways' answers, receipts, the PIN's record. As
                   text, or base64 where it is no text. Of one that was erased there is only the hash.
  sales.csv        Sales. state: open (not paid), covered (paid), voided.
  sale_lines.csv   The lines of each sale.
  payments.csv     Each attempt to collect, with its state by all evidence.

CSV: UTF-8, commas (RFC 4180). Money is whole rupiah, times are RFC 3339 in the shop's zone. Text that a spreadsheet
would take for a formula has an apostrophe (') in front; in log.jsonl it is as it was.
";

/// The same as `laci_core::Hash::chained`, for whoever has no program of ours.
const RECIPE: &str = "\
HASH / HOW A HASH IS COMPUTED

  hash(n) = SHA-256( \"laci-log-entry/1\" 0x0A
                     hash(n-1)      32 bytes; 32 zero bytes before the first entry
                     length         of entry in bytes, 8 bytes, big-endian
                     entry )        UTF-8, the text as JSON gives it back

  hash of a body = SHA-256( its bytes )

Python:

  import hashlib, json
  h = bytes(32)
  for line in open('log.jsonl', encoding='utf-8'):
      row = json.loads(line)
      e = row['entry'].encode('utf-8')
      h = hashlib.sha256(b'laci-log-entry/1\\n' + h + len(e).to_bytes(8, 'big') + e).digest()
      assert h.hex() == row['hash'], row['seq']
  print(h.hex())
";
