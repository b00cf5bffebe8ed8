//! Facts taken apart: one declaration of a type gives the type, the terms that its values consist
//! of, and the words that a spec writes for them.
//!
//! Generated code, the exported model and the reader of specs follow from the declaration, so that
//! a new fact is a field here, its reading, its check and its use.

/// A fact as a tree of constructors, for those who print it.
#[derive(Debug, Clone, PartialEq)]
pub enum Term<'f> {
    /// A text.
    Text(&'f str),
    /// A whole number.
    Number(i64),
    /// A boolean.
    Flag(bool),
    /// A slice.
    List(Vec<Term<'f>>),
    /// A tuple.
    Tuple(Vec<Term<'f>>),
    /// A value that may be absent.
    Option(Option<Box<Term<'f>>>),
    /// A constructor by its path, `Verb::Post`, and what it holds.
    Call(&'static str, Option<Box<Term<'f>>>),
    /// A constructor with named fields.
    Struct {
        /// Its path.
        path: &'static str,
        /// Names and values, as declared.
        fields: Vec<(&'static str, Term<'f>)>,
        /// The same of the type's constant `BARE`, if it has one.
        usual: Option<Vec<(&'static str, Term<'f>)>>,
    },
}

/// What can be taken apart.
pub trait Fact {
    /// The constructors that make this value.
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

impl Fact for i32 {
    fn term(&self) -> Term<'_> {
        Term::Number((*self).into())
    }
}

impl Fact for u32 {
    fn term(&self) -> Term<'_> {
        Term::Number((*self).into())
    }
}

impl Fact for u16 {
    fn term(&self) -> Term<'_> {
        Term::Number((*self).into())
    }
}

impl Fact for usize {
    fn term(&self) -> Term<'_> {
        Term::Number(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

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

/// Declares a type of facts: a structure, or an enumeration whose variants hold one value or
/// nothing. If every field has a usual value, the structure has a constant `BARE` of them, and what
/// equals it goes without saying.
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
            /// The usual values, as a base for `..BARE`.
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
            /// Names and values of the fields, as declared.
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

/// Declares an enumeration whose variants are words of the spec language. What stands after
/// `unsaid` has a name, and no spec writes it.
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
            /// What a spec can say, and how it writes it.
            pub const WORDS: &'static [(&'static str, $name)] =
                &[$(($word, $name::$variant)),*];

            /// How specs write it.
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
