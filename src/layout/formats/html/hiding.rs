//! What a page's styles may hide: rules of style sheets are not applied as a browser would, but what one of them
//! may hide is in doubt.

use std::collections::HashSet;

use scraper::{Html, Node, node::Element};

/// The names of elements whose content a style sheet may hide, or add to.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// `.class`, `#id` and `element`; `*` for all.
    names: HashSet<String>,
    /// Whether they may give colours: those of a file of their own aren't known.
    pub paint: bool,
}

fn is_sheet(element: &Element) -> bool {
    element.name() == "link" && element.attr("rel").is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet"))
}

impl Sheets {
    /// Reads the style sheets of a page.
    pub fn of(page: &Html) -> Self {
        let mut sheets = Self::default();
        for node in page.tree.nodes() {
            if matches!(node.value(), Node::Element(element) if element.name() == "style") {
                let text: String =
                    node.children().filter_map(|node| Some(node.value().as_text()?.to_string())).collect();
                let rules = normal(&text);
                sheets.paint |= rules.contains("color:") || rules.contains("background");
                sheets.read(&rules);
            }
            sheets.paint |= matches!(node.value(), Node::Element(element) if is_sheet(element));
        }
        sheets
    }

    /// Reads the rules of a sheet. Those for printing, and those for what a reader does, are left out.
    fn read(&mut self, css: &str) {
        let mut rest = css;
        let mut skipped: usize = 0;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, behind) = rest.split_at(at);
            rest = &behind[1..];
            if behind.starts_with('}') {
                skipped = skipped.saturating_sub(1);
                continue;
            }
            let selectors = before.rsplit([';', '}']).next().unwrap_or_default();
            if selectors.starts_with('@') || skipped > 0 {
                skipped += usize::from(skipped > 0 || selectors.contains("print"));
                continue;
            }
            let (declarations, behind) = rest.split_once('}').unwrap_or((rest, ""));
            rest = behind;
            self.rule(selectors, declarations);
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        for selector in selectors.split(',') {
            let added = selector.contains(":before") || selector.contains(":after");
            let waits =
                [":hover", ":focus", ":active", ":target", ":checked"].iter().any(|state| selector.contains(state));
            let hides = if added { adds_text(declarations) } else { hides(declarations) };
            if hides && !waits {
                // White space is gone, and with it the combinator of descendants: all names count.
                let selector = selector.split(':').next().unwrap_or_default();
                self.names.extend(names_in(selector));
            }
        }
    }

    /// Whether the content of an element of this name, identifier and classes may not be what a reader sees.
    pub fn may_hide(&self, element: &str, id: Option<&str>, classes: Option<&str>) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let has = |mark: &str, name: &str| self.names.contains(&format!("{mark}{}", name.to_ascii_lowercase()));
        self.names.contains(element)
            || self.names.contains("*")
            || id.is_some_and(|id| has("#", id))
            || classes.is_some_and(|own| own.split_ascii_whitespace().any(|class| has(".", class)))
    }
}

/// The names of a selector: its classes and identifiers, or else its element.
fn names_in(selector: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, _) in selector.match_indices(['.', '#']) {
        let end =
            selector[at + 1..].find(['.', '#', '>', '+', '~', '[', '*']).map_or(selector.len(), |end| at + 1 + end);
        names.push(selector[at..end].to_owned());
    }
    if names.is_empty() {
        names.extend(selector.rsplit(['>', '+', '~']).next().map(str::to_owned));
    }
    // Of several the last names the element that is meant.
    names.pop().into_iter().collect()
}

/// A style as it is compared: without comments, escapes and white space, in lower case.
pub(super) fn normal(css: &str) -> String {
    let mut normal = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        normal.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, behind)| behind);
    }
    normal.push_str(rest);
    let mut plain = String::with_capacity(normal.len());
    let mut chars = normal.chars().peekable();
    while let Some(char) = chars.next() {
        if char != '\\' {
            plain.extend(char.to_lowercase().filter(|char| !char.is_whitespace()));
            continue;
        }
        let mut code = 0;
        let mut digits = 0;
        while let Some(digit) = chars.peek().and_then(|char| char.to_digit(16)).filter(|_| digits < 6) {
            (code, digits) = (code * 16 + digit, digits + 1);
            chars.next();
        }
        if digits > 0 {
            chars.next_if(|char| char.is_whitespace());
            plain.extend(char::from_u32(code).into_iter().flat_map(char::to_lowercase));
        }
    }
    plain
}

/// Whether declarations, in normal form, may keep a text from being seen.
pub(super) fn hides(declarations: &str) -> bool {
    let (mut is_cut_off, mut is_tiny) = (false, false);
    for (property, value) in declarations.split(';').filter_map(|own| own.split_once(':')) {
        let value = value.trim_end_matches("!important");
        match property {
            "overflow" => is_cut_off |= matches!(value, "hidden" | "clip"),
            "height" | "width" | "max-height" | "max-width" => is_tiny |= tiny(value),
            "color" if white(value) && !declarations.contains("background") => return true,
            _ if hides_by_itself(property, value) => return true,
            _ => {}
        }
    }
    is_cut_off && is_tiny
}

/// Whether a declaration alone may keep a text from being seen.
fn hides_by_itself(property: &str, value: &str) -> bool {
    match property {
        "display" => value == "none",
        "visibility" => matches!(value, "hidden" | "collapse"),
        "content-visibility" => value == "hidden",
        "opacity" => nothing(value),
        "font-size" => tiny(value),
        "font" => value.starts_with('0'),
        "filter" => value.contains("opacity(0"),
        "clip" => value.starts_with("rect("),
        "clip-path" => value != "none",
        "transform" => value.contains("scale(0") || value.contains("(-9") || value.contains("(-1000"),
        "text-indent" | "left" | "top" | "right" | "margin-left" | "margin-top" => {
            number(value).is_some_and(|number| number <= -99.0)
        }
        "color" | "-webkit-text-fill-color" => clear(value),
        "mso-hide" => value == "all",
        _ => false,
    }
}

fn nothing(value: &str) -> bool {
    number(value).is_some_and(|number| number <= 0.05)
}

/// So small that nobody reads it, or nothing at all.
fn tiny(value: &str) -> bool {
    let is_absolute = !value.ends_with("em") && !value.ends_with('%');
    nothing(value) || number(value).is_some_and(|number| number <= 1.0 && is_absolute)
}

fn white(value: &str) -> bool {
    matches!(value, "#fff" | "#ffffff" | "white" | "rgb(255,255,255)")
}

/// Whether what is behind a text shows through it: the last of four parts of a colour is how dense it is.
fn clear(value: &str) -> bool {
    let parts = || value.trim_end_matches(')').split(['(', ',', '/']);
    match value.strip_prefix('#') {
        Some(hex) if hex.len() == 4 => hex.ends_with('0'),
        Some(hex) if hex.len() == 8 => hex.ends_with("00"),
        Some(_) => false,
        None if value.contains('/') || parts().count() == 5 => parts().next_back().is_some_and(nothing),
        None => value == "transparent",
    }
}

/// Whether declarations for `::before` or `::after` add a text.
fn adds_text(declarations: &str) -> bool {
    let content = declarations.split(';').find_map(|own| own.strip_prefix("content:"));
    content.is_some_and(|content| content.contains("attr(") || content.chars().any(|char| char.is_numeric()))
}

/// The number with which a value begins.
fn number(value: &str) -> Option<f32> {
    let end =
        value.find(|char: char| !char.is_ascii_digit() && !matches!(char, '.' | '-' | '+')).unwrap_or(value.len());
    value[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_that_keep_text_from_being_seen_are_known() {
        for style in [
            "display:/**/none",
            "d\\69splay: none !important",
            "font-size: 0",
            "font-size:0px",
            "font-size: 1px",
            "OPACITY:0.0",
            "visibility : collapse",
            "position:absolute; left:-9999px",
            "text-indent:-999em",
            "height:0;overflow:hidden",
            "color:#FFF",
            "color:transparent",
            "color:rgba(9, 9, 9, 0.0)",
            "color:rgb(0 0 0 / 0%)",
            "color:#0000",
            "color:#12345600",
            "clip:rect(0 0 0 0)",
            "transform: scale(0)",
        ] {
            assert!(hides(&normal(style)), "{style}");
        }
        for style in [
            "font-size:12px",
            "opacity:1",
            "height:0",
            "color:#fff;background:#06c",
            "left:-1px",
            "color:rgba(0,0,0,0.9)",
            "color:rgb(0,0,0)",
            "color:#000",
            "color:#000000",
            "color:#000f",
            "color:rgb(0 0 0 / 1)",
            "text-indent:2em",
            "",
        ] {
            assert!(!hides(&normal(style)), "{style}");
        }
    }

    #[test]
    fn a_sheet_names_what_it_may_hide() {
        let page = "<style>.gone{display:none} td.x > .tiny {font-size:0} @media print{.menu{display:none}} a:hover{opacity:0}\
                    #box::after{content:'12'} .ok{color:red} @media screen{.small{opacity:0}}</style>";
        let sheets = Sheets::of(&Html::parse_document(page));
        let mut names: Vec<&str> = sheets.names.iter().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["#box", ".gone", ".small", ".tiny"]);
    }
}
