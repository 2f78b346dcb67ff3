//! One element of a page.

use super::session::{Rect, Session, picture};
use super::trouble::{Outcome, Trouble};
use serde_json::{Value, json};

/// An element of the window that was current when it was found.
pub struct Element<'a> {
    session: &'a Session,
    id: String,
}

/// The name under which WebDriver hands out an element (W3C WebDriver, section 12.1).
pub(crate) const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl<'a> Element<'a> {
    pub(crate) fn of(session: &'a Session, value: &Value) -> Outcome<Self> {
        let id = value[ELEMENT].as_str();
        let id = id.ok_or_else(|| Trouble::new(format!("not an element: {value}")))?;
        Ok(Self { session, id: id.to_owned() })
    }

    pub fn click(&self) -> Outcome {
        self.post("click", &json!({})).map(drop)
    }

    /// Types into the element, which gets the focus.
    pub fn type_text(&self, text: &str) -> Outcome {
        self.post("value", &json!({ "text": text })).map(drop)
    }

    /// Empties a field.
    pub fn clear(&self) -> Outcome {
        self.post("clear", &json!({})).map(drop)
    }

    /// The text as it is shown, without what is hidden.
    pub fn text(&self) -> Outcome<String> {
        text_of(&self.get("text")?)
    }

    /// `None` if the attribute is not there.
    pub fn attribute(&self, name: &str) -> Outcome<Option<String>> {
        Ok(self.get(&format!("attribute/{name}"))?.as_str().map(String::from))
    }

    /// A property of the live element, such as a field's `value`.
    pub fn property(&self, name: &str) -> Outcome<Value> {
        self.get(&format!("property/{name}"))
    }

    pub fn is_displayed(&self) -> Outcome<bool> {
        Ok(self.get("displayed")?.as_bool() == Some(true))
    }

    pub fn is_enabled(&self) -> Outcome<bool> {
        Ok(self.get("enabled")?.as_bool() == Some(true))
    }

    /// Its place in the page, in CSS pixels.
    pub fn rect(&self) -> Outcome<Rect> {
        Rect::read(&self.get("rect")?)
    }

    /// A PNG of the element alone.
    pub fn picture(&self) -> Outcome<Vec<u8>> {
        picture(&self.get("screenshot")?)
    }

    fn get(&self, what: &str) -> Outcome<Value> {
        self.session.get(&format!("element/{}/{what}", self.id))
    }

    fn post(&self, what: &str, body: &Value) -> Outcome<Value> {
        self.session.post(&format!("element/{}/{what}", self.id), body)
    }
}

pub(crate) fn text_of(value: &Value) -> Outcome<String> {
    let text = value.as_str().ok_or_else(|| Trouble::new(format!("not a text: {value}")))?;
    Ok(text.to_owned())
}
