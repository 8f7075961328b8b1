//! A file of which something can't be read, read all the same: something stands in for what is faulty or missing, so that
//! everything else is held to all that it would be held to.

use schemars::JsonSchema;
use serde::{
    de::{
        DeserializeOwned, Deserializer, IntoDeserializer, Visitor,
        value::{MapDeserializer, SeqDeserializer, StrDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value, json};
use serde_saphyr::{Location, Spanned};

use super::node::Node;

/// The field by which the library knows a value with its place.
const MARK: &str = "__serde_saphyr_private_spanned";

/// Whether something stands in for what could not be read. It has no place, and what is wrong with it nobody wrote.
pub fn is_stand_in<T>(at: &Spanned<T>) -> bool {
    at.referenced.line() == 0
}

/// What stands in where a schema wants something: the least that fits.
pub(super) fn stand_in(root: &Value, wanted: &Value) -> Spanned<Node> {
    let wanted = resolved(root, wanted);
    let option = wanted["anyOf"].as_array().and_then(|options| options.iter().find(|own| own["type"] != "null"));
    if let Some(option) = option {
        return stand_in(root, option);
    }
    let kinds = kinds(wanted);
    let is = |kind: &str| kinds.first().is_some_and(|own| *own == kind);
    let node = match words(wanted).first() {
        Some(word) => Node::Text((*word).to_owned()),
        None if is("object") => {
            let required = wanted["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let field = |name: &str| (placeless(name.to_owned()), stand_in(root, &wanted["properties"][name]));
            Node::Mapping(required.map(field).collect())
        }
        None if is("array") => Node::List(Vec::new()),
        None if is("boolean") => Node::Bool(false),
        None if is("integer") || is("number") => Node::Integer("0".to_owned()),
        None if is("string") => Node::Text(String::new()),
        None => Node::Null,
    };
    placeless(node)
}

pub(super) fn placeless<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Location::UNKNOWN, Location::UNKNOWN)
}

/// The schema behind a reference.
pub(super) fn resolved<'s>(root: &'s Value, wanted: &'s Value) -> &'s Value {
    wanted["$ref"].as_str().and_then(|path| root.pointer(path.trim_start_matches('#'))).unwrap_or(wanted)
}

/// The kinds of value that a schema allows; none if it allows all.
pub(super) fn kinds(wanted: &Value) -> Vec<&str> {
    match &wanted["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The words of which a schema wants one; none if it wants no certain ones.
pub(super) fn words(wanted: &Value) -> Vec<&str> {
    let listed = wanted["enum"].as_array().into_iter().flatten();
    let described = wanted["oneOf"].as_array().into_iter().flatten().map(|option| &option["const"]);
    listed.chain(described).filter_map(Value::as_str).collect()
}

/// The content of a tree that was mended, with the places of all that was written.
pub(super) fn content<T: DeserializeOwned + JsonSchema>(tree: &Spanned<Node>) -> Option<T> {
    T::deserialize(Piece::Node(tree)).ok()
}

/// A part of a tree, as it is read.
enum Piece<'a> {
    /// A value.
    Node(&'a Spanned<Node>),
    /// A value beside its place.
    Placed(&'a Spanned<Node>),
    /// What is told of a place.
    Told(Value),
}

fn place(at: Location) -> Value {
    let (span, unknown) = (at.span(), u64::from(u32::MAX));
    let bytes = [span.byte_offset().unwrap_or(unknown), span.byte_len().unwrap_or(unknown)];
    let span = json!({ "offset": span.offset(), "len": span.len(), "byte_info": bytes });
    json!({ "line": at.line(), "column": at.column(), "span": span })
}

impl<'a> Piece<'a> {
    fn list<'de, V: Visitor<'de>>(elements: &'a [Spanned<Node>], visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(elements.iter().map(Piece::Node)))
    }

    fn fields<'de, V: Visitor<'de>>(
        fields: &'a [(Spanned<String>, Spanned<Node>)],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let fields = fields.iter().map(|(key, value)| (key.value.as_str(), Piece::Node(value)));
        visitor.visit_map(MapDeserializer::new(fields))
    }
}

impl<'de> IntoDeserializer<'de, Error> for Piece<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Piece<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let node = match self {
            Self::Told(value) => return value.deserialize_any(visitor),
            Self::Placed(node) => {
                let fields = [
                    (MARK, Piece::Told(Value::Bool(true))),
                    ("value", Piece::Node(node)),
                    ("referenced", Piece::Told(place(node.referenced))),
                    ("defined", Piece::Told(place(node.defined))),
                ];
                return visitor.visit_map(MapDeserializer::new(fields.into_iter()));
            }
            Self::Node(node) => &node.value,
        };
        match node {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Integer(text) => match (text.parse(), text.parse()) {
                (Ok(number), _) => visitor.visit_i64(number),
                (_, Ok(number)) => visitor.visit_u64(number),
                _ => visitor.visit_str(text),
            },
            Node::Number(value) => visitor.visit_f64(*value),
            Node::Text(text) => visitor.visit_str(text),
            Node::List(elements) => Self::list(elements, visitor),
            Node::Mapping(fields) => Self::fields(fields, visitor),
        }
    }

    /// What is no text in quotes may be a text all the same.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Node(Spanned { value: Node::Integer(text), .. }) => visitor.visit_str(text),
            Self::Node(Spanned { value: Node::Bool(value), .. }) => visitor.visit_string(value.to_string()),
            Self::Node(Spanned { value: Node::Number(value), .. }) => visitor.visit_string(value.to_string()),
            piece => piece.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Node(Spanned { value: Node::Null, .. }) => visitor.visit_none(),
            piece => visitor.visit_some(piece),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Node(node) => visitor.visit_newtype_struct(Self::Placed(node)),
            piece => visitor.visit_newtype_struct(piece),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Node(Spanned { value: Node::Text(text), .. }) => {
                visitor.visit_enum(StrDeserializer::<Error>::new(text))
            }
            piece => piece.deserialize_any(visitor),
        }
    }

    /// A list in which nothing is written.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Node(Spanned { value: Node::Null, .. }) => Self::list(&[], visitor),
            piece => piece.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Node(Spanned { value: Node::Null, .. }) => Self::fields(&[], visitor),
            piece => piece.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use crate::written::{NamedText, is_stand_in};

    use super::*;

    #[derive(Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct File {
        list: Vec<Element>,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Element {
        #[schemars(with = "String")]
        text: Spanned<String>,
        kind: Kind,
        #[serde(default)]
        #[schemars(with = "Option<u16>")]
        number: Option<Spanned<u16>>,
        #[serde(default)]
        words: Vec<String>,
    }

    #[derive(Debug, PartialEq, Deserialize, JsonSchema)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        One,
        Other,
    }

    #[test]
    fn what_is_sound_beside_a_fault_is_read_with_its_place_and_what_is_not_has_none() {
        let text = "list:\n  - text: 12\n    kind: other\n    number: 70000\n    wrds: [a]\n  - number: 7\n    kind: two\n    words: [a, b]\n";
        let parts = NamedText { name: "x.yaml", text }.parse_list::<File>("list");
        let told: Vec<_> = parts.iter().flat_map(|part| &part.problems).map(|own| (own.line, own.column)).collect();
        assert_eq!(told, [(4, 13), (5, 5), (7, 11), (6, 5)]);
        let elements: Vec<&Element> =
            parts.iter().filter_map(|part| part.content.as_ref()).flat_map(|file| &file.list).collect();
        let [one, other] = elements[..] else { panic!("{} elements", elements.len()) };
        assert_eq!((one.text.value.as_str(), one.text.referenced.line(), &one.kind), ("12", 2, &Kind::Other));
        assert!(one.number.as_ref().is_some_and(is_stand_in) && one.words.is_empty());
        assert!(is_stand_in(&other.text) && other.kind == Kind::One && other.words == ["a", "b"]);
        assert!(other.number.as_ref().is_some_and(|own| own.value == 7 && own.defined.span().offset() == 22));
    }
}
