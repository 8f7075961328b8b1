//! Small PDFs, made here, whose pages show something else than their text alone says.

use super::*;

/// A document of one page: `content` is what it paints, `page` more of its dictionary, `objects` more objects from
/// number 10.
fn pdf(content: &str, page: &str, catalog: &str, objects: &[&str]) -> Vec<u8> {
    let mut all = vec![
        (1, format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>")),
        (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned()),
        (3, format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R {page} >>")),
        (4, format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())),
        (5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned()),
        (6, "<< /ca 0.4 >>".to_owned()),
    ];
    all.extend(objects.iter().enumerate().map(|(at, own)| (10 + at, (*own).to_owned())));
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = vec![0; 10 + objects.len()];
    for (number, object) in all {
        places[number] = bytes.len();
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n", places.len()).into_bytes());
    for place in &places {
        let kind = if *place == 0 { "65535 f" } else { "00000 n" };
        bytes.extend(format!("{place:010} {kind} \n").into_bytes());
    }
    bytes.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF", places.len()).into_bytes());
    bytes
}

const RESOURCES: &str = "/Resources << /Font << /F 5 0 R >> /ExtGState << /G 6 0 R >> /Properties << /L 10 0 R >> /XObject << /X 11 0 R >> >>";
/// The lines of a table of two cells beside each other, and the text of the second.
const TABLE: &str = "50 300 m 350 300 l S 50 350 m 350 350 l S 50 300 m 50 350 l S 200 300 m 200 350 l S 350 300 m 350 350 l S\n\
                     BT /F 10 Tf 210 320 Td (77) Tj ET\n";

/// The text of the first cell of the table, and whether it is in doubt.
fn first_cell(content: &[u8]) -> (String, bool) {
    let blocks = blocks(content, &Limits::default()).unwrap();
    let grids = blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
    let cells: Vec<_> = grids.flat_map(|grid| &grid.rows).flat_map(|row| &row.cells).collect();
    let [first, second] = cells[..] else { panic!("{cells:?}") };
    assert_eq!(second.text, "77");
    (first.text.clone(), first.concealed.is_some())
}

#[test]
fn a_figure_is_what_the_page_shows() {
    let layer = "/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>";
    let layer_on = "/OCProperties << /OCGs [10 0 R] /D << >> >>";
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 400 400] /Resources << /Font << /F 5 0 R >> >> /Length 36 >>\nstream\nBT /F 10 Tf 100. 320 Td (3) Tj ET   \nendstream";
    let image = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x7f\nendstream";
    let group = "<< /Type /OCG /Name (L) >>";
    let at = |text: &str| format!("BT /F 10 Tf 70 320 Td ({text}) Tj ET\n");
    let second = |before: &str, text: &str| format!("BT {before} /F 10 Tf 75.6 320 Td ({text}) Tj ET 0 Tr 0 g\n");
    let apart = |before: &str, text: &str| second(before, text).replace("75.6", "100");
    let white = "1 g 60 310 80 30 re f 0 g\n";
    let none: &[&str] = &[];
    for (name, content, catalog, objects, shown, doubt) in [
        ("nothing special", at("13"), "", none, "13", false),
        ("render mode 3", at("1") + &second("3 Tr", "3"), "", none, "1", false),
        ("white text apart", at("1") + &apart("1 g", "3"), "", none, "1", false),
        // Texts that touch come as one, and what of them is seen is not known.
        ("white text", at("1") + &second("1 g", "3"), "", none, "13", true),
        (
            "white text on a dark cell",
            "0 g 60 310 80 30 re f\n".to_owned() + &at("").replace("BT", "BT 1 g") + &second("1 g", "3"),
            "",
            none,
            "3",
            false,
        ),
        ("painted over in white", at("99") + white + &at("13"), "", none, "13", false),
        ("painted over, letting through", at("13") + "/G gs\n" + white, "", none, "13", false),
        (
            "painted over outside the part that is shown",
            at("13") + "q 300 10 10 10 re W n\n" + white + "Q\n",
            "",
            none,
            "13",
            false,
        ),
        ("below a colour", at("13") + "0.5 g 60 310 80 30 re f 0 g\n", "", none, "13", true),
        ("below a picture", at("13") + "q 80 0 0 30 60 310 cm /X Do Q\n", "", &[group, image], "13", true),
        ("a layer that is off", at("1") + "/OC /L BDC\n" + &apart("", "3") + "EMC\n", layer, &[group], "1", false),
        ("a layer that is on", at("1") + "/OC /L BDC\n" + &second("", "3") + "EMC\n", layer_on, &[group], "13", false),
        ("within a form", at("1") + "/X Do\n", "", &[group, form], "1 3", false),
        ("a form in a layer that is off", at("1") + "/OC /L BDC /X Do EMC\n", layer, &[group, form], "1", false),
        ("cut away", at("1") + "q 0 0 10 10 re W n\n" + &apart("", "3") + "Q\n", "", none, "1", false),
        ("twice for bold", at("13") + "BT /F 10 Tf 71.6 320.3 Td (13) Tj ET\n", "", none, "13", false),
        (
            "a watermark",
            "BT /F 40 Tf 0.7 0.7 -0.7 0.7 80 305 Tm (2024) Tj ET\n".to_owned() + &at("13"),
            "",
            none,
            "13",
            false,
        ),
    ] {
        let bytes = pdf(&(TABLE.to_owned() + &content), RESOURCES, catalog, objects);
        assert_eq!(first_cell(&bytes), (shown.to_owned(), doubt), "{name}");
    }
}

#[test]
fn what_lies_on_a_page_is_read_or_puts_in_doubt() {
    let field = "/Subtype /Widget /FT /Tx /Rect [60 310 140 340]";
    let cell = |text: &str| format!("BT /F 10 Tf 70 320 Td ({text}) Tj ET\n");
    for (name, content, annotation, shown, doubt) in [
        ("a field", String::new(), format!("<< {field} /V (13) >>"), "13", false),
        ("a hidden field", String::new(), format!("<< {field} /V (13) /F 2 >>"), "", false),
        (
            "a button",
            String::new(),
            "<< /Subtype /Widget /FT /Btn /V /Yes /Rect [60 310 140 340] >>".to_owned(),
            "",
            false,
        ),
        ("a box over a figure", cell("13"), "<< /Subtype /Square /Rect [60 310 140 340] >>".to_owned(), "13", true),
        ("a box beside it", cell("13"), "<< /Subtype /Square /Rect [60 10 140 40] >>".to_owned(), "13", false),
        ("a link", cell("13"), "<< /Subtype /Link /Rect [60 310 140 340] >>".to_owned(), "13", false),
        (
            "a note in place of a figure",
            String::new(),
            "<< /Subtype /FreeText /Contents (13) /Rect [60 310 140 340] >>".to_owned(),
            "13",
            true,
        ),
    ] {
        let page = format!("{RESOURCES} /Annots [10 0 R]");
        let bytes = pdf(&(TABLE.to_owned() + &content), &page, "", &[&annotation]);
        assert_eq!(first_cell(&bytes), (shown.to_owned(), doubt), "{name}");
    }
}

#[test]
fn pages_that_stand_on_their_side_and_bytes_before_the_header_are_read() {
    let content = TABLE.to_owned() + "BT /F 10 Tf 70 320 Td (13) Tj ET\n";
    for turn in ["0 1 -1 0 400 0", "-1 0 0 -1 400 400", "0 -1 1 0 0 400"] {
        let turned = pdf(&format!("q {turn} cm\n{content}Q\n"), RESOURCES, "", &[]);
        assert_eq!(first_cell(&turned), ("13".to_owned(), false), "{turn}");
    }
    let led = [b"\xef\xbb\xbf\n".to_vec(), pdf(&content, RESOURCES, "", &[])].concat();
    assert_eq!(first_cell(&led), ("13".to_owned(), false));
}

#[test]
fn a_text_that_nobody_sees_is_told_as_a_scan() {
    let lines: String = (0..30).map(|at| format!("BT 3 Tr /F 10 Tf 50 {} Td (2023) Tj ET\n", 390 - at * 12)).collect();
    let refusal = blocks(&pdf(&lines, RESOURCES, "", &[]), &Limits::default()).expect_err("a scan");
    assert!(refusal.why.zh.contains("第1页的文字层不可见"), "{refusal:?}");
}

#[test]
fn arrays_too_deep_are_refused_and_brackets_in_strings_and_streams_are_not_counted() {
    let deep = [b"%PDF-1.4\n".to_vec(), vec![b'['; 60_000]].concat();
    assert_eq!(guard_depth(&deep, 512).expect_err("deep").obstacle, Obstacle::TooLarge);
    let brackets = "[".repeat(2_000);
    let shallow = format!("%PDF-1.4\n({brackets}) stream\n{brackets}\nendstream [[1]]");
    assert!(guard_depth(shallow.as_bytes(), 512).is_ok());
}

#[test]
fn a_page_number_is_told_from_a_figure() {
    assert!(is_page_number("- 3 -") && is_page_number("第 12 页"));
    assert!(!is_page_number("行政许可 550") && !is_page_number("-"));
}
