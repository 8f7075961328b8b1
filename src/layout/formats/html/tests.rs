use super::*;
use crate::layout::refusal::Obstacle;

fn read(text: &str) -> Vec<Block> {
    blocks(text, &Limits::default()).expect("HTML")
}

#[test]
fn a_frame_is_read_and_what_a_form_is_filled_in_with_is_in_doubt() {
    let page = "<body><iframe srcdoc='&lt;p&gt;框内&lt;/p&gt;'></iframe><table><tr>\
        <td><select><option>1<option selected>2</select></td><td><textarea>3</textarea></td><td><input value=4></td>\
        <td><input type=checkbox value=5>6</td><td style='display:none'><textarea>7</textarea></td></tr></table>";
    let [Block::Text { text, .. }, Block::Grid(grid)] = &read(page)[..] else { panic!("text and a grid") };
    assert_eq!(text, "框内\n");
    let cells = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.as_ref().map(|it| it.certain)));
    let doubt = Some(false);
    assert_eq!(cells.collect::<Vec<_>>(), [("2", doubt), ("3", doubt), ("4", doubt), ("6", None)]);
}

#[test]
fn a_page_is_read_as_it_is_seen() {
    let page = "<body><p>一、总体\n情况</p><p>甲<span>乙</span><br>丙</p><script>丁</script><div hidden>戊</div>\
                <p style='display: none'>己</p><pre>庚\n辛</pre>";
    let [Block::Text { text, .. }] = &read(page)[..] else { panic!("text") };
    assert_eq!(text, "一、总体 情况\n甲乙\n丙\n庚\n辛\n");
}

#[test]
fn a_cells_digits_may_be_spread_and_its_blank_may_be_marked() {
    let page = "<table><tr><td><p><span>1</span><span>2</span></p></td><td><o:p>&nbsp;</o:p></td>\
                <td><p><span><span> 3 </span></span></p></td><td><span style='display:none'>9</span>4</td></table>";
    let [Block::Grid(grid)] = &read(page)[..] else { panic!("a grid") };
    let texts: Vec<&str> = grid.rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["12", "\u{a0}", "3", "4"]);
    let doubts = grid.rows[0].cells.iter().map(|cell| cell.concealed.as_ref().map(|it| it.certain));
    assert_eq!(doubts.collect::<Vec<_>>(), [None, None, None, Some(false)], "what is hidden leaves a doubt");
}

#[test]
fn marks_and_what_is_struck_out_are_no_part_of_a_figure() {
    let page = "<table><tr><td>1<sup>2</sup></td><td><del>77</del>42</td><td>1<s>2</s>3</td>\
                <td><span style='text-decoration: line-through'>7</span> 4</td><td>5<span style='vertical-align:super'>[1]</span></td></tr></table>";
    let [Block::Grid(grid)] = &read(page)[..] else { panic!("a grid") };
    let cells = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.as_ref().map(|it| it.certain)));
    let expected = [("1²", None), ("42", Some(true)), ("13", Some(false)), ("4", Some(true)), ("5[¹]", None)];
    assert_eq!(cells.collect::<Vec<_>>(), expected);
}

#[test]
fn too_deep_and_too_wide_is_refused() {
    let deep = "<div>".repeat(100_000);
    let wide = "<table><tr><td colspan=10000000>1</td><td>2</td></tr></table>";
    for page in [deep.as_str(), wide] {
        assert_eq!(blocks(page, &Limits::default()).expect_err("too much").obstacle, Obstacle::TooLarge);
    }
    assert!(blocks(&"<p>文字".repeat(2_000), &Limits::default()).is_ok(), "paragraphs are not nested");
}

#[test]
fn a_text_with_a_stray_tag_is_no_page() {
    assert!(!is_html("年度报告\n<!--[if !supportLists]-->一、<!--[endif]-->总体情况\n正文\n正文</p>\n"));
    assert!(is_html("<p>年度报告</p><p>一、总体情况</p>") && is_html("<!doctype html><html>"));
}

#[test]
fn more_attributes_than_any_page_has_are_refused_and_quoted_ones_are_one() {
    let many: String = (0..2_000).map(|at| format!("a{at}=1 ")).collect();
    let quoted = format!("<p title='{many}' data-x = \"{many}\" style=\"color:red\">文字</p>");
    assert!(blocks(&quoted, &Limits::default()).is_ok());
    // What stands in quotation marks that open no value counts, and what only looks like elements is not looked at for ever.
    let overlapping = "<p ".repeat(500) + "a=\"" + &"甲".repeat(1_000);
    for page in [format!("<p {many}>"), format!("<p \" {many}\">"), overlapping] {
        assert_eq!(blocks(&page, &Limits::default()).expect_err("too much").obstacle, Obstacle::TooLarge, "{page}");
    }
}

/// The cells of the last row of a page's last table, and whether each is in doubt.
fn cells_of(page: &str) -> Vec<(String, bool)> {
    let blocks = read(page);
    let Some(Block::Grid(grid)) = blocks.last() else { panic!("a grid: {blocks:?}") };
    let cells = grid.rows.last().unwrap().cells.iter();
    cells.map(|it| (it.text.clone(), it.concealed.as_ref().is_some_and(|it| !it.certain))).collect()
}

#[test]
fn text_in_the_colour_of_its_ground_is_in_doubt_whatever_paints_it() {
    let cell = |cell: &str| cells_of(&format!("<table><tr>{cell}<td>甲</td></tr></table>"))[0].1;
    for unseen in [
        "<td><font color='#ffffff'>1</font>8230</td>",
        "<td><font color=white>1</font>8230</td>",
        "<td><font color=FFFFFE>1</font>8230</td>",
        "<td><font color='#fefefe'><b>1</b></font>8230</td>",
        "<td bgcolor='#000000'><font color='#000000'>1</font>8230</td>",
        "<td bgcolor=red><span style='color:#f00'>1</span>8230</td>",
        "<td style='background-color:rgb(0,0,0)'><font color=black>1</font>8230</td>",
        "<td bgcolor=black><b>1</b><font color=white>8230</font></td>",
        "<td><font color=red style='color:#fff'>1</font>8230</td>",
        "<td><p bgcolor=black><font color=white>1</font></p></td>",
    ] {
        assert!(cell(unseen), "{unseen}");
    }
    for seen in [
        "<td><font color=red>1</font>8230</td>",
        "<td bgcolor='#336699'><font color='#ffffff'>1</font>8230</td>",
        "<td style='background:#369'><font color=white>18230</font></td>",
        "<td background='a.png'><font color=white>18230</font></td>",
        "<td style='background:url(a.png)'><font color=white>18230</font></td>",
        "<td bgcolor=white style='color:windowtext;background:white'>18230</td>",
        "<td style='background:transparent none repeat scroll 0% 0%'>18230</td>",
        "<td><font color=white><font color=black>18230</font></font></td>",
        "<td><font color=white><a href=x>18230</a></font></td>",
        "<td color=white>18230</td>",
        "<td style='color:inherit'>18230</td>",
        // What browsers write for no ground, and a shade over an unknown one.
        "<td style='background-color: rgba(0, 0, 0, 0)'>18230</td>",
        "<td style='background:#00000000'>18230</td>",
        "<td style='background:#0000'>18230</td>",
        "<td style='background:rgba(0,0,0,.05)'>18230</td>",
        "<td>18230<img src=arrow.gif width=9 height=9></td>",
        // Style sheets may paint what lies between.
        "<style>td{background:#fff}</style><td bgcolor='#000000'>18230</td>",
        "<link rel=stylesheet href=a.css><td><font color=white>18230</font></td>",
    ] {
        assert!(!cell(seen), "{seen}");
    }
    for (body, unseen) in [
        ("text='#ffffff'", true),
        ("text=white bgcolor=white", true),
        ("bgcolor=black", true),
        ("text=white bgcolor=navy", false),
        ("text=black bgcolor='#f0f0f0'", false),
        ("link=white", false),
    ] {
        let page = format!("<body {body}><table><tr><td>18230</td><td>甲</td></tr></table>");
        assert_eq!(cells_of(&page)[0].1, unseen, "{body}");
    }
    let page = "<body link=white><table><tr><td><a href=x>1</a>8230</td><td>甲</td></tr></table>";
    assert!(cells_of(page)[0].1);
}

#[test]
fn a_picture_beside_a_figure_puts_it_in_doubt() {
    for (cell, text, doubt) in [
        ("12<img src=x>", "12", true),
        ("<p><img src=x>12</p>", "12", true),
        ("12<svg><path d=''/></svg>", "12", true),
        ("12<input type=image src=x>", "12", true),
        ("<img src=x height=20 width=30>十二", "十二", true),
        ("<img src=x width=1 style='width:30px'>12", "12", true),
        ("<del>7</del>12<img src=x>", "12", true),
        ("<img src=x>", "", true),
        ("<img src=x width=1 height=20>12", "12", false),
        ("<img src=x height='0'>", "", false),
        ("<img src=x hidden>12", "12", false),
        ("<img src=x>规范性文件", "规范性文件", false),
        (
            "<img src=x>依照《中华人民共和国政府信息公开条例》第二十条主动公开的信息",
            "依照《中华人民共和国政府信息公开条例》第二十条主动公开的信息",
            false,
        ),
    ] {
        let found = cells_of(&format!("<table><tr><td>甲</td><td>{cell}</td></tr></table>"));
        assert_eq!(found[1], (text.to_owned(), doubt), "{cell}");
    }
}

#[test]
fn what_stands_apart_is_not_joined_to_the_digits_beside_it() {
    for style in ["position:absolute", "float: left", "display:block", "position:fixed !important"] {
        let cell = |cell: &str| cells_of(&format!("<table><tr><td>甲</td><td>{cell}</td></tr></table>"))[1].clone();
        for (text, expected) in [
            (format!("1<span style='{style}'>2</span>"), "1\n2"),
            (format!("1<b style='{style}'>2</b>3"), "1\n2\n3"),
            (format!("<span style='{style}'>12</span>"), "12"),
            ("1<span style='position:relative'>2</span>".to_owned(), "12"),
        ] {
            assert_eq!(cell(&text), (expected.to_owned(), false), "{text}");
        }
    }
}
