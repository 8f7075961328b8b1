//! How the parts of an OOXML package refer to each other: by relationships, not by fixed names.

use super::{
    archive::Archive,
    xml::{Met, walk},
};
use crate::layout::{limits::Limits, refusal::Refusal};

/// A relationship of a part to another one.
#[derive(Clone, Debug, Default)]
pub(super) struct Relation {
    /// The name by which the part refers to it.
    pub id: String,
    /// The last part of its type: `styles`, `worksheet`.
    pub kind: String,
    /// The other part's name in the package.
    pub target: String,
}

/// The relationships of a part; those of the package itself where `part` is empty.
pub(super) fn of(archive: &mut Archive<'_>, part: &str, limits: &Limits) -> Result<Vec<Relation>, Refusal> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{slash}_rels/{file}.rels");
    let mut relations = Vec::new();
    let Some(bytes) = archive.read(&name)? else {
        return Ok(relations);
    };
    walk(&bytes, &name, limits, |met| {
        if let Met::Open(element) = met
            && element.name == "Relationship"
            && element.attribute("TargetMode").as_deref() != Some("External")
        {
            let kind = element.text("Type");
            relations.push(Relation {
                id: element.text("Id"),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolved(folder, &element.text("Target")),
            });
        }
        Ok(())
    })?;
    Ok(relations)
}

/// The package's main part; `usual` where it names none.
pub(super) fn main_part(archive: &mut Archive<'_>, usual: &str, limits: &Limits) -> Result<String, Refusal> {
    let relations = of(archive, "", limits)?;
    let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
    Ok(main.map(|relation| relation.target).filter(|target| archive.has(target)).unwrap_or_else(|| usual.to_owned()))
}

/// The part of a kind; `usual` where no relationship names one that is there.
pub(super) fn part_of(archive: &Archive<'_>, relations: &[Relation], kind: &str, usual: &str) -> String {
    let own = relations.iter().find(|relation| relation.kind == kind && archive.has(&relation.target));
    own.map_or_else(|| usual.to_owned(), |relation| relation.target.clone())
}

/// A target as a name in the package: relative to the folder of the part that refers to it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut names: Vec<&str> = Vec::new();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." => _ = names.pop(),
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_the_part_that_names_them() {
        for (folder, target, name) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("xl", r"worksheets\sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "word/document.xml", "word/document.xml"),
        ] {
            assert_eq!(resolved(folder, target), name);
        }
    }
}
