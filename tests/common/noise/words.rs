//! The texts around the tables. They say nothing of the figures.

use super::random::Random;

/// The titles of the six sections.
pub const SECTIONS: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];

/// The text before section one.
pub fn preamble(year: i32) -> String {
    let instrument = if year < 2021 { "〔2019〕60号" } else { "〔2021〕30号" };
    format!(
        "根据《中华人民共和国政府信息公开条例》和国务院办公厅政府信息与政务公开办公室有关通知（国办公开办函{instrument}）\
         编制本报告。报告由六个部分组成。所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    )
}

/// The text of a section, by its number; the paragraphs of section one may be numbered like sections.
pub fn section(number: usize, year: i32, body: &str, numbered: bool) -> Vec<String> {
    let text = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    match number {
        1 => {
            let mut lines = vec![format!(
                "{year}年，{body}认真贯彻落实《中华人民共和国政府信息公开条例》，政府信息公开工作平稳有序。"
            )];
            lines.extend(text(if numbered { &NUMBERED } else { &MATTERS }));
            lines
        }
        4 => vec![format!("{year}年，本机关依法做好行政复议答复和行政诉讼应诉工作。")],
        5 => text(&[
            "（一）存在的主要问题。一是部分单位主动公开不够及时；二是答复文书不够规范。",
            "（二）改进情况。一是按季度检查公开目录的更新情况；二是组织答复文书专题培训。",
        ]),
        6 => vec![format!("{year}年，本机关依据《政府信息公开信息处理费管理办法》收取信息处理费0元。")],
        _ => Vec::new(),
    }
}

const MATTERS: [&str; 5] = [
    "（一）主动公开。通过门户网站及时公开各类政府信息。",
    "（二）依申请公开。畅通申请渠道，规范办理程序，依法答复申请人。",
    "（三）政府信息管理。及时清理行政规范性文件，动态更新公开目录。",
    "（四）政府信息公开平台建设。完成门户网站政府信息公开专栏改版。",
    "（五）监督保障。将政府信息公开纳入工作考核，组织开展社会评议，没有因政府信息公开工作被追究责任的情形。",
];

const NUMBERED: [&str; 5] = [
    "一、加强组织领导。主要负责同志定期研究政府信息公开工作。",
    "二、主动公开政府信息情况。通过门户网站及时公开各类政府信息。",
    "三、依申请公开政府信息情况。畅通申请渠道，规范办理程序。",
    "四、政府信息管理和平台建设。动态更新公开目录，完成专栏改版。",
    "五、监督保障。纳入工作考核，组织开展社会评议，没有被追究责任的情形。",
];

/// What a web page shows before and behind a report.
pub fn navigation(year: i32, body: &str) -> (Vec<String>, Vec<String>) {
    let before = [
        "首页 > 政务公开 > 政府信息公开年报",
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
        "字体：大 中 小",
    ];
    let mut before: Vec<String> = before.iter().map(|line| (*line).to_owned()).collect();
    before.push(format!("索引号：XQ-{year}-0131　发布日期：{}-01-18　来源：{body}", year + 1));
    let behind = vec![
        format!("上一篇：{body}{}年政府信息公开工作年度报告", year - 1),
        "下一篇：没有了".to_owned(),
        "打印本页　关闭窗口".to_owned(),
        format!("主办：{body}　网站标识码：0000000000　联系电话：0000-0000000"),
    ];
    (before, behind)
}

/// Characters that are easily mistaken for others.
const MISTAKEN: [(char, char); 38] = [
    ('止', '纸'),
    ('效', '郊'),
    ('制', '致'),
    ('新', '薪'),
    ('数', '敷'),
    ('项', '顷'),
    ('目', '日'),
    ('增', '曾'),
    ('处', '外'),
    ('收', '牧'),
    ('采', '彩'),
    ('购', '构'),
    ('规', '现'),
    ('许', '计'),
    ('罚', '伐'),
    ('强', '弹'),
    ('申', '伸'),
    ('请', '清'),
    ('情', '清'),
    ('自', '白'),
    ('企', '仑'),
    ('研', '妍'),
    ('益', '盆'),
    ('服', '报'),
    ('其', '具'),
    ('总', '怱'),
    ('维', '唯'),
    ('纠', '纤'),
    ('审', '宙'),
    ('未', '末'),
    ('后', '舌'),
    ('复', '夏'),
    ('予', '子'),
    ('属', '厉'),
    ('关', '夫'),
    ('要', '耍'),
    ('信', '住'),
    ('章', '意'),
];

/// A text with one character mistaken; none where no character of it is easily mistaken.
pub fn mistaken(text: &str, random: &mut Random) -> Option<String> {
    let mut chars: Vec<char> = text.chars().collect();
    let other = |char: char| MISTAKEN.iter().find(|(own, _)| *own == char).map(|(_, other)| *other);
    let places: Vec<usize> = (0..chars.len()).filter(|at| other(chars[*at]).is_some()).collect();
    let at = *places.get(random.below(places.len()))?;
    chars[at] = other(chars[at])?;
    Some(chars.into_iter().collect())
}

/// Simplified characters of reports, each followed by its traditional form.
const TRADITIONAL: &str = "总總况況动動开開処處处處请請诉訴讼訟议議复復问問题題进進报報务務办辦关關\
    规規项項数數业業机機构構组組织織会會务務执執后後从從无無当當现現过過结結转轉维維纠糾审審经經类類权權护護\
    补補续續继繼缴繳费費购購计計许許认認询詢举舉罚罰强強范範围圍县縣区區临臨澜瀾财財训訓时時网網站站单單\
    发發际際纳納评評责責应應该該导導负負这這对對据據编編从從号號统統期期门門户戶规規书書学學环環\
    国國条條华華个個内內录錄为為没沒专專设設监監贯貫彻徹实實厅廳与與于於决決属屬获獲废廢额額万萬畅暢将將资資\
    级級员員产產体體页頁点點闭閉联聯码碼标標识識台臺举舉听聽达達变變";

/// A text in traditional characters.
pub fn traditional(text: &str) -> String {
    let pairs: Vec<char> = TRADITIONAL.chars().filter(|char| !char.is_whitespace()).collect();
    let other = |char: char| pairs.chunks(2).find(|pair| pair[0] == char).map_or(char, |pair| pair[1]);
    text.chars().map(other).collect()
}
