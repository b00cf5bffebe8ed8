//! Which methods of a page are imported, and under which names.

use crate::decode::Refused;
use crate::outline::{About, Chapter, method_of};

/// Keeps the chapter of the method that the caller names. If a page does not name its method, it is
/// about a single method. Its name comes from the caller, or else from a class in sample code.
pub(crate) fn select(chapters: &mut Vec<Chapter>, named: Option<&str>) -> Result<(), Refused> {
    let names: Vec<String> = chapters
        .iter()
        .filter_map(|chapter| chapter.method.as_ref())
        .map(|(name, _, _)| name.clone())
        .collect();
    let is_field = |about: &About| matches!(about, About::Request | About::Response);
    match (names.as_slice(), named) {
        ([], named) => {
            let class = chapters
                .iter()
                .flat_map(|chapter| &chapter.classes)
                .next()
                .map(|class| method_of(class));
            let has_method = chapters.iter().any(|chapter| {
                !chapter.samples.is_empty()
                    || chapter.tables.iter().any(|(about, _)| is_field(about))
            });
            let Some(name) = named.map(str::to_owned).or(class) else {
                return if has_method { Err(Refused::NoMethod) } else { Ok(()) };
            };
            if let Some(chapter) = chapters.first_mut() {
                chapter.method = Some((name, String::new(), 0));
            }
        }
        ([_], None) => {}
        ([_], Some(name)) => {
            for chapter in chapters.iter_mut() {
                if let Some((own, _, _)) = &mut chapter.method {
                    name.clone_into(own);
                }
            }
        }
        (_, None) => {}
        (names, Some(name)) => {
            if !names.iter().any(|known| known == name) {
                return Err(Refused::SeveralMethods { names: names.to_vec() });
            }
            chapters
                .retain(|chapter| chapter.method.as_ref().is_none_or(|(own, _, _)| own == name));
        }
    }
    // Everything before the heading of the only method belongs to this method.
    let methods = chapters.iter().filter(|chapter| chapter.method.is_some()).count();
    if methods == 1 && chapters.len() > 1 {
        let mut first = chapters.remove(0);
        if let Some(only) = chapters.first_mut() {
            first.tables.append(&mut only.tables);
            first.samples.append(&mut only.samples);
            first.urls.append(&mut only.urls);
            first.verb = only.verb.take().or(first.verb);
            first.method = only.method.take();
            *only = first;
        }
    }
    Ok(())
}
