//! The functions that expressions may use, for the manual and for the search of the nearest name.

use crate::words::Text;

/// Functions of one kind, as the manual shows them.
pub struct Functions {
    /// Their names.
    names: &'static [&'static str],
    /// How they are written, in Markdown.
    pub written: &'static str,
    /// What they are.
    pub meaning: Text,
}

/// All functions.
pub static FUNCTIONS: [Functions; 15] = [
    Functions { names: &["sum"], written: "`sum(列表)`", meaning: Text::fixed("合计", "the sum") },
    Functions {
        names: &["parts"],
        written: "`parts(report.applications.received)`",
        meaning: Text::fixed("一行中总计以外的各格", "the cells of a row but its total"),
    },
    Functions {
        names: &["column"],
        written: r#"`column(report.applications.outcomes, "natural_person")`"#,
        meaning: Text::fixed("一列中各行（不含总计）", "the cells of a column"),
    },
    Functions { names: &["decimal"], written: r#"`decimal("859.2551")`"#, meaning: Text::fixed("小数", "a decimal") },
    Functions {
        names: &["places"],
        written: "`places(金额)`",
        meaning: Text::fixed("金额写了几位小数", "its decimal places"),
    },
    Functions {
        names: &["date"],
        written: "`date(report.published_on)`、`date(年, 月, 日)`",
        meaning: Text::fixed("日期，只能与日期比较，不能加减", "a day, to be compared with days, not reckoned with"),
    },
    Functions {
        names: &["size"],
        written: "`size(文字)`、`size(列表)`",
        meaning: Text::fixed("字数（空白不计）、项数", "length"),
    },
    Functions {
        names: &["section", "has_section"],
        written: "`section(5)`、`has_section(5)`",
        meaning: Text::fixed(
            "某部分的文字、有没有这一部分；上年的写 `previous.section(5)`",
            "a section's text; `previous.section(5)` for last year's",
        ),
    },
    Functions {
        names: &["contains", "startsWith", "endsWith"],
        written: r#"`x.contains("…")`、`startsWith`、`endsWith`"#,
        meaning: Text::fixed("文字中有没有", "whether a text has it"),
    },
    Functions {
        names: &["matches"],
        written: r#"`x.matches("…")`"#,
        meaning: Text::fixed("正则表达式，只能是常量", "a pattern, compiled at load"),
    },
    Functions {
        names: &["statement", "has_statement"],
        written: r#"`statement("received")`、`has_statement("received")`"#,
        meaning: Text::fixed(
            "正文写明的数字、有没有写明，名称见[下表](#正文写明的数字--what-the-text-states)",
            "what the text states; the names are listed below",
        ),
    },
    Functions {
        names: &["similarity"],
        written: "`similarity(甲, 乙)`",
        meaning: Text::fixed("相似度，百分数", "likeness in percent"),
    },
    Functions {
        names: &["has"],
        written: "`has(report.body.kind)`",
        meaning: Text::fixed("填写了没有", "whether it is filled in"),
    },
    Functions {
        names: &["all", "exists", "exists_one", "map", "filter"],
        written: "`列表.all(s, …)`、`exists`、`exists_one`、`map`、`filter`",
        meaning: Text::fixed("逐项", "comprehensions"),
    },
    Functions {
        names: &["in"],
        written: "`x in 列表`",
        meaning: Text::fixed("是不是其中之一", "whether it is one of them"),
    },
];

/// Functions of other languages, and how it is written here.
const MEANT: [(&str, &str); 8] = [
    ("count", "size(a)"),
    ("len", "size(a)"),
    ("length", "size(a)"),
    ("abs", "a < 0 ? -a : a"),
    ("max", "a > b ? a : b"),
    ("min", "a < b ? a : b"),
    ("any", "list.exists(x, x > 0)"),
    ("if", "a > 0 ? b : c"),
];

/// How what people mean by a function of another language is written here.
pub(super) fn meant_by(name: &str) -> Option<&'static str> {
    MEANT.into_iter().find(|(own, _)| *own == name.to_ascii_lowercase()).map(|(_, written)| written)
}

/// The names of all functions, for finding the nearest one.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().flat_map(|functions| functions.names.iter().copied())
}

/// How a function is written.
pub(super) fn written(name: &str) -> String {
    let own = FUNCTIONS.iter().find(|functions| functions.names.contains(&name));
    own.map(|functions| functions.written.replace('`', "")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_function_of_the_list_is_there() {
        let source = include_str!("functions.rs");
        let names: Vec<&str> = super::names().filter(|name| *name != "in").collect();
        assert!(names.len() > 20);
        for name in names {
            assert!(source.contains(&format!("\"{name}\"")), "{name} is not there");
        }
    }
}
