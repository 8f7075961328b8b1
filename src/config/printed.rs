//! The settings with the comments of their fields, which their schema has.

use serde_json::Value;

use crate::words::{Language, part};

/// Settings as TOML, each with its comment.
pub(super) fn toml(table: &toml::Table, schema: &Value, language: Language) -> Result<String, toml::ser::Error> {
    let mut printed = Printed { out: String::new(), root: schema, language };
    printed.table(table, "", schema)?;
    Ok(printed.out)
}

/// A number that its schema doesn't allow, with those that it does.
pub(super) struct OutOfRange {
    pub name: String,
    pub value: i64,
    pub least: i64,
    pub most: Option<i64>,
}

/// The numbers that are smaller or larger than their schema allows.
pub(super) fn out_of_range(table: &toml::Table, schema: &Value) -> Vec<OutOfRange> {
    let mut found = Vec::new();
    look(table, "", schema, schema, &mut found);
    found
}

fn look(table: &toml::Table, path: &str, schema: &Value, root: &Value, found: &mut Vec<OutOfRange>) {
    for (key, value) in table {
        let (name, field) = (joined(path, key), &schema["properties"][key]);
        let (least, most) = (field["minimum"].as_i64().unwrap_or_default(), field["maximum"].as_i64());
        match value {
            toml::Value::Table(inner) => look(inner, &name, resolved(field, root), root, found),
            toml::Value::Integer(value) if *value < least || most.is_some_and(|most| *value > most) => {
                found.push(OutOfRange { name, value: *value, least, most });
            }
            _ => {}
        }
    }
}

struct Printed<'a> {
    out: String,
    root: &'a Value,
    language: Language,
}

impl Printed<'_> {
    /// Writes a table: its values, then the tables in it, each with what its field's comment says.
    fn table(&mut self, table: &toml::Table, path: &str, schema: &Value) -> Result<(), toml::ser::Error> {
        let field = |key: &str| &schema["properties"][key];
        for (key, value) in table.iter().filter(|(_, value)| !value.is_table()) {
            self.comment(field(key));
            self.out += &toml::to_string(&toml::Table::from_iter([(key.clone(), value.clone())]))?;
        }
        for (key, value) in table {
            let toml::Value::Table(inner) = value else { continue };
            let path = joined(path, key);
            self.out.push('\n');
            self.comment(field(key));
            self.out += &format!("[{path}]\n");
            self.table(inner, &path, resolved(field(key), self.root))?;
        }
        Ok(())
    }

    fn comment(&mut self, field: &Value) {
        let comment = part(field["description"].as_str().unwrap_or_default(), self.language);
        for line in comment.lines() {
            self.out += format!("# {line}").trim_end();
            self.out.push('\n');
        }
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// The schema that a field's schema refers to, if it does.
fn resolved<'s>(field: &'s Value, root: &'s Value) -> &'s Value {
    let name = field["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"));
    name.map_or(field, |name| &root["$defs"][name])
}
