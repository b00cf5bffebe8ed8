//! Macros that declare the types of protocol facts: constant statements about a protocol.
//!
//! One declaration generates the type, the conversion of its values to [`Term`]s (which the
//! compiler prints as Rust), the default values of a struct's fields (which are not printed) and,
//! for an enumeration, the words that specs use for its variants.

/// A Rust value as a tree of constructor calls.
#[derive(Debug, Clone, PartialEq)]
pub enum Term<'f> {
    /// A text.
    Text(&'f str),
    /// A whole number.
    Number(i64),
    /// A boolean.
    Flag(bool),
    /// A slice of values.
    List(Vec<Term<'f>>),
    /// A tuple of values.
    Tuple(Vec<Term<'f>>),
    /// An `Option`.
    Option(Option<Box<Term<'f>>>),
    /// A constructor with its path, such as `Verb::Post`, and its argument if it has one.
    Call(&'static str, Option<Box<Term<'f>>>),
    /// A constructor with named fields.
    Struct {
        /// The constructor's path.
        path: &'static str,
        /// Names and values, in declaration order.
        fields: Vec<(&'static str, Term<'f>)>,
        /// The fields of the type's constant `BARE`, if it has one. Fields with these values are
        /// not printed.
        usual: Option<Vec<(&'static str, Term<'f>)>>,
    },
}

/// A value that can be printed as Rust.
pub trait Fact {
    /// Returns the constructor calls that build this value.
    fn term(&self) -> Term<'_>;
}

impl Fact for str {
    fn term(&self) -> Term<'_> {
        Term::Text(self)
    }
}

impl Fact for bool {
    fn term(&self) -> Term<'_> {
        Term::Flag(*self)
    }
}

impl Fact for usize {
    fn term(&self) -> Term<'_> {
        Term::Number(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Fact for $number {
            fn term(&self) -> Term<'_> {
                Term::Number((*self).into())
            }
        }
    )*};
}

numbers! { i32 u32 u16 }

impl<T: Fact + ?Sized> Fact for &T {
    fn term(&self) -> Term<'_> {
        T::term(self)
    }
}

impl<T: Fact> Fact for [T] {
    fn term(&self) -> Term<'_> {
        Term::List(self.iter().map(T::term).collect())
    }
}

impl<T: Fact> Fact for Option<T> {
    fn term(&self) -> Term<'_> {
        Term::Option(self.as_ref().map(|value| Box::new(value.term())))
    }
}

impl<A: Fact, B: Fact> Fact for (A, B) {
    fn term(&self) -> Term<'_> {
        Term::Tuple(vec![self.0.term(), self.1.term()])
    }
}

/// Declares a struct, or an enum whose variants hold at most one value. If every field of a struct
/// has a default (`= value`), the struct gets a constant `BARE` with these defaults, and only the
/// fields that differ from `BARE` are printed.
macro_rules! fact {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(<$life:lifetime>)? {
            $($(#[$about:meta])* pub $field:ident: $type:ty = $usual:expr,)*
        }
    ) => {
        fact! {
            $(#[$meta])*
            pub struct $name $(<$life>)? {
                $($(#[$about])* pub $field: $type,)*
            }
            usual Some($name::BARE.fields())
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// The default values of all fields, for use as `..BARE`.
            pub const BARE: $name $(<$life>)? = $name { $($field: $usual,)* };
        }

        impl $(<$life>)? Default for $name $(<$life>)? {
            fn default() -> Self {
                Self::BARE
            }
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(<$life:lifetime>)? {
            $($(#[$about:meta])* pub $field:ident: $type:ty,)*
        }
        $(usual $usual:expr)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name $(<$life>)? {
            $($(#[$about])* pub $field: $type,)*
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// The names and values of the fields, in declaration order.
            pub fn fields(&self) -> Vec<(&'static str, $crate::fact::Term<'_>)> {
                vec![$((stringify!($field), $crate::fact::Fact::term(&self.$field)),)*]
            }
        }

        impl $(<$life>)? $crate::fact::Fact for $name $(<$life>)? {
            fn term(&self) -> $crate::fact::Term<'_> {
                $crate::fact::Term::Struct {
                    path: stringify!($name),
                    fields: self.fields(),
                    usual: fact!(@usual $($usual)?),
                }
            }
        }
    };
    (
        $(#[$meta:meta])*
        pub enum $name:ident $(<$life:lifetime>)? {
            $($(#[$about:meta])* $variant:ident $(($type:ty))?,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name $(<$life>)? {
            $($(#[$about])* $variant $(($type))?,)*
        }

        impl $(<$life>)? $crate::fact::Fact for $name $(<$life>)? {
            fn term(&self) -> $crate::fact::Term<'_> {
                match self {
                    $($name::$variant $((fact!(@name value $type)))? => $crate::fact::Term::Call(
                        concat!(stringify!($name), "::", stringify!($variant)),
                        fact!(@held $((value $type))?),
                    ),)*
                }
            }
        }
    };
    (@usual $usual:expr) => { $usual };
    (@usual) => { None };
    (@name $value:ident $type:ty) => { $value };
    (@held ($value:ident $type:ty)) => {
        Some(Box::new($crate::fact::Fact::term($value)))
    };
    (@held) => { None };
}

/// Declares an enum whose variants correspond to words of the spec language. The `unsaid` variant
/// has a word for output, but specs cannot contain this word.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$about:meta])* $variant:ident = $word:literal,)*
        }
        $(unsaid {
            $(#[$silent_about:meta])* $silent:ident = $silent_word:literal,
        })?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$about])* $variant,)*
            $($(#[$silent_about])* $silent,)?
        }

        impl $name {
            /// The words that specs can use, each with its variant.
            pub const WORDS: &'static [(&'static str, $name)] =
                &[$(($word, $name::$variant)),*];

            /// The word for this value.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                    $($name::$silent => $silent_word,)?
                }
            }
        }

        impl $crate::fact::Fact for $name {
            fn term(&self) -> $crate::fact::Term<'_> {
                $crate::fact::Term::Call(
                    match self {
                        $($name::$variant => concat!(stringify!($name), "::", stringify!($variant)),)*
                        $($name::$silent => concat!(stringify!($name), "::", stringify!($silent)),)?
                    },
                    None,
                )
            }
        }
    };
}

pub(crate) use {fact, words};

#[cfg(test)]
mod tests {
    use super::{Fact as _, Term};
    use crate::{Credential, Placement, Repeat};

    #[test]
    fn values_are_constructor_calls_and_know_what_is_usual() {
        let secret = Credential { name: "secret", sensitive: true, ..Credential::BARE };
        let Term::Struct { path, fields, usual } = secret.term() else { panic!("no structure") };
        let usual = usual.unwrap_or_default();
        let said: Vec<_> = fields.into_iter().filter(|field| !usual.contains(field)).collect();
        assert_eq!(path, "Credential");
        assert_eq!(said, [("name", Term::Text("secret")), ("sensitive", Term::Flag(true))]);
        let held = Some(Box::new(Term::Text("data")));
        let placement = Placement::FormCarrier("data");
        assert_eq!(placement.term(), Term::Call("Placement::FormCarrier", held));
        assert_eq!(Some(Repeat::Safe).term(), {
            Term::Option(Some(Box::new(Term::Call("Repeat::Safe", None))))
        });
    }

    #[test]
    fn a_spec_cannot_write_what_is_unsaid() {
        assert_eq!(Repeat::WORDS, [("safe", Repeat::Safe), ("unsafe", Repeat::Unsafe)]);
        assert_eq!(Repeat::Unknown.as_str(), "unknown");
    }
}
