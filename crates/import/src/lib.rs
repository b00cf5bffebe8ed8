//! Reads pages of gateway APIs as people paste them, and writes drafts of specs.
//!
//! ```text
//! bytes of a page
//!    │ decode, html     text and its lines
//!    ▼
//! blocks, table       headings, tables, samples
//!    │ outline          which method they belong to, and what they list
//!    ▼
//! reading             facts: each with its line and grade
//!    │ write            YAML, checked by the compiler
//!    ▼
//! Draft
//! ```
//!
//! The grade of a fact says where it comes from: `documented` is a column of a table, `observed` is
//! only a sample, `inferred` is prose or the order of rows. The draft lists what was not
//! understood.

mod answer;
mod answers;
mod blocks;
mod breaks;
mod captions;
mod cells;
mod decode;
mod draft;
mod facts;
mod filling;
mod html;
mod methods;
mod named;
mod names;
mod nest;
mod observed;
mod outline;
mod page;
mod private;
mod prose;
mod public;
mod query;
mod reading;
mod rows;
mod sample;
mod select;
mod shared;
mod spelling;
mod table;
mod update;
mod values;
mod words;
mod write;

pub use decode::{MAX_PAGE_BYTES, Refused};
pub use draft::{Draft, Options, Summary, import};
pub use page::Unread;
pub use update::{Changed, NoUpdate, Update};
pub use write::File;
