//! What an element is for the layout of a page, and how it shows its text: found once, when it opens.

use scraper::node::Element;

use super::hiding::{self, Sheets};

/// What an element is for the layout of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Table,
    Row,
    Cell,
    Break,
    Picture,
    Input,
    Preformatted,
    /// Begins and ends a line.
    Block,
    /// The same, and opens at a click.
    Closing,
    /// Raises or lowers its text.
    Mark,
    /// Strikes its text out.
    Struck,
    /// Overrides the direction of its text.
    Turned,
    /// A page within the page.
    Frame,
    /// Shows a picture that isn't read.
    Drawing,
    TextArea,
    Choice,
    /// Its content is never seen as text.
    Unseen,
    Other,
}

impl Kind {
    /// The kind of the elements of a name.
    pub fn of(name: &str) -> Self {
        match name {
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "br" => Self::Break,
            "img" | "embed" => Self::Picture,
            "input" => Self::Input,
            "pre" => Self::Preformatted,
            "details" | "dialog" => Self::Closing,
            "sup" | "sub" => Self::Mark,
            "s" | "strike" | "del" => Self::Struck,
            "bdo" => Self::Turned,
            "iframe" => Self::Frame,
            "svg" | "math" | "object" | "canvas" => Self::Drawing,
            "textarea" => Self::TextArea,
            "select" => Self::Choice,
            "script" | "style" | "head" | "template" | "noscript" | "audio" | "video" | "title" | "rt" | "rp"
            | "datalist" => Self::Unseen,
            "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "div" | "dl"
            | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5"
            | "h6" | "header" | "hr" | "html" | "legend" | "li" | "main" | "nav" | "ol" | "p" | "section" | "ul" => {
                Self::Block
            }
            _ => Self::Other,
        }
    }

    /// Whether the content of such elements is never seen as text.
    pub fn is_unseen(self) -> bool {
        matches!(self, Self::Frame | Self::Drawing | Self::TextArea | Self::Choice | Self::Unseen)
    }
}

/// The attributes that matter for what a page shows.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a> {
    pub name: &'a str,
    /// In the form in which styles are compared.
    pub style: Option<String>,
    class: Option<&'a str>,
    id: Option<&'a str>,
    is_hidden: bool,
    is_open: bool,
    pub colspan: Option<&'a str>,
    pub rowspan: Option<&'a str>,
    kind: Option<&'a str>,
    pub value: Option<&'a str>,
    pub srcdoc: Option<&'a str>,
    /// Colours, and a picture behind the text.
    pub color: Option<&'a str>,
    pub bgcolor: Option<&'a str>,
    pub background: Option<&'a str>,
    pub text: Option<&'a str>,
    pub link: Option<&'a str>,
    width: Option<&'a str>,
    height: Option<&'a str>,
    refers: bool,
}

impl<'a> Attributes<'a> {
    /// Those of an element.
    pub fn of(element: &'a Element) -> Self {
        let mut own = Self { name: element.name(), ..Self::default() };
        for (name, value) in element.attrs() {
            match name {
                "style" => own.style = Some(hiding::normal(value)),
                "class" => own.class = Some(value),
                "id" => own.id = Some(value),
                "hidden" => own.is_hidden = true,
                "open" => own.is_open = true,
                "colspan" => own.colspan = Some(value),
                "rowspan" => own.rowspan = Some(value),
                "type" => own.kind = Some(value),
                "value" => own.value = Some(value),
                "srcdoc" => own.srcdoc = Some(value),
                "color" => own.color = Some(value),
                "bgcolor" => own.bgcolor = Some(value),
                "background" => own.background = Some(value),
                "text" => own.text = Some(value),
                "link" => own.link = Some(value),
                "width" => own.width = Some(value),
                "height" => own.height = Some(value),
                "href" => own.refers = true,
                _ => {}
            }
        }
        own
    }

    /// Whether an input shows a picture.
    pub fn is_picture(&self) -> bool {
        self.kind.is_some_and(|own| own.eq_ignore_ascii_case("image"))
    }

    /// Whether an input is of a type that shows what is filled in.
    pub fn shows_a_value(&self) -> bool {
        const TYPED: [&str; 7] = ["text", "number", "tel", "search", "url", "email", "date"];
        self.kind.is_none_or(|own| TYPED.contains(&own.to_ascii_lowercase().as_str()))
    }

    /// Whether a picture is so thin or small that it shows no figure: those that only keep a place, and arrows.
    pub fn is_spacer(&self) -> bool {
        /// A digit on it could hardly be read.
        const ICON: u32 = 12;
        let within = |value: Option<&str>, most: u32| {
            let size = value.and_then(|value| value.trim().trim_end_matches("px").parse::<u32>().ok());
            size.is_some_and(|size| size <= most)
        };
        let is_plain = self.style.is_none() && self.class.is_none() && self.id.is_none();
        let (width, height) = (self.width, self.height);
        is_plain && (within(width, 1) || within(height, 1) || within(width, ICON) && within(height, ICON))
    }

    /// Whether the element is a link, which has a colour of its own.
    pub fn is_link(&self) -> bool {
        self.name == "a" && self.refers
    }

    /// Whether they hide the element.
    pub fn hide(&self) -> bool {
        let hides = |rule: &str| matches!(rule, "display:none" | "visibility:hidden" | "mso-hide:all");
        self.is_hidden
            || self.style.as_ref().is_some_and(|style| style.split(';').any(hides) || style.contains("display:none!"))
    }
}

/// Declarations by which a text stands apart from the one before it.
const APART: [&str; 10] = [
    "position:absolute",
    "position:fixed",
    "float:left",
    "float:right",
    "display:block",
    "display:flex",
    "display:grid",
    "display:table",
    "display:table-cell",
    "display:list-item",
];

/// How an element shows its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Looks {
    /// Not at all: neither it nor anything in it is seen.
    pub is_hidden: bool,
    /// The styles of the page may keep it from being seen, or it opens at a click.
    pub is_doubtful: bool,
    /// It raises or lowers its text, like the marks that point to notes.
    pub is_mark: bool,
    pub is_struck: bool,
    /// It overrides the direction of its text.
    pub is_turned: bool,
    /// Its text stands on lines of its own, or elsewhere.
    pub is_apart: bool,
}

impl Looks {
    /// Of an element of this kind, with these attributes, on a page with these style sheets.
    pub fn of(kind: Kind, own: &Attributes<'_>, sheets: &Sheets) -> Self {
        let mut looks = Self {
            is_hidden: kind.is_unseen() || own.hide(),
            is_doubtful: kind == Kind::Closing && !own.is_open || sheets.may_hide(own.name, own.id, own.class),
            is_mark: kind == Kind::Mark,
            is_struck: kind == Kind::Struck,
            is_turned: kind == Kind::Turned,
            is_apart: matches!(kind, Kind::Block | Kind::Closing),
        };
        if let Some(style) = &own.style {
            let rules = || style.split(';');
            looks.is_doubtful |= hiding::hides(style);
            looks.is_mark |= rules().any(|rule| matches!(rule, "vertical-align:super" | "vertical-align:sub"));
            looks.is_struck &= !style.contains("text-decoration:none");
            looks.is_struck |= rules().any(|rule| rule.starts_with("text-decoration") && rule.contains("line-through"));
            looks.is_apart |= rules().any(|rule| APART.contains(&rule.trim_end_matches("!important")));
            looks.is_turned |= style.contains("unicode-bidi") && style.contains("override");
        }
        looks
    }
}
