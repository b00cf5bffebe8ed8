//! An answer as HTTP, complete or cut off.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};

use crate::reply::{End, Reply};

pub(crate) fn response(reply: Reply) -> Response<Sent> {
    let whole = reply.body.len() as u64;
    let (left, sent) = match reply.end {
        End::Cut => (Ending::Breaks(2), reply.body.slice(..reply.body.len() / 2)),
        End::Whole | End::Reset => (Ending::Ends, reply.body),
    };
    let mut response = Response::new(Sent { data: Some(sent), left, whole });
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    response
}

/// The body of an answer. It may be shorter than its announced length.
pub(crate) struct Sent {
    data: Option<Bytes>,
    left: Ending,
    /// The announced length in bytes.
    whole: u64,
}

#[derive(Clone, Copy)]
enum Ending {
    Ends,
    /// Fails after this many further polls. Meanwhile, the data is sent.
    Breaks(u8),
}

impl Body for Sent {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        if let Some(data) = self.data.take() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match self.left {
            Ending::Ends => Poll::Ready(None),
            Ending::Breaks(0) => Poll::Ready(Some(Err(CutOff))),
            Ending::Breaks(looks) => {
                self.left = Ending::Breaks(looks - 1);
                cx.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && matches!(self.left, Ending::Ends)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match (&self.data, self.left) {
            (Some(data), Ending::Ends) => data.len() as u64,
            (None, Ending::Ends) => 0,
            (_, Ending::Breaks(_)) => self.whole,
        })
    }
}

/// The error that makes the server cut off the body on purpose.
#[derive(Debug)]
pub(crate) struct CutOff;

impl std::fmt::Display for CutOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the body ends too early, on purpose")
    }
}

impl std::error::Error for CutOff {}
