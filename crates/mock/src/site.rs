//! The compiled specs, and everything that is derived from them once.

use std::collections::BTreeSet;
use std::path::PathBuf;

use gatespec_language::diagnostic::Sink;
use gatespec_language::model::{Gateway, Method, Model, Platform};
use gatespec_language::source::{self, SourceMap};
use gatespec_language::{Usable, analyse, analyse_each, report};
use gatespec_protocol::{CredentialSet, Spec};

use crate::credentials::accepted;
use crate::entrance;
use crate::likeness::Likeness;
use crate::sample::Sample;

/// The model of all platforms, prepared for serving.
pub(crate) struct Site {
    pub(crate) model: Model,
    /// The credentials of each platform, in the model's order.
    pub(crate) credentials: Vec<CredentialSet>,
    /// The addresses of all gateways, the longest prefix first.
    mounts: Vec<Mount>,
    /// The example of each method, by platform, in the model's order.
    samples: Vec<Vec<Option<Sample>>>,
    /// The likeness of each gateway, by platform, in the model's order.
    likenesses: Vec<Vec<Likeness>>,
}

/// The address of a gateway.
#[derive(Debug, Clone)]
pub(crate) struct Mount {
    /// `/<platform>` or `/<platform>/<gateway>`.
    prefix: String,
    /// The path of the gateway's own base URL.
    own: String,
    platform: usize,
    pub(crate) gateway: usize,
}

impl Mount {
    fn address(&self) -> String {
        format!("{}{}", self.prefix, self.own)
    }
}

/// A gateway that a request is sent to.
#[derive(Clone, Copy)]
pub(crate) struct Target<'s, 'r> {
    pub(crate) platform: &'s Platform,
    pub(crate) gateway: &'s Gateway,
    /// The index of the gateway in its platform.
    pub(crate) index: usize,
    pub(crate) credentials: &'s CredentialSet,
    /// The path after the gateway's address.
    pub(crate) path: &'r str,
    mount: &'s Mount,
    samples: &'s [Option<Sample>],
    pub(crate) likeness: &'s Likeness,
}

impl<'s> Target<'s, '_> {
    pub(crate) fn method(&self, name: &str) -> Option<&'s Method> {
        let mut methods = self.platform.methods.iter();
        methods.find(|method| method.gateway == self.index && method.name == name)
    }

    pub(crate) fn sample(&self, method: &Method) -> Option<&'s Sample> {
        let methods = &self.platform.methods;
        let at =
            methods.iter().position(|one| one.name == method.name && one.gateway == self.index);
        self.samples.get(at?)?.as_ref()
    }

    /// The verbs and paths of the gateway's calls.
    pub(crate) fn entrances(&self) -> Vec<String> {
        let address = self.mount.address();
        let calls = entrance::of(self.platform, self.gateway, &address);
        if calls.is_empty() { vec![address] } else { calls }
    }

    /// Whether the path is the gateway's bare address, to which no method's calls go.
    pub(crate) fn is_bare(&self) -> bool {
        let address = self.mount.address();
        let calls = entrance::of(self.platform, self.gateway, &address);
        let at_the_address = |call: &String| call.ends_with(&format!(" {address}"));
        matches!(self.path, "" | "/") && !calls.is_empty() && !calls.iter().any(at_the_address)
    }
}

/// Where the specs are.
#[derive(Debug)]
pub(crate) enum Specs {
    Folder(PathBuf),
    Carried(Vec<Spec<'static>>),
}

/// Reads the specs. Errors are reported to the returned sink.
pub(crate) fn read(specs: &Specs) -> (SourceMap, Sink) {
    let mut sink = Sink::default();
    let sources = match specs {
        Specs::Folder(folder) => source::load(folder, &mut sink),
        Specs::Carried(specs) => SourceMap::default().with_carried(specs),
    };
    (sources, sink)
}

impl Site {
    /// Compiles the platforms that are usable. Returns the errors of the others, if there are any.
    /// Fails with the compiler's report if no platform is usable.
    pub(crate) fn compile_each(
        sources: &SourceMap,
        sink: Sink,
        own: &[(String, String, String)],
        root: Option<&str>,
    ) -> Result<(Site, Option<String>), String> {
        let Usable { model, wrong } = analyse_each(sources);
        let unread = sink.into_sorted();
        let all: Vec<_> =
            unread.into_iter().chain(wrong.into_iter().flat_map(|one| one.diagnostics)).collect();
        let problem = (!all.is_empty()).then(|| report::report(sources, &all, false));
        match problem {
            Some(problem) if model.platforms.is_empty() => Err(problem),
            problem => Ok((Site::of(model, own, root), problem)),
        }
    }

    /// Compiles the specs. Fails with the compiler's report.
    pub(crate) fn compile(
        sources: &SourceMap,
        mut sink: Sink,
        own: &[(String, String, String)],
        root: Option<&str>,
    ) -> Result<Site, String> {
        let model = if sink.has_errors() { None } else { analyse(sources, &mut sink) };
        match model {
            Some(model) => Ok(Site::of(model, own, root)),
            None => Err(report::report(sources, &sink.into_sorted(), false)),
        }
    }

    fn of(model: Model, own: &[(String, String, String)], root: Option<&str>) -> Site {
        let credentials: Vec<_> =
            model.platforms.iter().map(|platform| accepted(platform, own)).collect();
        let mut mounts = Vec::new();
        for (at, platform) in model.platforms.iter().enumerate() {
            for (index, gateway) in platform.gateways.iter().enumerate() {
                let id = &platform.id;
                let base = if root == Some(id) { String::new() } else { format!("/{id}") };
                // Gateways with the same base URL share a prefix; the method tells them apart.
                let shares = |one: &Gateway| {
                    one.base_url().is_some() && one.base_url() == gateway.base_url()
                };
                let prefix = match platform.gateways.iter().position(shares).unwrap_or(index) {
                    0 => base,
                    first => format!("{base}/{}", platform.gateways[first].name),
                };
                let own = own_path(gateway);
                mounts.push(Mount { prefix, own, platform: at, gateway: index });
            }
        }
        mounts.sort_by_key(|mount| std::cmp::Reverse(mount.prefix.len()));
        let samples = model.platforms.iter().zip(&credentials).map(|(platform, ours)| {
            platform.methods.iter().map(|method| Sample::of(method, ours)).collect()
        });
        let samples = samples.collect();
        let of_platform = |platform: &Platform| {
            (0..platform.gateways.len()).map(|index| Likeness::of(platform, index)).collect()
        };
        let likenesses = model.platforms.iter().map(of_platform).collect();
        Site { model, credentials, mounts, samples, likenesses }
    }

    /// The gateways at the address of a path; several if they share the address.
    pub(crate) fn targets<'s, 'r>(&'s self, path: &'r str) -> Vec<Target<'s, 'r>> {
        let found = self.mounts.iter().find(|mount| below(&mount.prefix, path).is_some());
        let same = |mount: &&Mount| {
            found.is_some_and(|one| (&one.prefix, one.platform) == (&mount.prefix, mount.platform))
        };
        let mounts = self.mounts.iter().filter(same);
        let target = |mount: &'s Mount| {
            let rest = below(&mount.prefix, path)?;
            let platform = &self.model.platforms[mount.platform];
            let gateway = &platform.gateways[mount.gateway];
            let rest = below(&mount.own, rest).unwrap_or(rest);
            Some(Target {
                mount,
                platform,
                gateway,
                index: mount.gateway,
                credentials: &self.credentials[mount.platform],
                path: if rest == "/" && gateway.path.is_empty() { "" } else { rest },
                samples: &self.samples[mount.platform],
                likeness: &self.likenesses[mount.platform][mount.gateway],
            })
        };
        mounts.filter_map(target).collect()
    }

    /// All gateways, each as platform, gateway and path of the gateway's address.
    pub(crate) fn addresses(&self) -> Vec<(&Platform, &Gateway, String)> {
        let mut all: Vec<_> = self.mounts.iter().collect();
        all.sort_by_key(|mount| (mount.platform, mount.gateway));
        let address = |mount: &Mount| {
            let platform = &self.model.platforms[mount.platform];
            (platform, &platform.gateways[mount.gateway], mount.address())
        };
        all.into_iter().map(address).collect()
    }

    /// The methods of a platform.
    pub(crate) fn methods(&self, id: &str) -> Result<&[Method], String> {
        Ok(&self.model.platforms[self.expect(id)?].methods)
    }

    /// Checks that the platforms have these credentials.
    pub(crate) fn expect_credentials(
        &self,
        own: &[(String, String, String)],
    ) -> Result<(), String> {
        own.iter().try_for_each(|(id, name, _)| {
            let gateways = self.model.platforms[self.expect(id)?].gateways.iter();
            let known: BTreeSet<_> =
                gateways.flat_map(|one| &one.credentials).map(|one| one.name).collect();
            if known.contains(name.as_str()) {
                return Ok(());
            }
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            Err(format!("platform `{id}` has no credential `{name}`; it has {known}"))
        })
    }

    /// The index of a platform. The error lists the known platforms.
    fn expect(&self, id: &str) -> Result<usize, String> {
        self.platform(id).ok_or_else(|| {
            let known: Vec<_> = self.model.platforms.iter().map(|one| one.id.as_str()).collect();
            format!("there is no platform `{id}`; the platforms are {}", known.join(", "))
        })
    }

    /// The index of the platform with this id.
    pub(crate) fn platform(&self, id: &str) -> Option<usize> {
        self.model.platforms.iter().position(|platform| platform.id == id)
    }
}

/// Returns the rest of a path after a prefix; `None` if the path does not begin with the prefix, or
/// the prefix does not end at a segment boundary.
fn below<'r>(prefix: &str, path: &'r str) -> Option<&'r str> {
    let rest = path.strip_prefix(prefix)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// The path of the gateway's base URL, without a trailing slash.
fn own_path(gateway: &Gateway) -> String {
    let Some(url) = gateway.base_url() else { return String::new() };
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    let path = behind.find('/').map_or("", |at| &behind[at..]);
    path.trim_end_matches('/').to_owned()
}
