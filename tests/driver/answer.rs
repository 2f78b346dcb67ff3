//! The few shapes in which a WebDriver answers.

use super::trouble::{Outcome, Trouble};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Place and size of a window or an element, in whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
}

impl Rect {
    pub(crate) fn read(value: &Value) -> Outcome<Self> {
        let number = |key: &str| {
            #[expect(clippy::cast_possible_truncation, reason = "pixels on a screen")]
            let pixels = value[key].as_f64().map(|number| number.round() as i64);
            pixels.ok_or_else(|| Trouble::new(format!("no {key} in {value}")))
        };
        Ok(Self {
            x: number("x")?,
            y: number("y")?,
            width: number("width")?,
            height: number("height")?,
        })
    }
}

pub(crate) fn text(value: &Value) -> Outcome<String> {
    let text = value.as_str().ok_or_else(|| Trouble::new(format!("not a text: {value}")))?;
    Ok(text.to_owned())
}

/// WebDriver hands out an element under a name that nothing else has (W3C WebDriver, section 12.1).
pub(crate) fn element_id(value: &Value) -> Outcome<String> {
    text(&value["element-6066-11e4-a52e-4f735466cecf"])
}

pub(crate) fn picture(value: &Value) -> Outcome<Vec<u8>> {
    let text = text(value)?;
    STANDARD.decode(text).map_err(|e| Trouble::new(format!("not a picture: {e}")))
}
