//! Writes a value as the text of a parameter.

use super::style::ListStyle;
use super::value::{is_bare, push_scalar};
use super::writer::{Wire, Writer};
use crate::json::ParamType;
use crate::json::scalar;

impl Writer<'_> {
    /// Appends a value as plain text. Returns its type in JSON.
    pub(super) fn text_value(&mut self, value: Wire<'_>) -> ParamType {
        match value {
            Wire::JsonText(fields) => {
                self.object(fields);
                ParamType::Text
            }
            Wire::Json(raw) => {
                let (text, kind) = scalar(raw);
                match kind {
                    ParamType::Json => self.json_value(value),
                    _ => self.params.text.push_str(&text),
                }
                kind
            }
            Wire::Record(_) | Wire::Map(_) | Wire::Raw(_) => {
                self.json_value(value);
                ParamType::Json
            }
            scalar => {
                push_scalar(scalar, &mut self.params.text);
                if is_bare(scalar) { ParamType::Number } else { ParamType::Text }
            }
        }
    }

    /// Appends a list as one text.
    pub(super) fn text_list(
        &mut self,
        items: &mut dyn Iterator<Item = Wire<'_>>,
        style: ListStyle<'_>,
    ) -> ParamType {
        match style {
            ListStyle::Delimited(delimiter) => {
                for (index, item) in items.enumerate() {
                    if index > 0 {
                        self.params.text.push_str(delimiter);
                    }
                    self.text_value(item);
                }
                ParamType::Text
            }
            ListStyle::JsonText => {
                self.array(items);
                ParamType::Text
            }
            ListStyle::Inside(item) => {
                self.array_inside(item, items);
                ParamType::Json
            }
            ListStyle::Json | ListStyle::Repeat => {
                self.array(items);
                ParamType::Json
            }
        }
    }
}
