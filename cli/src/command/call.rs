//! `gatespec call`: one call, signed and sent by the spec alone.

mod arguments;
mod client;
mod exit;
mod fields;
mod json;
mod sent;
mod text;
mod windows;

pub(super) use arguments::Call;

use super::given::{self, Wanted};
use super::stop::Stop;
use super::{specs, terminal};
use arguments::Format;
use bumpalo::Bump;
use client::Caller;
use gatespec_codegen::Answered;
use gatespec_codegen::model::Method;
use gatespec_codegen::request::{Ask, TypedRequest};
use gatespec_runtime::Error;
use gatespec_runtime::split::Window;
use json::{Head, Part};
use sent::Sent;
use std::process::ExitCode;
use windows::Split;

pub(super) fn run(arguments: &Call) -> ExitCode {
    Session::new(arguments).and_then(Session::run).unwrap_or_else(Stop::say)
}

/// A call, ready to be sent.
struct Session<'a> {
    arguments: &'a Call,
    ask: Ask<'static>,
    method: &'static Method,
    caller: Caller,
    request: TypedRequest<'static>,
    is_text: bool,
}

impl<'a> Session<'a> {
    fn new(arguments: &'a Call) -> Result<Session<'a>, Stop> {
        // The client's facts live as long as the process, and so does what they are made of.
        let model = Box::leak(Box::new(specs::model(&arguments.specs)?));
        let arena: &'static Bump = Box::leak(Box::default());
        let json = arguments.json.as_deref().map(|file| given::file("--json", file)).transpose()?;
        let wanted = Wanted {
            platform: &arguments.platform,
            method: &arguments.method,
            values: &arguments.values,
            json: json.as_deref(),
            raw: None,
            caller: &arguments.caller,
            input_is_taken: arguments.json.as_deref().is_some_and(given::is_input),
        };
        let (ask, clock) = given::ask(&wanted, model, arena)?;
        let caller = Caller::new(arguments, &ask, clock, arena)?;
        let request = ask.typed_request()?;
        let is_text = match arguments.format {
            Some(format) => format == Format::Text,
            None => terminal::is_shown(),
        };
        let Some(method) = ask.method else { return Err(Stop::usage("no spec has the method")) };
        Ok(Session { arguments, ask, method, caller, request, is_text })
    }

    fn run(mut self) -> Result<ExitCode, Stop> {
        for note in given::doubts(&self.ask.credentials) {
            terminal::note(&note);
        }
        let name = (self.ask.platform.id.as_str(), self.ask.name);
        match Split::of(self.arguments, name, &self.request)? {
            Some(split) => self.all(split),
            None => Ok(self.one(None, &terminal::Progress::none())),
        }
    }

    /// Sends every window that is not done yet, until one fails.
    fn all(&mut self, mut split: Split) -> Result<ExitCode, Stop> {
        let (done, total) = (split.done(), split.total());
        terminal::note(&match done {
            0 => format!("the range is split into {total} windows"),
            done => format!("{done} of {total} windows are done already"),
        });
        let progress = match self.arguments.dry_run {
            true => terminal::Progress::none(),
            false => terminal::Progress::of(done, total),
        };
        for window in split.remaining() {
            self.request.set_window(&window);
            let code = self.one(self.part(&window, total), &progress);
            if code != ExitCode::SUCCESS {
                drop(progress);
                terminal::note(&self.stopped(&split, &window));
                return Ok(code);
            }
            if !self.arguments.dry_run {
                split.finish(&window, self.arguments.cursor.as_deref())?;
                progress.set(split.done());
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn part(&self, window: &Window, of: u64) -> Option<Part> {
        let format = self.request.range_rule()?.format;
        let (from, to) = (format.format(window.from), format.format(window.to));
        Some(Part { number: window.index + 1, of, from, to })
    }

    /// How to go on behind a window that failed.
    fn stopped(&self, split: &Split, window: &Window) -> String {
        let (done, total) = (split.done(), split.total());
        let how = match (&self.arguments.cursor, self.request.range_rule()) {
            (None, Some(rule)) => {
                let from = rule.format.format(window.from);
                format!("begin with {}='{from}' to go on, or use --cursor FILE", rule.fields[0])
            }
            _ => "the same command goes on from here".to_owned(),
        };
        format!("{done} of {total} windows are done; {how}")
    }

    /// One request: printed, or sent and its answer printed.
    fn one(&self, window: Option<Part>, progress: &terminal::Progress) -> ExitCode {
        let head = Head { method: self.caller.method, window };
        let call = self.caller.call(&self.ask, &self.request);
        if self.arguments.dry_run {
            let prepared = call.prepare().map(|prepared| Sent::new(&prepared, &self.caller.url));
            return self.print(
                &head,
                progress,
                prepared.map(|sent| match self.is_text {
                    true => text::request(&head, &sent),
                    false => head.request(&sent),
                }),
            );
        }
        let returns = &self.method.returns;
        let answer = call.send(|value, into: &mut Answered<'static>| {
            into.read(self.ask.platform, returns, value)
        });
        self.print(
            &head,
            progress,
            answer.map(|answer| match self.is_text {
                true => text::answer(&head, (self.ask.platform, self.method), &answer),
                false => head.answer(&answer),
            }),
        )
    }

    fn print(
        &self,
        head: &Head<'_>,
        progress: &terminal::Progress,
        outcome: Result<String, Error>,
    ) -> ExitCode {
        let (text, error) = match outcome {
            Ok(text) => (Some(text), None),
            Err(error) => ((!self.is_text).then(|| head.error(&error)), Some(error)),
        };
        progress.aside(|| {
            let written = text.is_none_or(|text| terminal::out(&text));
            match &error {
                Some(error) => {
                    terminal::err(&text::error(head, error));
                    exit::code(error.kind())
                }
                None if written => ExitCode::SUCCESS,
                None => ExitCode::FAILURE,
            }
        })
    }
}
