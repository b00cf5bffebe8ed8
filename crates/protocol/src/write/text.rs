//! A value as the text of a parameter.

use super::style::ListStyle;
use super::value::{is_bare, push_scalar};
use super::writer::{Wire, Writer};
use crate::params::ParamType;

impl Writer<'_> {
    /// Appends the plain characters of a value, and says how it would stand in JSON.
    pub(super) fn text_value(&mut self, value: Wire<'_>) -> ParamType {
        match value {
            Wire::Json(serde_json::Value::String(text)) => self.params.text.push_str(text),
            Wire::Json(serde_json::Value::Null) => return ParamType::Null,
            Wire::Record(_) | Wire::Map(_) | Wire::JsonText(_) | Wire::Json(_) | Wire::Raw(_) => {
                return self.text_json(value);
            }
            scalar => {
                push_scalar(scalar, &mut self.params.text);
                return if is_bare(scalar) { ParamType::Number } else { ParamType::Text };
            }
        }
        ParamType::Text
    }

    fn text_json(&mut self, value: Wire<'_>) -> ParamType {
        match value {
            Wire::JsonText(fields) => {
                self.object(fields);
                ParamType::Text
            }
            Wire::Json(json) => {
                self.json(json);
                if json.is_array() || json.is_object() {
                    ParamType::Json
                } else {
                    ParamType::Number
                }
            }
            value => {
                self.json_value(value);
                ParamType::Json
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
