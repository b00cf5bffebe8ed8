//! Requests and answers whose types are known only from the model.
//!
//! Vectors and examples go through the runtime's own writer, checker and decoder, as generated
//! code does: what passes here is what the generated client will do.

mod answer;
mod data;
mod encode;
mod read;
mod validate;

pub(crate) use answer::Answer;
pub(crate) use read::object;
