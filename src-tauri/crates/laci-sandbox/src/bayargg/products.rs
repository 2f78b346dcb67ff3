//! `GET list-files.php`, `list-contents.php` and `list-images.php`: a few of each, one of them not active.

use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Call, bad, done};
use crate::fault::Answer;

type Row = (u64, &'static str, bool);

const FILES: [Row; 3] =
    [(11, "resep-kopi.pdf", true), (12, "katalog-2026.pdf", true), (13, "katalog-2025.pdf", false)];
const CONTENTS: [Row; 2] = [(21, "Kelas menyeduh", true), (22, "Kelas lama", false)];
const IMAGES: [Row; 3] = [(31, "kopi.png", true), (32, "teh.png", true), (33, "lama.png", false)];

/// What a create may name, by its parameter.
pub(super) const IDS: [(&str, &[u64]); 3] =
    [("file_id", &[11, 12]), ("content_id", &[21]), ("product_image_id", &[31, 32])];

pub(super) async fn files(call: Call) -> Response {
    call.serve(|_| listed(&call, &FILES)).await
}

pub(super) async fn contents(call: Call) -> Response {
    call.serve(|_| listed(&call, &CONTENTS)).await
}

pub(super) async fn images(call: Call) -> Response {
    call.serve(|_| listed(&call, &IMAGES)).await
}

fn listed(call: &Call, rows: &[Row]) -> Answer {
    let active_only = match call.text("active_only").unwrap_or("true") {
        "true" | "1" => true,
        "false" | "0" => false,
        _ => return bad("Parameter active_only tidak valid"),
    };
    let rows: Vec<Value> = rows
        .iter()
        .filter(|(_, _, active)| *active || !active_only)
        .map(|(id, name, active)| json!({"id": id, "name": name, "is_active": active}))
        .collect();
    done(json!({"success": true, "data": rows}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_create_may_name_what_is_active() {
        for ((name, ids), rows) in IDS.iter().zip([&FILES[..], &CONTENTS, &IMAGES]) {
            let active: Vec<u64> =
                rows.iter().filter(|(_, _, active)| *active).map(|(id, _, _)| *id).collect();
            assert_eq!(*ids, active, "{name}");
        }
    }
}
