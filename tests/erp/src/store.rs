//! The state that the program keeps between runs, in one JSON file.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The state of all shops, by their node ids.
#[derive(Debug)]
pub struct Store {
    file: PathBuf,
    shops: BTreeMap<String, Shop>,
}

/// One shop.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Shop {
    /// The cursor, which records the windows that are done.
    pub cursor: Option<String>,
    /// The data of each answer.
    pub answers: Vec<serde_json::Value>,
}

impl Store {
    /// Opens a store. If the file does not exist, the store is empty.
    ///
    /// # Errors
    /// Fails if the file cannot be read.
    pub fn open(file: &Path) -> io::Result<Store> {
        let shops = match fs::read(file) {
            Ok(text) => serde_json::from_slice(&text)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error),
        };
        Ok(Store { file: file.to_owned(), shops })
    }

    /// The state of a shop, which is created if the shop is not known.
    pub fn shop(&mut self, node: &str) -> &mut Shop {
        self.shops.entry(node.to_owned()).or_default()
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Fails if the file cannot be written.
    pub fn save(&self) -> io::Result<()> {
        fs::write(&self.file, serde_json::to_vec(&self.shops)?)
    }
}
