//! A job of an ERP: asks Matrix to push the orders of some shops again, and stores the answers.

mod store;

pub use store::{Shop, Store};

use std::error::Error;

use gatespec_clients::shopex::{
    BlockingApi, FillType, MatrixAuthstatus, MatrixFillMultiple, blocking::Client, datetime,
};
use gatespec_clients::{Cursor, Revealed};

/// Asks for the orders of January 2023 of one shop. After a failure, the next run sends only the
/// requests that are missing.
///
/// # Errors
/// Fails if a stored cursor is invalid, a call fails, or the store cannot be written.
pub fn synchronise(client: &Client, store: &mut Store, node: &str) -> Result<(), Box<dyn Error>> {
    let (from, to) = (datetime(2023, 1, 1, 0, 0, 0)?, datetime(2023, 2, 1, 0, 0, 0)?);
    let request = MatrixFillMultiple::new(node, FillType::Order, from, to);
    let saved: Option<Cursor> = store.shop(node).cursor.as_deref().map(str::parse).transpose()?;
    let mut run = client.back_fill(&request).resume(saved).start()?;
    while let Some(step) = run.next() {
        let answer = serde_json::to_value(Revealed(&step?.answer.data))?;
        let shop = store.shop(node);
        shop.answers.push(answer);
        shop.cursor = Some(run.cursor().to_string());
        store.save()?;
    }
    Ok(())
}

/// Whether a shop may still be synchronised.
///
/// # Errors
/// Fails if the call fails.
pub fn is_authorised(
    platform: &dyn BlockingApi,
    node: &str,
) -> Result<bool, gatespec_clients::Error> {
    let status = platform.matrix_authstatus(&MatrixAuthstatus::new(node))?;
    Ok(status.is_expired == Some(false))
}
