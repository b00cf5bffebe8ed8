//! The modules of a crate, and the files that their paths lead to.

use gatespec_tests::rust::{Token, end_of_group, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The modules of a crate with their files; the first is the root.
#[derive(Debug, Default)]
pub(crate) struct Crate {
    modules: Vec<Module>,
    /// Macros that `#[macro_export]` makes items of the root, each with the module that defines it.
    macros: BTreeMap<String, usize>,
}

#[derive(Debug, Default)]
struct Module {
    /// The path of the file, relative to the crate's folder.
    file: String,
    /// The path of the module without `crate::`, such as `a::b`.
    name: String,
    parent: usize,
    children: BTreeMap<String, usize>,
    items: BTreeSet<String>,
    imports: Vec<Import>,
    /// All paths outside `use` declarations, with their lines.
    paths: Vec<(Vec<String>, usize)>,
}

#[derive(Debug)]
struct Import {
    path: Vec<String>,
    /// The name that the import has in this module; `*` for a glob.
    name: String,
    public: bool,
    line: usize,
}

/// A use of an item of another file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Use {
    pub line: usize,
    pub path: String,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Item(usize),
    Module(usize),
    Foreign,
}

/// The uses by pairs of modules: the one that uses an item, and the one that has it.
pub(crate) type Uses = BTreeMap<(String, String), BTreeSet<Use>>;

impl Crate {
    /// Reads a crate from its root file.
    pub(crate) fn read(folder: &Path, root: &str) -> Self {
        let mut read = Self::default();
        read.module(folder, Path::new(root), String::new(), 0);
        read
    }

    fn module(&mut self, folder: &Path, file: &Path, name: String, parent: usize) -> usize {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let index = self.modules.len();
        let shown = file.to_str().unwrap().replace('\\', "/");
        self.modules.push(Module { file: shown, name, parent, ..Module::default() });
        let tokens = tokens(&text);
        let (names, exported) = self.modules[index].scan(&tokens);
        self.macros.extend(exported.into_iter().map(|name| (name, index)));
        let inside = match file.file_stem().unwrap().to_str().unwrap() {
            "lib" | "main" | "mod" => file.parent().unwrap().to_path_buf(),
            stem => file.with_file_name(stem),
        };
        for child in names {
            let beside = inside.join(format!("{child}.rs"));
            let beside = if folder.join(&beside).exists() {
                beside
            } else {
                inside.join(&child).join("mod.rs")
            };
            let path = [self.modules[index].name.as_str(), &child];
            let path = path.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            let at = self.module(folder, &beside, path.join("::"), index);
            self.modules[index].children.insert(child, at);
        }
        index
    }

    /// The file of each module.
    pub(crate) fn files(&self) -> BTreeMap<&str, &str> {
        self.modules.iter().map(|module| (module.name.as_str(), module.file.as_str())).collect()
    }

    /// The uses between modules.
    pub(crate) fn uses(&self) -> Uses {
        let mut uses = Uses::new();
        for (at, module) in self.modules.iter().enumerate() {
            let imports = module.imports.iter().map(|one| (&one.path, one.line, one.public));
            let paths = module.paths.iter().map(|(path, line)| (path, *line, false));
            for (path, line, public) in imports.chain(paths) {
                let Target::Item(of) = self.follow(at, path, false, 0) else { continue };
                // Re-exports of a module's own children are not uses.
                if of == at || public && self.is_inside(of, at) {
                    continue;
                }
                let pair = (module.name.clone(), self.modules[of].name.clone());
                uses.entry(pair).or_default().insert(Use { line, path: path.join("::") });
            }
        }
        uses
    }

    fn is_inside(&self, mut module: usize, of: usize) -> bool {
        while module != of && module != 0 {
            module = self.modules[module].parent;
        }
        module == of
    }

    /// Resolves a path that is written in a module. `through`: the path continues, so a module is
    /// preferred to another item of the same name.
    fn follow(&self, from: usize, path: &[String], through: bool, depth: usize) -> Target {
        let mut at = from;
        let mut rest = path;
        let mut own = false;
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "crate" => at = 0,
                "super" => at = self.modules[at].parent,
                "self" => {}
                _ => break,
            }
            own = true;
            rest = after;
        }
        while let Some((name, after)) = rest.split_first() {
            let through = through || !after.is_empty();
            match self.named(at, name, through, depth) {
                Some(Target::Module(child)) => at = child,
                Some(target) => return target,
                // The name comes from a macro, or from a glob import of another crate.
                None if own && !self.opens_foreign(at, depth) => return Target::Item(at),
                None => return Target::Foreign,
            }
            own = true;
            rest = after;
        }
        Target::Module(at)
    }

    fn named(&self, at: usize, name: &str, through: bool, depth: usize) -> Option<Target> {
        let module = &self.modules[at];
        let child = module.children.get(name).map(|&child| Target::Module(child));
        if through && child.is_some() {
            return child;
        }
        if module.items.contains(name) {
            return Some(Target::Item(at));
        }
        let import = module.imports.iter().find(|one| one.name == name);
        if let (Some(import), true) = (import, depth < 16) {
            return Some(self.follow(at, &import.path, through, depth + 1));
        }
        let exported = self.macros.get(name).filter(|_| at == 0);
        child.or_else(|| exported.map(|&of| Target::Item(of))).or_else(|| {
            let globs = module.imports.iter().filter(|one| one.name == "*" && depth < 16);
            let mut inside = globs.map(|glob| self.follow(at, &glob.path, true, depth + 1));
            inside.find_map(|target| match target {
                Target::Module(inside) => self.named(inside, name, through, depth + 1),
                _ => None,
            })
        })
    }

    /// Whether a name that is not found may come from another crate.
    fn opens_foreign(&self, at: usize, depth: usize) -> bool {
        let mut globs = self.modules[at].imports.iter().filter(|one| one.name == "*");
        globs.any(|glob| self.follow(at, &glob.path, true, depth + 1) == Target::Foreign)
    }
}

impl Module {
    /// Reads the items, imports and paths of a file. Returns the names of its modules and of its
    /// exported macros.
    fn scan(&mut self, tokens: &[Token<'_>]) -> (Vec<String>, Vec<String>) {
        let (mut modules, mut exported) = (Vec::new(), Vec::new());
        let word = |at: usize| tokens.get(at).map_or("", |token| token.text);
        let mut depth = 0;
        let mut at = 0;
        while at < tokens.len() {
            let next = word(at + 1);
            match word(at) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                "use" => {
                    let public = at > 0 && matches!(word(at - 1), "pub" | ")");
                    at = self.import(tokens, at + 1, &[], public);
                }
                "mod" if depth == 0 && word(at + 2) == ";" => modules.push(next.to_owned()),
                "macro_rules" if depth == 0 && next == "!" => {
                    self.items.insert(word(at + 2).to_owned());
                    if at > 1 && word(at - 2) == "macro_export" {
                        exported.push(word(at + 2).to_owned());
                    }
                }
                "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static"
                    if depth == 0 && is_name(next) =>
                {
                    self.items.insert(next.to_owned());
                }
                first if is_name(first) && next == "::" && (at == 0 || word(at - 1) != "::") => {
                    let mut path = vec![first.to_owned()];
                    let line = tokens[at].line;
                    while word(at + 1) == "::" && is_name(word(at + 2)) {
                        at += 2;
                        path.push(word(at).to_owned());
                    }
                    self.paths.push((path, line));
                }
                _ => {}
            }
            at += 1;
        }
        (modules, exported)
    }

    /// Reads one branch of a `use` declaration. Returns the position after it.
    fn import(
        &mut self,
        tokens: &[Token<'_>],
        mut at: usize,
        base: &[String],
        public: bool,
    ) -> usize {
        let mut path = base.to_vec();
        let line = tokens[at].line;
        while let Some(token) = tokens.get(at) {
            match token.text {
                "::" => {}
                "{" => {
                    let end = end_of_group(tokens, at);
                    at += 1;
                    while at < end - 1 {
                        at = self.import(tokens, at, &path, public);
                        if tokens[at].text == "," {
                            at += 1;
                        }
                    }
                    return end;
                }
                "*" => {
                    self.imports.push(Import { path, name: "*".to_owned(), public, line });
                    return at + 1;
                }
                name if is_name(name) => path.push(name.to_owned()),
                _ => break,
            }
            at += 1;
            if tokens.get(at).is_some_and(|token| token.text == "as") {
                let name = tokens[at + 1].text.to_owned();
                self.imports.push(Import { path, name, public, line });
                return at + 2;
            }
        }
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        let name = path.last().cloned().unwrap_or_default();
        self.imports.push(Import { path, name, public, line });
        at
    }
}

fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || c == '_') && !word.is_empty() && word != "mut"
}
