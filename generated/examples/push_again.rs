//! Asks ShopEx Matrix to push a day of refunds again, without a network: the transport prints the
//! request and answers with the documented sample.
//!
//! `cargo run -p gatespec-clients --example push_again`

#![expect(clippy::print_stdout, reason = "an example shows what happens")]

use bytes::Bytes;
use gatespec_clients::DateTime;
use gatespec_clients::shopex::{
    Client, Credentials, FillType, MatrixFillMultiple, RefundStatus, datetime,
};
use gatespec_clients::{BoxFuture, Transport, TransportError};
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Credentials::new("testkey", "0123456789abcdef0123456789abcdef"))
        .transport(Arc::new(Sample))
        .clock(Arc::new(DateTime::from_unix_seconds(1_672_502_400)?)) // so that the output is always the same
        .build()?;

    let (start, end) = (datetime(2023, 1, 1, 0, 0, 0)?, datetime(2023, 1, 9, 0, 0, 0)?);
    let request = MatrixFillMultiple::new("15000000", FillType::Refund, start, end);
    if let Err(error) = client.matrix_fill_multiple(&request).await {
        println!("refused before it was sent: {error}\n");
    }

    let end = datetime(2023, 1, 2, 0, 0, 0)?;
    let request = MatrixFillMultiple::new("15000000", FillType::Refund, start, end)
        .refund_status(RefundStatus::Aftersale);
    let receipt = client.matrix_fill_multiple(&request).await?;
    println!("queued as {:?}", receipt.msg_id);
    Ok(())
}

/// Prints requests instead of sending them.
struct Sample;

impl Transport for Sample {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        println!("{} {}", request.method(), request.uri());
        println!("{}\n", String::from_utf8_lossy(request.body()));
        let answer = r#"{"status":"succ","code":"1000","desc":"补单成功","data":{"msg_id":"6552D79AAC1000148DF23FB0CC2325D3"}}"#;
        Box::pin(async move { Ok(http::Response::new(Bytes::from_static(answer.as_bytes()))) })
    }
}
