//! Every call of the document as data. Deliberately absent: `accounts-connect`, which takes bank passwords.

use crate::contract::{BodyForm, Effect, Field, FieldForm, HttpMethod, Operation, Said};
use crate::provider::kind::Orders;

/// The document names no bounds; these keep our reference whole in any usual column.
pub(super) const MAX_DESCRIPTION_CHARS: usize = 100;
pub(super) const MAX_NAME_CHARS: usize = 100;
/// The document's largest page.
pub(super) const MAX_ROWS: u8 = 100;
/// The base64 of the largest file.
const MAX_BASE64_CHARS: usize = crate::contract::MAX_FILE_BYTES.div_ceil(3) * 4;
const MAX_QRIS_CHARS: usize = 1024;
const MAX_ROW: i64 = 4_294_967_295;
const ROWS: FieldForm = FieldForm::Number(1, MAX_ROWS as i64);
const STATES: FieldForm = FieldForm::OneOf(&["pending", "paid", "expired", "cancelled"]);
/// Of a converter's four sources exactly one is given.
const SOURCE: &str = "source";

/// A look without a body.
const fn look(
    name: &'static str,
    about: Said,
    path: &'static str,
    fields: &'static [Field],
) -> Operation {
    Operation {
        name,
        about,
        effect: Effect::Look,
        method: HttpMethod::Get,
        path,
        body: BodyForm::Query,
        fields,
        on_405: None,
    }
}

const fn said(id: &'static str, en: &'static str) -> Said {
    Said { id, en }
}

pub(super) const CREATE: Operation = Operation {
    name: "create",
    about: said("Buat tagihan untuk satu penjualan", "A bill for one sale"),
    effect: Effect::Collect,
    method: HttpMethod::Post,
    path: "/create-payment.php",
    body: BodyForm::Json,
    // In the document's order; `payment_url` is of its newer edition.
    fields: &[
        Field::new("amount", FieldForm::Number(1_000, 1_000_000_000)).required().of_the_sale(),
        Field::new("description", FieldForm::Text(MAX_DESCRIPTION_CHARS)).of_the_sale(),
        Field::new("customer_name", FieldForm::Text(MAX_NAME_CHARS)).of_the_sale(),
        Field::new("customer_email", FieldForm::Text(100)),
        Field::new("customer_phone", FieldForm::Text(30)),
        Field::new("callback_url", FieldForm::Url),
        Field::new("redirect_url", FieldForm::Url),
        Field::new("file_id", FieldForm::Number(1, MAX_ROW)).picked_from(LIST_FILES.name),
        Field::new("content_id", FieldForm::Number(1, MAX_ROW)).picked_from(LIST_CONTENTS.name),
        Field::new("product_image_id", FieldForm::Number(1, MAX_ROW)).picked_from(LIST_IMAGES.name),
        Field::new("payment_method", FieldForm::Words).of_the_sale(),
        Field::new("use_qris_converter", FieldForm::Flag),
        Field::new("payment_url", FieldForm::Url),
    ],
    on_405: None,
};

pub(super) const STATUS: Operation = look(
    "status",
    said("Status satu tagihan", "The status of one bill"),
    "/check-payment.php",
    &[Field::new("invoice", FieldForm::Text(100)).required()],
);

pub(super) const LIST_PAYMENTS: Operation = look(
    "list_payments",
    said("Daftar tagihan, dengan pencarian", "The bills, with a search"),
    "/list-payments.php",
    &[
        Field::new("search", FieldForm::Text(100)),
        Field::new("status", STATES),
        Field::new("payment_method", FieldForm::Words),
        Field::new("paid_via", FieldForm::Words),
        Field::new("start_date", FieldForm::Date),
        Field::new("end_date", FieldForm::Date),
        Field::new("page", FieldForm::Number(1, 1_000_000)),
        Field::new("limit", ROWS),
    ],
);

pub(super) const PAYMENT_METHODS: Operation = look(
    "payment_methods",
    said("Metode pembayaran dan langganan", "The payment methods and the subscription"),
    "/get-payment-methods.php",
    &[],
);

const ACCOUNT_STATUS: Operation = look(
    "account_status",
    said("Status akun dan integrasinya", "The account and its integrations"),
    "/get-account-status.php",
    &[],
);

const STATISTICS: Operation = look(
    "statistics",
    said("Statistik pembayaran per metode", "Payment statistics by method"),
    "/get-statistics.php",
    &[
        Field::new("period", FieldForm::OneOf(&["all", "today", "week", "month", "year"])),
        Field::new("start_date", FieldForm::Date),
        Field::new("end_date", FieldForm::Date),
    ],
);

const ACTIVE_ONLY: &[Field] = &[Field::new("active_only", FieldForm::Flag)];
const LIST_FILES: Operation = look(
    "list_files",
    said("File digital yang dijual", "The digital files for sale"),
    "/list-files.php",
    ACTIVE_ONLY,
);
const LIST_CONTENTS: Operation = look(
    "list_contents",
    said("Konten tersembunyi yang dijual", "The hidden contents for sale"),
    "/list-contents.php",
    ACTIVE_ONLY,
);
const LIST_IMAGES: Operation = look(
    "list_images",
    said("Foto produk", "The product pictures"),
    "/list-images.php",
    ACTIVE_ONLY,
);

/// A picture goes as a file or, for who has it as text already, as base64 under the same name.
const QRIS_CONVERT: Operation = Operation {
    name: "qris_convert",
    about: said("QRIS statis menjadi dinamis", "A static QRIS made dynamic"),
    effect: Effect::Look,
    method: HttpMethod::Post,
    path: "/qris-convert.php",
    body: BodyForm::JsonOrFile,
    fields: &[
        Field::new("nominal", FieldForm::Number(1, 1_000_000_000)).required(),
        Field::new("qris", FieldForm::Text(MAX_QRIS_CHARS)).one_of(SOURCE),
        Field::new("image", FieldForm::Picture).one_of(SOURCE),
        Field::new("image_base64", FieldForm::Text(MAX_BASE64_CHARS))
            .sent_as("image")
            .one_of(SOURCE),
        Field::new("image_url", FieldForm::Url).one_of(SOURCE),
    ],
    on_405: None,
};

const QRIS: &[Field] = &[Field::new("qris", FieldForm::Text(MAX_QRIS_CHARS)).required()];
/// The provider's newer paper has a POST, its document a GET.
const QRIS_INFO: Operation = Operation {
    method: HttpMethod::Post,
    body: BodyForm::Json,
    on_405: Some("qris_info_get"),
    ..look("qris_info", said("Isi satu QRIS", "What a QRIS says"), "/qris-info.php", QRIS)
};
const QRIS_INFO_GET: Operation = look(
    "qris_info_get",
    said("Isi satu QRIS, cara lama", "What a QRIS says, the older way"),
    "/qris-info.php",
    QRIS,
);

const ORDER_NUMBER: Field = Field::new("order_number", FieldForm::Text(60)).reference();
const WA_ORDERS: Operation = look(
    "wa_orders",
    said("Pesanan toko WhatsApp", "The WhatsApp store's orders"),
    "/wa-store-orders.php",
    &[
        ORDER_NUMBER,
        Field::new(
            "status",
            FieldForm::OneOf(&[
                "pending",
                "waiting_payment",
                "paid",
                "processing",
                "completed",
                "cancelled",
            ]),
        ),
        Field::new("search", FieldForm::Text(100)),
        Field::new("limit", ROWS),
        Field::new("offset", FieldForm::Number(0, 1_000_000_000)),
    ],
);

const WA_COMPLETE: Operation = Operation {
    name: "wa_complete",
    about: said(
        "Selesaikan atau batalkan pesanan WhatsApp",
        "Completes or cancels a WhatsApp store order",
    ),
    effect: Effect::Change,
    method: HttpMethod::Post,
    path: "/wa-store-complete.php",
    body: BodyForm::Json,
    fields: &[
        ORDER_NUMBER.required(),
        Field::new("status", FieldForm::OneOf(&["completed", "cancelled"])).or("completed"),
        Field::new("notify", FieldForm::Flag).or("true"),
    ],
    on_405: None,
};

pub(super) const ORDERS: Orders = Orders { list: WA_ORDERS.name, end: WA_COMPLETE.name };

pub(super) const OPERATIONS: &[Operation] = &[
    CREATE,
    STATUS,
    LIST_PAYMENTS,
    PAYMENT_METHODS,
    ACCOUNT_STATUS,
    STATISTICS,
    LIST_FILES,
    LIST_CONTENTS,
    LIST_IMAGES,
    QRIS_CONVERT,
    QRIS_INFO,
    QRIS_INFO_GET,
    WA_ORDERS,
    WA_COMPLETE,
];
