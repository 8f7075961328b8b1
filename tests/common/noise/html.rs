//! Documents as web pages.

use gouji::report::Table;

use super::{
    kinds::Style,
    random::Random,
    sheet::{BEGIN, Covered, Item, Piece, RAISED, Sheet},
};

/// The pieces as a page, with marks around the figures.
pub fn render(pieces: &[Piece], style: Style, random: &mut Random) -> String {
    let mut body = String::new();
    let mut begun = false;
    for piece in pieces {
        match piece {
            Piece::Title(text) => body += &format!("<p align=\"center\"><b>{}</b></p>\n", escaped(text)),
            Piece::Heading(text) => body += &format!("<p><strong>{}</strong></p>\n", escaped(text)),
            Piece::Text(text) => body += &format!("<p>{}</p>\n", escaped(text)),
            Piece::Page(text) if style == Style::Nested => {
                body += &format!("<ul><li><a href=\"#\">{}</a></li></ul>\n", escaped(text));
            }
            Piece::Page(text) => body += &format!("<div>{}</div>\n", escaped(text)),
            Piece::Sheet(sheet) => {
                if sheet.table == Table::Applications && !begun {
                    begun = true;
                    body.push(BEGIN);
                }
                body += &table(sheet, style, random);
            }
        }
    }
    if style == Style::Nested {
        body = format!(
            "<div class=\"nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/zwgk\">政务公开</a></li></ul></div>\n\
             <table width=\"100%\"><tr><td width=\"20%\"><ul><li>政府信息公开指南</li><li>依申请公开</li></ul></td>\n\
             <td><div class=\"article\">\n{body}</div></td></tr></table>\n<div class=\"foot\">版权所有</div>\n"
        );
    }
    let head = "<meta charset=\"utf-8\"><title>年报</title><style>td{border:1px solid}</style>";
    format!("<!DOCTYPE html>\n<html><head>{head}</head><body>\n{body}</body></html>\n")
}

fn table(sheet: &Sheet, style: Style, random: &mut Random) -> String {
    // Some pages wrap the text of a cell into a paragraph.
    let wrapped = random.chance(50);
    let cell = |text: &str, spans: &str| match wrapped {
        true => format!("<td{spans}><p>{}</p></td>", escaped(text)),
        false => format!("<td{spans}>{}</td>", escaped(text)),
    };
    let spanning = |item: &Item| {
        let span = |name: &str, number: usize| match number {
            1 => String::new(),
            _ => format!(" {name}=\"{number}\""),
        };
        cell(&item.marked(), &(span("colspan", item.wide) + &span("rowspan", item.high)))
    };
    let rows: Vec<String> = match style {
        Style::Unfolded | Style::SpansLost => {
            let covered = if style == Style::Unfolded { Covered::Repeated } else { Covered::Blank };
            let rows = sheet.texts(covered);
            rows.iter().map(|row| row.iter().map(|text| cell(text, "")).collect()).collect()
        }
        _ => sheet.rows.iter().map(|row| row.iter().map(spanning).collect()).collect(),
    };
    let rows: String = rows.iter().map(|row| format!("<tr>{row}</tr>\n")).collect();
    format!("<table border=\"1\" cellspacing=\"0\">\n{rows}</table>\n")
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
    text.replace(RAISED[0], "<sup>").replace(RAISED[1], "</sup>")
}
