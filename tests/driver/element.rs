//! One element of a page.

use super::answer::{Rect, element_id, picture, text};
use super::trouble::Outcome;
use super::wire::Wire;
use serde_json::{Value, json};

/// An element of the window that was current when it was found.
pub struct Element<'a> {
    wire: &'a Wire,
    path: String,
}

impl<'a> Element<'a> {
    /// `session` is the path of the session that found it.
    pub(crate) fn of(wire: &'a Wire, session: &str, found: &Value) -> Outcome<Self> {
        Ok(Self { wire, path: format!("{session}/element/{}", element_id(found)?) })
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
        text(&self.get("text")?)
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
        self.wire.get(&format!("{}/{what}", self.path))
    }

    fn post(&self, what: &str, body: &Value) -> Outcome<Value> {
        self.wire.post(&format!("{}/{what}", self.path), body)
    }
}
