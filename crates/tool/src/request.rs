//! Reads the body of a request.

use crate::reply::Reply;
use axum::body::Body;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;

/// The maximum length of a form, in bytes.
const LONGEST: usize = 1 << 20;
/// The number of bytes that are read of a form that is too long. Browsers show the refusal only if
/// they could send the whole form.
const READ: usize = 32 << 20;

/// Reads a body of at most [`LONGEST`] bytes.
pub(crate) async fn body(mut body: Body) -> Result<Vec<u8>, Reply> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let broken = |_| Reply::refusal(StatusCode::BAD_REQUEST, "the form is incomplete");
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        length += data.len();
        if length <= LONGEST {
            bytes.extend_from_slice(&data);
        } else if length > READ {
            break;
        }
    }
    if length > LONGEST {
        let reason = "the form is too long: at most 1 MB is read";
        return Err(Reply::refusal(StatusCode::PAYLOAD_TOO_LARGE, reason));
    }
    Ok(bytes)
}
