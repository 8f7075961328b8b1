//! Fields of Word: of `{IF {MERGEFIELD n} = 1 …}` the page shows the result, and neither the codes nor what stands in
//! them. Form fields have a value of their own.

use super::super::xml::Element;

/// The fields that are open, from the outermost.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

#[derive(Debug, Default)]
struct Field {
    code: String,
    is_in_result: bool,
    /// Whether Word is to compute the result anew when the document is opened.
    is_stale: bool,
    form: Option<Form>,
}

/// The value of a form field.
#[derive(Debug)]
enum Form {
    /// A drop-down list: which of its entries is chosen.
    Choice { entries: Vec<String>, chosen: usize },
    /// A check box.
    Tick(bool),
}

/// What stands where a field shows something that can't be told.
const UNKNOWN: &str = "\u{fffd}";

impl Fields {
    /// A field begins, goes over to its result, or ends. Returns the text of one that ends without a result.
    pub fn character(&mut self, element: &Element<'_>) -> Option<String> {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => self.0.push(Field { is_stale: element.has("dirty"), ..Field::default() }),
            Some("separate") => self.0.last_mut().into_iter().for_each(|field| field.is_in_result = true),
            Some("end") => return self.0.pop().filter(|field| !field.is_in_result).map(|field| field.shown()),
            _ => {}
        }
        None
    }

    /// The code of a field.
    pub fn code(&mut self, text: &str) {
        self.0.last_mut().filter(|field| !field.is_in_result).into_iter().for_each(|field| field.code.push_str(text));
    }

    /// Whether text is shown here: in no code.
    pub fn is_shown(&self) -> bool {
        self.0.iter().all(|field| field.is_in_result)
    }

    /// Whether text belongs to a result that is to be computed anew.
    pub fn is_stale(&self) -> bool {
        self.0.iter().any(|field| field.is_stale)
    }

    /// A property of a form field.
    pub fn form(&mut self, element: &Element<'_>) {
        let Some(field) = self.0.last_mut().filter(|field| !field.is_in_result) else {
            return;
        };
        match (element.name, &mut field.form) {
            ("ddList", _) => field.form = Some(Form::Choice { entries: Vec::new(), chosen: 0 }),
            ("checkBox", _) => field.form = Some(Form::Tick(false)),
            ("listEntry", Some(Form::Choice { entries, .. })) => {
                entries.push(element.text("val"));
            }
            ("result" | "default", Some(Form::Choice { chosen, .. })) => *chosen = element.number("val").unwrap_or(0),
            ("checked" | "default", Some(Form::Tick(tick))) => *tick = element.is_on(),
            _ => {}
        }
    }
}

impl Field {
    /// What a field without a result shows.
    fn shown(self) -> String {
        /// Fields that mark a place and show nothing.
        const SILENT: [&str; 9] = ["TC", "XE", "RD", "TA", "SET", "ASK", "PRIVATE", "ADVANCE", "FORMTEXT"];
        let kind = self.code.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        match self.form {
            Some(Form::Choice { entries, chosen }) => entries.into_iter().nth(chosen).unwrap_or_default(),
            Some(Form::Tick(tick)) => if tick { "☑" } else { "☐" }.to_owned(),
            None if kind.is_empty() || SILENT.contains(&kind.as_str()) => String::new(),
            None => UNKNOWN.to_owned(),
        }
    }
}
