use super::{super::archive::tests::packed, *};

fn read(body: &str) -> Vec<Block> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let bytes = packed(&[("word/document.xml", document.as_bytes())]);
    let limits = Limits::default();
    blocks(&mut Archive::open(&bytes, &limits).unwrap(), &limits).unwrap()
}

#[test]
fn what_is_hidden_or_deleted_is_not_read() {
    let body = "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:t>乙</w:t></w:r></w:del>\
                <w:ins><w:r><w:t>丙</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>丁</w:t></w:r>\
                <w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>戊</w:t><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>1</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>";
    assert_eq!(read(body), [Block::Text { text: "甲丙1\n".into(), page: 0 }]);
}

#[test]
fn merged_cells_are_one_cell() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let rows = [
        cell("<w:vMerge w:val='restart'/>", "a") + &cell("<w:gridSpan w:val='2'/>", "b"),
        cell("<w:vMerge/>", "") + &cell("", "c") + &cell("", "d"),
    ];
    let table = format!("<w:tbl>{}</w:tbl>", rows.map(|row| format!("<w:tr>{row}</w:tr>")).concat());
    let [Block::Grid(grid)] = &read(&table)[..] else { panic!("a grid") };
    let cells = grid.rows.iter().flat_map(|row| &row.cells);
    let found: Vec<_> = cells.map(|it| (it.text.as_str(), it.column, it.width, it.height, it.number)).collect();
    assert_eq!(found, [("a", 0, 1, 2, 1), ("b", 1, 2, 1, 2), ("c", 1, 1, 1, 2), ("d", 2, 1, 1, 3)]);
}

#[test]
fn marks_and_what_is_struck_out_are_no_part_of_a_figure() {
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let deleted = "<w:del><w:r><w:delText>77</w:delText></w:r></w:del>";
    let cells = [
        run("", "1") + &run("<w:vertAlign w:val='superscript'/>", "2"),
        run("<w:strike/>", "77") + &run("<w:strike w:val='0'/>", "42"),
        run("", "1") + &run("<w:dstrike/>", "2") + &run("", "3"),
        deleted.to_owned() + &run("", "42"),
        run("", "1") + deleted + &run("", "3"),
        run("", "1") + &run("<w:vanish/>", "3"),
    ];
    let cells = cells.map(|runs| format!("<w:tc><w:p>{runs}</w:p></w:tc>")).concat();
    let [Block::Grid(grid)] = &read(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))[..] else { panic!("a grid") };
    let found = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.as_ref().map(|it| it.certain)));
    let (sure, doubt) = (Some(true), Some(false));
    let expected = [("1²", None), ("42", sure), ("13", doubt), ("42", sure), ("13", doubt), ("1", sure)];
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

/// The cells of a table of one row.
fn cells_of(cells: &[&str]) -> Vec<(String, Option<bool>)> {
    let row: String = cells.iter().map(|runs| format!("<w:tc><w:p>{runs}</w:p></w:tc>")).collect();
    let [Block::Grid(grid)] = &read(&format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>"))[..] else { panic!("a grid") };
    let cells = grid.rows[0].cells.iter();
    cells.map(|it| (it.text.clone(), it.concealed.as_ref().map(|it| it.certain))).collect()
}

#[test]
fn fields_show_their_results_and_what_cannot_be_told_is_in_doubt() {
    let field = |code: &str, result: &str| {
        let separate = if result.is_empty() { "" } else { "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" };
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r>{code}{separate}{result}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let list = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='7'/>\
                <w:listEntry w:val='13'/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>\
                <w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let stale = field(&code("=SUM(ABOVE)"), &run("13")).replace("'begin'/>", "'begin' w:dirty='true'/>");
    let nested = field(&(code("IF ") + &field(&code("MERGEFIELD n"), &run("1")) + &code(" = 1")), &run("13"));
    let cells = [
        field(&code("QUOTE"), &run("13")),
        nested,
        list.to_owned(),
        field(&code("EQ \\o(1,2)"), ""),
        run("13") + &field(&code("XE 甲"), ""),
        stale,
    ];
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let shown = |text: &str| (text.to_owned(), None);
    let found = cells_of(&cells);
    assert_eq!(found[..5], [shown("13"), shown("13"), shown("13"), shown("\u{fffd}"), shown("13")]);
    assert_eq!(found[5].1, Some(false));
}

#[test]
fn white_text_is_in_doubt_unless_its_cell_is_coloured() {
    let white = |text: &str| format!("<w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>{text}</w:t></w:r>");
    let fraction =
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>";
    let found = cells_of(&[&white("1"), fraction]);
    assert_eq!(found.iter().map(|cell| cell.1).collect::<Vec<_>>(), [Some(false), Some(false)]);
    let row =
        format!("<w:tc><w:tcPr><w:shd w:fill='1F4E79'/></w:tcPr><w:p>{}</w:p></w:tc><w:tc><w:p/></w:tc>", white("1"));
    let [Block::Grid(grid)] = &read(&format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>"))[..] else { panic!("a grid") };
    assert_eq!((grid.rows[0].cells[0].text.as_str(), &grid.rows[0].cells[0].concealed), ("1", &None));
}

#[test]
fn hidden_rows_are_not_there_and_deleted_ones_are_in_doubt() {
    let row = |properties: &str, text: &str| {
        format!(
            "<w:tr><w:trPr>{properties}</w:trPr><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
        )
    };
    let rows =
        [row("", "1"), row("<w:hidden/>", "2"), row("<w:hidden w:val='0'/>", "3"), row("<w:del w:id='1'/>", "4")];
    let [Block::Grid(grid)] = &read(&format!("<w:tbl>{}</w:tbl>", rows.concat()))[..] else { panic!("a grid") };
    let cells = grid.rows.iter().map(|row| (row.cells[0].text.as_str(), row.cells[0].concealed.is_some()));
    assert_eq!(cells.collect::<Vec<_>>(), [("1", false), ("3", false), ("", true)]);
}

#[test]
fn boxes_and_pictures_beside_a_figure_put_it_in_doubt() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let boxed = |content: &str| {
        format!("<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>")
    };
    let in_box = boxed(&format!("<w:p>{}</w:p>", run("2")));
    let drawn = format!(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p>{}</w:p></w:txbxContent></wps:txbx></w:drawing>\
         </mc:Choice><mc:Fallback>{in_box}</mc:Fallback></mc:AlternateContent></w:r>",
        run("2")
    );
    let hidden = boxed("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>2</w:t></w:r></w:p>");
    let cells = [
        run("1") + &format!("<w:r>{in_box}</w:r>"),
        run("1") + &drawn + &run("3"),
        // The run goes on behind the box as it was before.
        format!("<w:r><w:t>1</w:t>{hidden}<w:t>3</w:t></w:r>"),
        run("12") + "<w:r><w:drawing/></w:r>",
        "<w:r><w:object/></w:r>".to_owned() + &run("12件"),
        run("公开") + "<w:r><w:drawing/></w:r>",
        run("12"),
    ];
    let found = cells_of(&cells.each_ref().map(String::as_str));
    let expected = [
        ("1\n2", true),
        ("1\n2\n3", true),
        ("1\n3", true),
        ("12", true),
        ("12件", true),
        ("公开", false),
        ("12", false),
    ];
    assert_eq!(found, expected.map(|(text, doubt)| (text.to_owned(), doubt.then_some(false))));
}

#[test]
fn a_table_within_a_box_is_read_as_any_other() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let table = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("甲"), cell("12"));
    let boxed = format!(
        "<w:p><w:r><w:t>前</w:t><w:pict><w:txbxContent>{table}</w:txbxContent></w:pict><w:t>后</w:t></w:r></w:p>"
    );
    for body in [boxed.clone(), format!("<w:tbl><w:tr><w:tc>{boxed}</w:tc></w:tr></w:tbl>")] {
        let blocks = read(&body);
        let [Block::Text { text: before, .. }, Block::Grid(grid), Block::Text { text: behind, .. }] = &blocks[..]
        else {
            panic!("{blocks:?}")
        };
        assert_eq!((before.as_str(), behind.as_str()), ("前\n", "后\n"));
        let cells: Vec<_> = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.is_none())).collect();
        assert_eq!(cells, [("甲", true), ("12", true)]);
    }
}
