//! `gatespec call`: signs and sends one call, guided by its spec alone.

mod arguments;
mod cursor;
mod fields;
mod json;
mod text;
mod windows;

pub(super) use arguments::Call;

use super::given::{self, Format, Wanted};
use super::listing;
use super::specs::Specs;
use super::stop::Stop;
use super::terminal;
use bumpalo::Bump;
use gatespec_inspect::request::{Ask, TypedRequest};
use gatespec_language::model::{Gateway, Method};
use gatespec_language::{Answered, Expected};
use gatespec_runtime::client::RetryPolicy;
use gatespec_runtime::client::blocking::ClientBuilder;
use gatespec_runtime::split::Window;
use gatespec_runtime::{DateTime, Error, Validate};
use gatespec_tool::call::{Caller, MaskedRequest, Target, step};
use gatespec_tool::guard;
use json::{Head, WindowNumber};
use std::process::ExitCode;
use std::sync::Arc;
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
    arena: &'static Bump,
    is_text: bool,
}

impl<'a> Session<'a> {
    fn new(arguments: &'a Call) -> Result<Session<'a>, Stop> {
        // The client needs facts that are `'static`, so the specs and their arena are leaked.
        let specs = Box::leak(Box::new(Specs::load(
            arguments.caller.specs.as_deref(),
            Some(&arguments.platform),
        )?));
        let arena: &'static Bump = Box::leak(Box::default());
        let Some(method) = &arguments.method else {
            return Err(listing::no_method(specs, &arguments.platform));
        };
        let json = arguments.json.as_deref().map(|file| given::file("--json", file)).transpose()?;
        let wanted = Wanted {
            platform: &arguments.platform,
            method,
            json: json.as_deref(),
            raw: None,
            unsigned: true,
            caller: &arguments.caller,
            input_is_taken: arguments.json.as_deref().is_some_and(given::is_input),
        };
        let (ask, clock) = given::ask(&wanted, specs, arena)?;
        let Some(method) = ask.method else {
            return Err(Stop::usage(format!("no spec has the method `{}`", ask.name)));
        };
        let caller = caller(arguments, (&ask, method), clock, arena)?;
        let request = ask.typed_request(arena)?;
        let is_text = match arguments.format {
            Some(format) => format == Format::Text,
            None => terminal::is_shown(),
        };
        Ok(Session { arguments, ask, method, caller, request, arena, is_text })
    }

    fn run(mut self) -> Result<ExitCode, Stop> {
        let doubts = given::doubts(&self.ask.credentials);
        doubts.into_iter().chain(self.idle_rules()).for_each(|doubt| terminal::note(&doubt));
        let method = self.caller.method;
        match Split::of(self.arguments, (&self.ask, method), &self.request)? {
            Some(split) => self.all(split),
            None => Ok(self.one(None, &terminal::Progress::none())),
        }
    }

    /// Sends every window that is not done, and stops at the first failure.
    fn all(&mut self, mut split: Split) -> Result<ExitCode, Stop> {
        let (done, total) = (split.done(), split.total());
        match (done, total) {
            (0, 1) => {}
            (0, total) => terminal::note(&format!("the range is split into {total} windows")),
            (1, 1) => terminal::note("the whole range is already done; nothing to send"),
            (done, total) if done == total => {
                terminal::note(&format!("all {total} windows are already done; nothing to send"));
            }
            (done, total) => terminal::note(&format!("{done} of {total} windows are already done")),
        }
        let progress = match self.arguments.dry_run {
            true => terminal::Progress::none(),
            false => terminal::Progress::of(done, total),
        };
        while let Some(window) = split.next() {
            self.request.set_window(&window);
            let number = self.part(&window, total);
            let range = number.as_ref().map(|one| format!("{} to {}", one.from, one.to));
            let code = self.one(number, &progress);
            if code != ExitCode::SUCCESS {
                drop(progress);
                terminal::note(&self.stopped(&split, &window));
                return Ok(code);
            }
            split.finish(&window, &range.unwrap_or_default())?;
            progress.set(split.done());
        }
        Ok(ExitCode::SUCCESS)
    }

    fn part(&self, window: &Window, of: u64) -> Option<WindowNumber> {
        let format = self.request.range_rule()?.format;
        let (from, to) = (format.format(window.from), format.format(window.to));
        Some(WindowNumber { number: window.index + 1, of, from, to })
    }

    /// Says how to continue after a window failed.
    fn stopped(&self, split: &Split, window: &Window) -> String {
        let (done, total) = (split.done(), split.total());
        if done == 0 {
            return format!("none of {total} windows is done");
        }
        let how = match (&self.arguments.cursor, self.request.range_rule()) {
            (None, Some(rule)) => {
                let from = rule.format.format(window.from);
                let field = rule.fields[0];
                format!(
                    "to continue, start with {field}='{from}'; --cursor FILE remembers the progress"
                )
            }
            _ => "run the same command to continue from here".to_owned(),
        };
        format!("{done} of {total} windows are done; {how}")
    }

    /// Returns messages about rules in `--without-rule` that do not exist, or that the request does
    /// not violate.
    fn idle_rules(&self) -> Vec<String> {
        let broken = self.request.violations();
        let is_idle =
            |rule: &&String| broken.iter().all(|one| one.kind() != *rule && one.rule() != **rule);
        let idle = self.arguments.without_rule.iter().filter(is_idle);
        idle.map(|rule| {
            format!("the request does not break a rule `{rule}`: --without-rule has no effect")
        })
        .collect()
    }

    /// Handles one request: prints it, or sends it and prints the answer.
    fn one(&self, window: Option<WindowNumber>, progress: &terminal::Progress) -> ExitCode {
        let head = Head { method: self.caller.method, window };
        let call = self.caller.call(self.ask.overrides.clone(), &self.request);
        if self.arguments.dry_run {
            let prepared =
                call.prepare().map(|prepared| MaskedRequest::new(&prepared, &self.caller.url));
            return self.print(
                &head,
                progress,
                prepared.map(|sent| match self.is_text {
                    true => text::request(&head, &sent),
                    false => head.request(&sent),
                }),
            );
        }
        let expected = Expected::of(self.ask.platform, &self.method.returns, self.arena);
        let answer = call.send(|value, into: &mut Answered<'static>| into.read(&expected, value));
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
        // An answer is printed as received. In everything else, secrets are masked wherever they
        // occur.
        let harmless =
            |text: String| guard::explained((self.ask.gateway, &self.ask.credentials), &text);
        let (text, error) = match outcome {
            Ok(text) if self.arguments.dry_run => (Some(harmless(text)), None),
            Ok(text) => (Some(text), None),
            Err(error) => ((!self.is_text).then(|| harmless(head.error(&error))), Some(error)),
        };
        progress.aside(|| {
            let written = text.is_none_or(|text| terminal::out(&text));
            match &error {
                Some(error) => {
                    terminal::err(&harmless(text::error(head, error)));
                    ExitCode::from(step(error.kind()).0)
                }
                None if written => ExitCode::SUCCESS,
                None => ExitCode::FAILURE,
            }
        })
    }
}

/// Builds the client of the method.
fn caller(
    arguments: &Call,
    (ask, method): (&Ask<'static>, &'static Method),
    clock: Option<DateTime>,
    arena: &'static Bump,
) -> Result<Caller, Stop> {
    let url = url(arguments, ask.gateway)?;
    let target = Target::new(ask.platform, method, arena);
    let caller = Caller::new(target, &url, ask.credentials.clone(), |mut builder| {
        builder = builder.attempt_timeout(arguments.timeout);
        if arguments.attempts > 1 {
            builder = builder.retry(RetryPolicy::new().attempts(arguments.attempts));
        }
        if let Some(at_most) = arguments.correct_clock {
            builder = builder.correct_clock(at_most);
        }
        if let Some(clock) = clock {
            builder = builder.clock(Arc::new(clock));
        }
        arguments.without_rule.iter().fold(builder, ClientBuilder::without_rule)
    });
    caller.map_err(|error| Stop::usage(error.to_string()))
}

/// Returns the base URL for the call.
fn url(arguments: &Call, gateway: &Gateway) -> Result<String, Stop> {
    if let Some(url) = &arguments.url {
        return Ok(url.clone());
    }
    let undisclosed = |name: &str| {
        Stop::usage(format!("the address of `{name}` is not public: give it with --url URL"))
    };
    let Some(name) = &arguments.environment else {
        let first = gateway.base_url().map(str::to_owned);
        return first.ok_or_else(|| undisclosed(gateway.name));
    };
    match gateway.environments.iter().find(|one| one.name == *name) {
        Some(environment) => environment.url.map(str::to_owned).ok_or_else(|| undisclosed(name)),
        None => {
            let known = gateway.environments.iter().map(|one| one.name.as_str());
            Err(Stop::unknown("environment", name, known))
        }
    }
}
