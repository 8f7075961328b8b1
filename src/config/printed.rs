//! The settings with the comments of their fields, which their schema has.

use serde_json::Value;

use crate::words::{Language, part};

/// Settings as TOML, each with its comment.
pub(super) fn toml(table: &toml::Table, schema: &Value, language: Language) -> Result<String, toml::ser::Error> {
    let mut printed = Printed { out: String::new(), root: schema, language };
    printed.table(table, "", schema)?;
    Ok(printed.out)
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
            if value.is_array() {
                let told = format!(
                    "环境变量中以逗号分隔：GOUJI_{0}=甲,乙 / In the environment with commas between: GOUJI_{0}=one,other",
                    key.to_uppercase()
                );
                self.out += &format!("# {}\n", part(&told, self.language));
            }
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

pub(super) fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// The schema that a field's schema refers to, if it does.
pub(super) fn resolved<'s>(field: &'s Value, root: &'s Value) -> &'s Value {
    let name = field["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"));
    name.map_or(field, |name| &root["$defs"][name])
}
