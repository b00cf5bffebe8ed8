//! The macro with which generated code describes records.

/// Describes the fields and rules of a record type. Each line describes one field: its name on the
/// wire, its type ([`FieldType`](crate::record::FieldType)), and the properties of its
/// [`Field`](crate::record::Field) that differ from the defaults.
///
/// `where` lists the limits of the value ([`Limit`](crate::record::Limit)); `_` means that there is
/// no minimum or no maximum. Rules and conditions refer to fields by their Rust names. The numbers
/// after `in` are the indexes of the fields, sorted by the bytes of the wire names; small records
/// do not need them.
///
/// ```
/// use gatespec_protocol::{DateTime, TimeFormat, Validate, record::Form};
///
/// const DATE: TimeFormat<'static> = TimeFormat::Pattern { pattern: "yyyy-MM-dd", offset: 28_800 };
///
/// struct Search {
///     keyword: String,
///     page: Option<i64>,
///     from: Option<DateTime>,
///     to: Option<DateTime>,
/// }
///
/// gatespec_protocol::record! {
///     struct Search in [2, 0, 1, 3] {
///         keyword: "keyword" Text where [Length(1, 20)] required always;
///         page: "page_no" Integer { form: Form::Quoted };
///         from: "from" Time(DATE, None) required when to;
///         to: "to" Time(DATE, None);
///     }
///     impl {
///         NotAfter(from, to);
///     }
/// }
///
/// let search = Search { keyword: String::new(), page: None, from: None, to: None };
/// assert_eq!(search.violations()[0].rule(), "required:keyword");
/// ```
#[macro_export]
macro_rules! record {
    (
        struct $record:ident $(in [$($order:literal),*])? {
            $($field:ident: $wire:literal $kind:ident $(($($of:tt)*))?
                $({ $($key:ident: $value:expr),* $(,)? })?
                $(where [$($limit:ident($($bound:tt)*)),* $(,)?])?
                $(required $(when $when:ident)? $(unless $unless:ident)? $(in [$($is:literal),*])?)?
                $(always $($always:lifetime)?)?;)*
            $(..$others:ident;)?
        }
        $(impl { $($rule:ident($($arg:tt)*);)* })?
    ) => {
        const _: () = {
            /// The variants have the indexes of the fields in the schema.
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "the names are fields'")]
            enum At { $($field),* }

            const ALL: &[At] = &[$(At::$field),*];

            static PLACES: [u32; $crate::record::places(ALL.len())] = {
                let mut table = [0; $crate::record::places(ALL.len())];
                $crate::record::place(&[$($wire),*], &mut table);
                table
            };

            static SCHEMA: $crate::record::Schema<'static> = $crate::record::Schema {
                fields: &[$($crate::record::Field {
                    name: $wire,
                    kind: $crate::__record!(@kind $kind $(($($of)*))?),
                    $($($key: $value,)*)?
                    $(limits: &[$($crate::__record!(@limit $limit $($bound)*)),*],)?
                    $(required: $crate::__record!(
                        @required $(when $when)? $(unless $unless)? $(in [$($is),*])?
                    ),)?
                    $($($always)? always: true,)?
                    ..$crate::record::Field::BARE
                }),*],
                order: &[$($($order),*)?],
                places: &PLACES,
                rules: &[$($($crate::__record!(@rule $rule $($arg)*)),*)?],
            };

            impl $crate::record::Described for $record {
                fn schema() -> &'static $crate::record::Schema<'static> {
                    &SCHEMA
                }
            }

            impl $crate::record::Record for $record {
                fn schema(&self) -> &$crate::record::Schema<'_> {
                    &SCHEMA
                }

                #[allow(unreachable_code, reason = "a record may have no fields")]
                fn view(&self, field: usize) -> $crate::record::View<'_> {
                    match ALL[field] {
                        $(At::$field => $crate::record::Slot::view(&self.$field),)*
                    }
                }

                #[allow(unreachable_code, reason = "a record may have no fields")]
                fn slot(
                    &mut self,
                    field: usize,
                ) -> (&$crate::record::Field<'_>, &mut dyn $crate::record::Slot) {
                    let slot: &mut dyn $crate::record::Slot = match ALL[field] {
                        $(At::$field => &mut self.$field,)*
                    };
                    (&SCHEMA.fields[field], slot)
                }
                $(
                    fn others(&self) -> ::core::option::Option<&dyn $crate::record::Map> {
                        ::core::option::Option::Some(&self.$others)
                    }

                    fn others_mut(
                        &mut self,
                    ) -> ::core::option::Option<&mut dyn $crate::record::Map> {
                        ::core::option::Option::Some(&mut self.$others)
                    }
                )?
            }

            impl $crate::record::Slot for $record {
                fn view(&self) -> $crate::record::View<'_> {
                    $crate::record::View::Record(self)
                }

                fn fill(
                    &mut self,
                    value: $crate::Value<'_>,
                    _: &$crate::record::Field<'_>,
                ) -> $crate::Decoded {
                    value.record(self)
                }
            }

            $crate::__serde_record! { $record }

            impl $crate::Blank for $record {
                fn blank() -> Self {
                    Self {
                        $($field: $crate::Blank::blank(),)*
                        $($others: $crate::Blank::blank(),)?
                    }
                }
            }
        };
    };
}

/// Parts of [`record!`].
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    (@kind Record($record:ty)) => {
        $crate::record::FieldType::Record($crate::record::schema_of::<$record>())
    };
    (@kind Choice($choice:ty)) => {
        $crate::record::FieldType::Choice(<$choice>::ALL)
    };
    (@kind Map($of:ident)) => {
        $crate::record::FieldType::Map($crate::record::MapOf::$of)
    };
    (@kind $kind:ident $($of:tt)*) => {
        $crate::record::FieldType::$kind $($of)*
    };
    (@required) => {
        $crate::record::Required::Yes
    };
    (@required when $field:ident $(in [$($is:literal),*])?) => {
        $crate::record::Required::When($crate::__record!(@condition $field $($($is)*)?))
    };
    (@required unless $field:ident $(in [$($is:literal),*])?) => {
        $crate::record::Required::Unless($crate::__record!(@condition $field $($($is)*)?))
    };
    (@condition $field:ident $($is:literal)*) => {
        $crate::record::Condition { field: At::$field as usize, any_of: &[$($is),*] }
    };
    (@limit Pattern $pattern:literal) => {
        $crate::record::Limit::Pattern({
            static PATTERN: $crate::Pattern = $crate::Pattern::new($pattern);
            &PATTERN
        })
    };
    (@limit $limit:ident _, $max:expr) => {
        $crate::record::Limit::$limit(::core::option::Option::None, ::core::option::Option::Some($max))
    };
    (@limit $limit:ident $min:expr, _) => {
        $crate::record::Limit::$limit(::core::option::Option::Some($min), ::core::option::Option::None)
    };
    (@limit $limit:ident $min:expr, $max:expr) => {
        $crate::record::Limit::$limit(::core::option::Option::Some($min), ::core::option::Option::Some($max))
    };
    (@rule NotAfter $first:ident, $second:ident) => {
        $crate::record::Rule::NotAfter(At::$first as usize, At::$second as usize)
    };
    (@rule Span $first:ident, $second:ident, $limit:expr) => {
        $crate::record::Rule::Span(At::$first as usize, At::$second as usize, $limit)
    };
    (@rule AtLeastOne $($field:ident),*) => {
        $crate::record::Rule::AtLeastOne(&[$(At::$field as usize),*])
    };
}
