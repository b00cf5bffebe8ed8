//! Formulas, lowered to flat programs, as Rust.

use crate::emit::types::number;
use gatespec_protocol::{Function, Op, Pairs, Piece, Recipe, Select};
use proc_macro2::TokenStream;
use quote::quote;

/// A formula as a literal.
pub fn recipe(recipe: Recipe<'_>) -> TokenStream {
    let ops = recipe.0.iter().map(|step| op(*step));
    quote!(rt::Recipe(&[#(#ops),*]))
}

fn op(op: Op<'_>) -> TokenStream {
    match op {
        Op::Text(text) => quote!(rt::Op::Text(#text)),
        Op::Credential(name) => quote!(rt::Op::Credential(#name)),
        Op::Label(name) => quote!(rt::Op::Label(#name)),
        Op::Value(name) => quote!(rt::Op::Value(#name)),
        Op::Verb => quote!(rt::Op::Verb),
        Op::Method => quote!(rt::Op::Method),
        Op::Nonce => quote!(rt::Op::Nonce),
        Op::Path => quote!(rt::Op::Path),
        Op::Body => quote!(rt::Op::Body),
        Op::Clock => quote!(rt::Op::Clock),
        Op::Open => quote!(rt::Op::Open),
        Op::Pairs(chosen) => {
            let pairs = pairs(&chosen);
            quote!(rt::Op::Pairs(#pairs))
        }
        Op::Close(applied) => {
            let function = function(applied);
            quote!(rt::Op::Close(#function))
        }
    }
}

fn pairs(pairs: &Pairs<'_>) -> TokenStream {
    let Pairs { nonempty, except, separator, .. } = pairs;
    let select = pairs.select.iter().map(|part| select(*part));
    let template = pairs.template.iter().map(|part| piece(*part));
    quote! {
        rt::Pairs {
            select: &[#(#select),*],
            nonempty: #nonempty,
            except: &[#(#except),*],
            template: &[#(#template),*],
            separator: #separator,
        }
    }
}

fn select(select: Select<'_>) -> TokenStream {
    match select {
        Select::All => quote!(rt::Select::All),
        Select::Public => quote!(rt::Select::Public),
        Select::Business => quote!(rt::Select::Business),
        Select::Query => quote!(rt::Select::Query),
        Select::Form => quote!(rt::Select::Form),
        Select::Header => quote!(rt::Select::Header),
        Select::Names(names) => quote!(rt::Select::Names(&[#(#names),*])),
    }
}

fn piece(piece: Piece<'_>) -> TokenStream {
    let encoders = |functions: &[Function]| {
        let functions = functions.iter().map(|one| function(*one));
        quote!(&[#(#functions),*])
    };
    match piece {
        Piece::Text(text) => quote!(rt::Piece::Text(#text)),
        Piece::Fold => quote!(rt::Piece::Fold),
        Piece::Name(functions) => {
            let encoders = encoders(functions);
            quote!(rt::Piece::Name(#encoders))
        }
        Piece::Value(functions) => {
            let encoders = encoders(functions);
            quote!(rt::Piece::Value(#encoders))
        }
        Piece::Json(functions) => {
            let encoders = encoders(functions);
            quote!(rt::Piece::Json(#encoders))
        }
    }
}

fn function(function: Function) -> TokenStream {
    match function {
        Function::Md5 => quote!(rt::Function::Md5),
        Function::Sha1 => quote!(rt::Function::Sha1),
        Function::Sha256 => quote!(rt::Function::Sha256),
        Function::HmacMd5 => quote!(rt::Function::HmacMd5),
        Function::HmacSha1 => quote!(rt::Function::HmacSha1),
        Function::HmacSha256 => quote!(rt::Function::HmacSha256),
        Function::Hex => quote!(rt::Function::Hex),
        Function::UpperHex => quote!(rt::Function::UpperHex),
        Function::Base64 => quote!(rt::Function::Base64),
        Function::Rfc3986 => quote!(rt::Function::Rfc3986),
        Function::Form => quote!(rt::Function::Form),
        Function::Lower => quote!(rt::Function::Lower),
        Function::Upper => quote!(rt::Function::Upper),
        Function::First(count) => {
            let count = number(count as u64);
            quote!(rt::Function::First(#count))
        }
    }
}
