//! A YAML file as a tree in which each part has its place: what can be looked at where the content as a whole is wrong.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_saphyr::Spanned;

/// A part of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(String),
    /// Another number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Spanned<Node>>),
    /// Fields, in their order.
    Mapping(Vec<(Spanned<String>, Spanned<Node>)>),
}

impl Node {
    /// The field of this name, if the node has it.
    pub fn field(&self, name: &str) -> Option<&Spanned<Self>> {
        match self {
            Self::Mapping(fields) => fields.iter().find(|(key, _)| key.value == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The kinds of a JSON Schema that fit the node.
    pub(super) fn kinds(&self) -> &'static [&'static str] {
        match self {
            // What stands where nothing is written depends on the field.
            Self::Null => &["null", "array", "object"],
            Self::Bool(_) => &["boolean", "string"],
            Self::Integer(_) => &["integer", "number", "string"],
            Self::Number(_) => &["number", "string"],
            Self::Text(_) => &["string"],
            Self::List(_) => &["array"],
            Self::Mapping(_) => &["object"],
        }
    }

    /// Whether a whole number is one of those that a JSON Schema's format has.
    pub(super) fn is_within(&self, format: &Value) -> bool {
        let Self::Integer(text) = self else { return true };
        match format.as_str() {
            Some("uint16") => text.parse::<u16>().is_ok(),
            Some("uint32") => text.parse::<u32>().is_ok(),
            Some("uint" | "uint64") => text.parse::<u64>().is_ok(),
            Some("int32") => text.parse::<i32>().is_ok(),
            Some("int64") => text.parse::<i64>().is_ok(),
            _ => true,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Integer(value.to_string()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Integer(value.to_string()))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Integer(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Node::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Node::Mapping(fields))
    }
}
