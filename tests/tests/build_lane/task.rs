
use gateways::deep::{Client, Nest, NestResponse};
use std::{future::Future, pin::Pin};

type Answer = Result<NestResponse, gatespec_runtime::Error>;

/// The innermost of several nested async functions.
async fn first(client: Client, request: Nest) -> Answer {
    let answer = client.nest(&request).await?;
    drop(request);
    Ok(answer)
}

async fn second(client: Client, request: Nest) -> Answer {
    first(client, request).await
}

async fn third(client: Client, request: Nest) -> Answer {
    second(client, request).await
}

/// A future of the type that `tokio::spawn` takes.
pub fn task(client: Client, request: Nest) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
    Box::pin(async move { third(client, request).await })
}
