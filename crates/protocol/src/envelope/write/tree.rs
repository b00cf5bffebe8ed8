//! Builds an answer path by path.

use serde_json::{Map, Value as Json};

use super::super::probe::Found;
use super::error::WriteError;
use crate::shape::{Expected, Predicate};
use crate::template::{Holes, segments};

pub(super) struct Tree<'h> {
    root: Json,
    holes: Holes<'h>,
}

impl<'h> Tree<'h> {
    pub(super) fn new(holes: Holes<'h>) -> Tree<'h> {
        Tree { root: Json::Object(Map::new()), holes }
    }

    pub(super) fn into_text(self) -> String {
        self.root.to_string()
    }

    /// The value at a path, unless it is null.
    pub(super) fn get(&self, path: &str) -> Result<Option<&Json>, WriteError> {
        let mut value = Some(&self.root);
        for step in segments(path, &self.holes)? {
            value = value.and_then(|value| value.get(&*step));
        }
        Ok(value.filter(|value| !value.is_null()))
    }

    /// Sets the value at a path.
    pub(super) fn set(&mut self, path: &str, value: Json) -> Result<(), WriteError> {
        let mut place = &mut self.root;
        for step in segments(path, &self.holes)? {
            if place.is_null() {
                *place = Json::Object(Map::new());
            }
            let Json::Object(members) = place else {
                return Err(WriteError::Blocked { path: path.to_owned() });
            };
            place = members.entry(step.into_owned()).or_insert(Json::Null);
        }
        *place = value;
        Ok(())
    }

    /// Sets a text at a path, if there is a text and the path is not empty.
    pub(super) fn set_text(&mut self, path: &str, text: Option<&str>) -> Result<(), WriteError> {
        match text.filter(|_| !path.is_empty()) {
            Some(text) => self.set(path, text.into()),
            None => Ok(()),
        }
    }

    pub(super) fn holds(&self, predicates: &[Predicate<'_>]) -> Result<bool, WriteError> {
        for predicate in predicates {
            if !Found::of(self.get(predicate.path)?).fits(predicate.is) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// For each predicate that does not hold yet, sets a value with which it holds.
    pub(super) fn make_hold(&mut self, predicates: &[Predicate<'_>]) -> Result<(), WriteError> {
        for predicate in predicates {
            if Found::of(self.get(predicate.path)?).fits(predicate.is) {
                continue;
            }
            if let Some(value) = fitting(predicate) {
                self.set(predicate.path, value)?;
            }
        }
        Ok(())
    }

    /// For each predicate whose path has no value yet, sets a value with which the predicate fails.
    pub(super) fn make_fail(&mut self, predicates: &[Predicate<'_>]) -> Result<(), WriteError> {
        for predicate in predicates {
            let Expected::OneOf(texts) = predicate.is else { continue };
            if let (None, Some(value)) = (self.get(predicate.path)?, unfitting(texts)) {
                self.set(predicate.path, value)?;
            }
        }
        Ok(())
    }
}

/// A value that the predicate accepts; `None` if it accepts only a missing value.
fn fitting(predicate: &Predicate<'_>) -> Option<Json> {
    match predicate.is {
        Expected::OneOf(texts) => texts.first().map(|text| typed(text)),
        Expected::Exists => Some(Json::Bool(true)),
        Expected::Missing => None,
    }
}

/// A value that differs from all of these texts.
fn unfitting(texts: &[&str]) -> Option<Json> {
    let numbers = texts.iter().all(|text| text.parse::<i64>().is_ok());
    let candidates = match () {
        () if texts.contains(&"true") => ["false", "fail", "0", "1"],
        () if numbers => ["1", "0", "-1", "2"],
        () => ["fail", "error", "false", "0"],
    };
    candidates.iter().find(|text| !texts.contains(text)).map(|text| typed(text))
}

/// Converts `true` and `false` to booleans. Numbers stay texts, because specs do not distinguish
/// numbers from texts.
fn typed(text: &str) -> Json {
    match text {
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        text => text.into(),
    }
}
