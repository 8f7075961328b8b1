//! Excel workbooks (OOXML): each visible sheet as one grid.
//!
//! A cell is what the sheet shows of it: its number in its number format, without hidden rows and columns. Where that
//! can't be settled (a date, a formula that was not computed), the cell is in doubt.

mod decimal;
mod formats;
mod formulas;
mod number_format;
mod place;
mod sheet;
mod strings;

use super::{
    archive::{Archive, damaged},
    relations::{self, Relation, main_part, part_of},
    xml::{Met, walk},
};
use crate::layout::{blocks::Block, limits::Limits, refusal::Refusal};
use sheet::Sheet;

/// What all sheets of a workbook share.
#[derive(Default)]
struct Workbook {
    strings: Vec<crate::layout::runs::Runs>,
    formats: formats::Formats,
    /// Whether all formulas are to be computed when the workbook is opened: their results are not known.
    is_to_be_computed: bool,
    sheets: Vec<(String, String)>,
}

/// The blocks of a workbook.
pub(super) fn blocks(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Block>, Refusal> {
    let main = main_part(archive, "xl/workbook.xml", limits)?;
    let relations = relations::of(archive, &main, limits)?;
    let mut workbook = workbook(archive, &main, &relations, limits)?;
    let strings = part_of(archive, &relations, "sharedStrings", "xl/sharedStrings.xml");
    if let Some(bytes) = archive.read(&strings)? {
        workbook.strings = strings::shared(&bytes, limits)?;
    }
    let styles = part_of(archive, &relations, "styles", "xl/styles.xml");
    if let Some(bytes) = archive.read(&styles)? {
        workbook.formats = formats::read(&bytes, limits)?;
    }
    let mut cells = 0;
    let mut blocks = Vec::new();
    for (name, part) in &workbook.sheets {
        let bytes = archive.require(part)?;
        let mut sheet = Sheet::new(&workbook);
        walk(&bytes, part, limits, |met| {
            sheet.meet(&met);
            Limits::hold(cells + sheet.len(), limits.cells, "表格单元格数", "cells")
        })?;
        let grid = sheet.grid(name.clone(), &mut cells, limits)?;
        blocks.extend((!grid.rows.is_empty()).then_some(Block::Grid(grid)));
    }
    Ok(blocks)
}

/// The workbook with its visible sheets: their names and their parts.
fn workbook(
    archive: &mut Archive<'_>,
    main: &str,
    relations: &[Relation],
    limits: &Limits,
) -> Result<Workbook, Refusal> {
    let mut own = Workbook::default();
    let bytes = archive.require(main)?;
    walk(&bytes, main, limits, |met| {
        let Met::Open(element) = met else { return Ok(()) };
        let is_shown = element.attribute("state").is_none_or(|state| state == "visible");
        if element.name == "sheet" && is_shown {
            let id = element.text("id");
            let part = relations.iter().find(|relation| relation.id == id);
            let part = part.ok_or_else(|| damaged(main, "a sheet has no part"))?;
            own.sheets.push((element.text("name"), part.target.clone()));
        } else if element.name == "calcPr" {
            own.is_to_be_computed = element.has("fullCalcOnLoad");
        }
        Ok(())
    })?;
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::{super::archive::tests::packed, *};
    use crate::layout::refusal::Obstacle;

    fn read(sheet: &str) -> Result<Vec<Block>, Refusal> {
        let styles = r##"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="#,##0.0000_ "/></numFmts>
            <fonts><font/><font><strike/></font></fonts>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>"##;
        let bytes = packed(&[
            ("xl/workbook.xml", br#"<workbook><sheets><sheet name="S" r:id="r1"/><sheet name="H" state="hidden" r:id="r9"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#),
            ("xl/sharedStrings.xml", "<sst><si><t>规</t><r><t>章</t></r><rPh><t>x</t></rPh></si></sst>".as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ]);
        let limits = Limits::default();
        blocks(&mut Archive::open(&bytes, &limits).unwrap(), &limits)
    }

    #[test]
    fn cells_are_read_as_they_are_shown() {
        let sheet = r#"<worksheet><cols><col min="5" max="5" hidden="1"/></cols><sheetData>
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" s="1"><v>859.255</v></c><c r="D2"><v>0.10000000000000001</v></c><c r="E2"><v>9</v></c></row>
            <row r="3" hidden="1"><c r="A3"><v>7</v></c></row>
            <row r="4"><c r="A4" t="inlineStr"><is><t>甲</t></is></c><c r="C4"><f>1+1</f><v>2</v></c></row>
            <row r="5"><c r="A5"><f>A4+1</f><v></v></c><c r="C5" t="str"><f>""</f><v></v></c><c r="D5"><f>SUM(A1:A2)</f></c></row>
            </sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells></worksheet>"#;
        let [Block::Grid(grid)] = &read(sheet).unwrap()[..] else { panic!("a grid") };
        let rows: Vec<Vec<(&str, u32, u32)>> = grid
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| (cell.text.as_str(), cell.number, cell.width)).collect())
            .collect();
        assert_eq!(rows[0], [("规章", 1, 2), ("859.2550", 3, 1), ("0.1", 4, 1)]);
        assert_eq!(rows[1], [("甲", 1, 1), ("", 2, 1), ("2", 3, 1), ("", 4, 1)]);
        assert_eq!(rows[2], [("=A4+1", 1, 1), ("", 2, 1), ("", 3, 1), ("=SUM(A1:A2)", 4, 1)]);
        assert_eq!((grid.sheet.as_str(), grid.rows[1].number), ("S", 4));
    }

    #[test]
    fn a_sheet_that_only_claims_to_be_large_costs_nothing_and_a_large_one_is_refused() {
        let claims = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>
            <mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>"#;
        assert!(read(claims).is_ok());
        let rows: String = (1..100).map(|row| format!("<row r='{row}'><c r='XFD{row}'><v>1</v></c></row>")).collect();
        let large = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        assert_eq!(read(&large).expect_err("too many cells").obstacle, Obstacle::TooLarge);
    }

    #[test]
    fn marks_and_what_is_struck_out_are_no_part_of_a_figure() {
        let run = |property: &str, text: &str| format!("<r><rPr>{property}</rPr><t>{text}</t></r>");
        let mark = run("", "1") + &run("<vertAlign val='superscript'/>", "2");
        let struck = run("<strike/>", "77") + &run("", "42");
        let cells = [format!("<is>{mark}</is>"), format!("<is>{struck}</is>"), "<is><t>5</t></is>".to_owned()];
        let cells: String = cells
            .iter()
            .zip(["A2", "B2", "C2"])
            .map(|(cell, at)| format!("<c r='{at}' t='inlineStr'>{cell}</c>"))
            .collect();
        let sheet = format!(
            "<worksheet><sheetData><row r='2'>{cells}<c r='D2' s='2'><v>7</v></c></row></sheetData></worksheet>"
        );
        let [Block::Grid(grid)] = &read(&sheet).unwrap()[..] else { panic!("a grid") };
        let found = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.as_ref().map(|it| it.certain)));
        assert_eq!(found.collect::<Vec<_>>(), [("1²", None), ("42", Some(true)), ("5", None), ("", Some(false))]);
    }
}
