//! Mojibake through the public API: every kind of damage is undone, sound text of every kind is
//! left alone, and nothing depends on how the text is cut into pieces.
#![cfg(feature = "encoding")]

use jianfan::encoding::{
    Decoder, Encoder, Encoding, Malformed, Mojibake, MojibakeKind, RepairReport, RepairStream,
    Unmappable, Verdict,
};
use proptest::prelude::*;

const SIMPLIFIED: [&str; 6] = [
    "他昨天下午把头发剪短了，大家都说好看。",
    "我们在城市的另一边找到了一家很小的书店。",
    "如果明天下雨，我们就不去公园，在家里看电影。",
    "这个软件可以把文件转换成其他的格式。",
    "孩子们在院子里跑来跑去，笑声传得很远。",
    "会议推迟到下个星期三，请通知所有的同事。",
];
const TRADITIONAL: [&str; 6] = [
    "他昨天下午把頭髮剪短了，大家都說好看。",
    "我們在城市的另一邊找到了一家很小的書店。",
    "如果明天下雨，我們就不去公園，在家裡看電影。",
    "這個軟體可以把檔案轉換成其他的格式。",
    "孩子們在院子裡跑來跑去，笑聲傳得很遠。",
    "會議延到下個星期三，請通知所有的同事。",
];
const JAPANESE: [&str; 4] = [
    "昨日の午後、駅の近くで古い友達に会いました。",
    "この設定を変更すると、次の起動から有効になります。",
    "セーブデータを読み込んでいます。電源を切らないでください。",
    "明日は雨が降るので、家で本を読むつもりです。",
];
const KOREAN: [&str; 3] = [
    "어제 오후에 역 근처에서 오랜 친구를 만났습니다.",
    "이 설정을 바꾸면 다음에 시작할 때부터 적용됩니다.",
    "내일은 비가 오니까 집에서 책을 읽을 생각입니다.",
];

/// `text` as someone sees it who reads what is written in one encoding as if it were in another;
/// none if it can't be written in that encoding.
fn damaged(text: &str, written: Encoding, read: Encoding) -> Option<String> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(written, Unmappable::Error, false);
    encoder.encode(text, &mut bytes).and_then(|()| encoder.finish(&mut bytes)).ok()?;
    let mut damaged = String::new();
    let mut decoder = Decoder::new(read, Malformed::Replace);
    decoder.decode(&bytes, &mut damaged).and_then(|()| decoder.finish(&mut damaged)).ok()?;
    Some(damaged)
}

/// The kinds of damage, with texts that are written in such an encoding.
fn kinds() -> Vec<(Encoding, Encoding, Vec<&'static str>)> {
    let chinese = || [SIMPLIFIED, TRADITIONAL].concat();
    let any = || [&chinese()[..], &JAPANESE, &KOREAN].concat();
    let western = Encoding::WINDOWS_1252;
    vec![
        (Encoding::UTF_8, Encoding::GBK, any()),
        (Encoding::UTF_8, Encoding::GB18030, any()),
        (Encoding::UTF_8, Encoding::BIG5, any()),
        (Encoding::UTF_8, western, any()),
        (Encoding::UTF_8, Encoding::SHIFT_JIS, any()),
        (Encoding::UTF_8, Encoding::EUC_KR, any()),
        (Encoding::GBK, Encoding::BIG5, chinese()),
        (Encoding::GBK, western, chinese()),
        (Encoding::GBK, Encoding::SHIFT_JIS, chinese()),
        (Encoding::GBK, Encoding::EUC_KR, chinese()),
        (Encoding::BIG5, Encoding::GBK, TRADITIONAL.to_vec()),
        (Encoding::BIG5, western, TRADITIONAL.to_vec()),
        (Encoding::BIG5, Encoding::SHIFT_JIS, TRADITIONAL.to_vec()),
        (Encoding::BIG5, Encoding::EUC_KR, TRADITIONAL.to_vec()),
        (Encoding::SHIFT_JIS, Encoding::GBK, JAPANESE.to_vec()),
        (Encoding::SHIFT_JIS, western, JAPANESE.to_vec()),
        (Encoding::EUC_JP, western, JAPANESE.to_vec()),
        (Encoding::EUC_KR, Encoding::GBK, KOREAN.to_vec()),
        (Encoding::EUC_KR, western, KOREAN.to_vec()),
        (Encoding::UTF_16LE, Encoding::UTF_16BE, any()),
    ]
}

/// `text` repaired in pieces of `size` characters, with what was said about it.
fn repaired_in_pieces(text: &str, size: usize) -> (String, RepairReport) {
    let mut out = String::new();
    let mut stream = RepairStream::new();
    let characters: Vec<char> = text.chars().collect();
    for piece in characters.chunks(size) {
        stream.push(&piece.iter().collect::<String>(), &mut out);
        stream.push("", &mut out);
    }
    stream.finish(&mut out);
    (out, stream.report().clone())
}

#[test]
fn famous_samples() {
    for (sample, written) in [
        ("浣犲ソ", "你好"),
        ("浣犲ソ锛屼笘鐣�", "你好，世�"),
        ("鎴戜滑鍘诲摢鍎?", "我们去哪�"),
        ("鈥淚t鈥檚 a caf茅鈥�", "“It’s a café�"),
        ("ä½ å¥½", "你好"),
        ("ä½\u{A0}å¥½", "你好"),
        ("Ã¤Â½Â\u{A0}Ã¥Â¥Â½", "你好"),
        ("い地チ瓣キ", "い地チ瓣キ"),
        ("ÄãºÃ£¬ÊÀ½ç", "你好，世界"),
        ("§A¦n¡A¥@¬É¡C", "你好，世界。"),
        ("偙傟偼", "これは"),
        ("譁\u{E044}怜喧縺", "譁\u{E044}怜喧縺"),
        ("縺薙ｓ縺ｫ縺｡縺ｯ", "こんにちは"),
        ("鎴", "鎴"),
        ("用户名：浣犲ソ，年龄：30", "用户名：你好，年龄：30"),
    ] {
        assert_eq!(Mojibake::repair(sample), written, "{sample}");
    }
}

#[test]
fn every_kind_is_undone() {
    for (written, read, texts) in kinds() {
        let (mut whole, mut repaired) = (0, 0);
        for text in texts {
            let Some(damage) = damaged(text, written, read) else {
                continue;
            };
            if damage.contains('\u{FFFD}') {
                continue;
            }
            whole += 1;
            let result = Mojibake::repair(&damage);
            assert!(result == text || result == damage, "{written} as {read}: {damage} {result}");
            repaired += usize::from(result == text);
        }
        assert_eq!(repaired, whole, "{written} as {read}");
    }
}

/// EUC-JP that is read as GBK keeps its kana, and its kanji become others: that is often in doubt.
#[test]
fn japanese_with_other_kanji() {
    let damage = |text| damaged(text, Encoding::EUC_JP, Encoding::GBK).unwrap();
    let repaired = JAPANESE.map(|text| Mojibake::repair(&damage(text)));
    assert_eq!(repaired[1], JAPANESE[1]);
    assert_eq!(repaired[3], JAPANESE[3]);
    for (text, repaired) in JAPANESE.iter().zip(&repaired) {
        assert!(repaired == text || *repaired == damage(text), "{text}");
    }
}

/// What is written in an encoding in which such texts hardly are, or read in such a way, may be left,
/// but never becomes another text.
#[test]
fn what_is_not_known_is_not_made_up() {
    let western = Encoding::WINDOWS_1252;
    let chinese = [SIMPLIFIED, TRADITIONAL].concat();
    let kinds = [
        (Encoding::SHIFT_JIS, western, &chinese[..]),
        (Encoding::SHIFT_JIS, Encoding::GBK, &chinese),
        (Encoding::EUC_JP, western, &chinese),
        (Encoding::EUC_KR, western, &chinese),
        (Encoding::GBK, western, &JAPANESE),
        (Encoding::BIG5, western, &JAPANESE),
        (Encoding::GBK, Encoding::SHIFT_JIS, &JAPANESE),
        (Encoding::GBK, Encoding::SHIFT_JIS, &chinese),
        (Encoding::EUC_KR, Encoding::GBK, &JAPANESE),
        (Encoding::UTF_16LE, Encoding::UTF_16BE, &chinese),
    ];
    for (written, read, texts) in kinds {
        for text in texts.iter().flat_map(|text| clippings(text)) {
            let Some(damage) = damaged(&text, written, read) else {
                continue;
            };
            let repaired = Mojibake::repair(&damage);
            // Where bytes are lost, the rest may stay, but what is repaired was in the text.
            let is_known =
                |found: &Mojibake| found.repaired.split('�').all(|part| text.contains(part));
            let mut certain = Mojibake::find(&damage);
            certain.retain(|found| found.verdict == Verdict::Certain);
            let is_part = damage.contains('�') && certain.iter().all(is_known);
            let is_right = repaired == text || repaired == damage || is_part;
            assert!(is_right, "{written} as {read}: {text} {repaired}");
        }
    }
}

/// `text`, and pieces of it from every third character on.
fn clippings(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let windows = [4, 8].into_iter().flat_map(|length| characters.windows(length).step_by(3));
    windows.map(String::from_iter).chain([text.to_owned()]).collect()
}

/// UTF-16 with its bytes swapped has characters that look like ASCII: 最 is g, 一 is N. Where a
/// stretch ends beside one, or beside what else is damaged, it is in doubt.
#[test]
fn a_part_of_what_is_damaged_is_not_repaired() {
    for text in [
        "最後談到公司法，",
        "一座蘇拉的侍從，",
        "本席建請行政院︰",
        "連署人：徐慶元　",
        "●卽𠂹之古文●。",
        "최근의 점을 추가하거나",
    ] {
        let damage = damaged(text, Encoding::UTF_16LE, Encoding::UTF_16BE).unwrap();
        let repaired = Mojibake::repair(&damage);
        assert!(repaired == text || repaired == damage, "{text} {repaired}");
        assert!(!Mojibake::find(&damage).is_empty(), "{text}");
    }
}

/// The ideographic space has two codes in GBK: 棠 and 桡 in UTF-8 are one text there.
#[test]
fn a_space_that_is_read_from_two_codes() {
    let text = "等闲间将海棠偷折，山盟共设：不许";
    let damage = damaged(text, Encoding::UTF_8, Encoding::GBK).unwrap();
    let repaired = Mojibake::repair(&damage);
    assert!(repaired == text || repaired == damage, "{repaired}");
}

#[test]
fn damaged_twice() {
    let western = Encoding::WINDOWS_1252;
    for text in [&SIMPLIFIED[..], &TRADITIONAL, &JAPANESE, &KOREAN].concat() {
        let once = damaged(text, Encoding::UTF_8, western).unwrap();
        let twice = damaged(&once, Encoding::UTF_8, western).unwrap();
        assert_eq!(Mojibake::repair(&twice), text);
        let kind = MojibakeKind::Misread { written: Encoding::UTF_8, read: western, times: 2 };
        assert!(Mojibake::find(&twice).iter().all(|found| found.kind == kind), "{twice}");
    }
}

/// Where bytes were lost, what is left is repaired, and nothing is made up.
#[test]
fn lost_characters_stay_lost() {
    for (damage, repaired, lost) in [
        ("浣犲ソ锛屼粖澶╁ぉ姘斿緢濂�", "你好，今天天气很�", 1),
        ("浣犲ソ锛屼粖澶╁ぉ姘斿緢濂?", "你好，今天天气很�", 1),
        ("浣犲ソ锛屼粖澶╁ぉ姘斿緢濂", "你好，今天天气很�", 1),
        ("浣犲ソ锛屼粖澶╁ぉ姘斿緢濂\u{F8F5}", "你好，今天天气很�", 1),
        ("浣犲ソ锟斤拷锛屼粖澶╁ぉ姘", "你好��，今天天�", 3),
    ] {
        let found = Mojibake::find(damage);
        assert_eq!(found.len(), 1, "{damage}");
        assert_eq!((found[0].lost, found[0].verdict), (lost, Verdict::Certain), "{damage}");
        assert_eq!(Mojibake::repair(damage), repaired, "{damage}");
    }
    let hopeless = damaged(TRADITIONAL[1], Encoding::UTF_8, Encoding::BIG5).unwrap();
    assert_eq!(Mojibake::repair(&hopeless), hopeless);
    assert!(Mojibake::find(&hopeless).iter().all(|found| found.verdict == Verdict::Lost));
    assert!(!Mojibake::find(&hopeless).is_empty());
}

/// 锟斤拷 and the like are named and left.
#[test]
fn traces_of_lost_text() {
    let replaced = |read| MojibakeKind::Replacement { read };
    for (text, kind, range) in [
        ("价格：锟斤拷锟斤拷元", replaced(Encoding::GBK), 9..27),
        ("標題：嚙踝蕭嚙踝蕭", replaced(Encoding::BIG5), 9..27),
        ("이름: 占쏙옙占쏙옙", replaced(Encoding::EUC_KR), 8..26),
        ("name: ï¿½ï¿½", replaced(Encoding::WINDOWS_1252), 6..18),
        ("x = 烫烫烫烫", MojibakeKind::Memory, 4..16),
        ("屯屯屯屯屯屯", MojibakeKind::Memory, 0..18),
    ] {
        let found = Mojibake::find(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].kind, found[0].range.clone()), (kind, range), "{text}");
        assert_eq!(found[0].verdict, Verdict::Lost, "{text}");
        assert_eq!(Mojibake::repair(text), text);
    }
}

/// Text of every kind that only looks strange.
#[test]
fn sound_text_is_left_alone() {
    let sound = [
        "关关雎鸠，在河之洲。窈窕淑女，君子好逑。",
        "蒹葭蒼蒼，白露為霜。所謂伊人，在水一方。",
        "帝高陽之苗裔兮，朕皇考曰伯庸。攝提貞於孟陬兮，惟庚寅吾以降。",
        "扈江離與辟芷兮，紉秋蘭以為佩。汩余若將不及兮，恐年歲之不吾與。",
        "李喆、王翀、陳堃、張赟、劉珅、黃勰、周彧、吳昶、鄭玥、馮喆",
        "魑魅魍魎，饕餮檮杌，貔貅麒麟，囹圄耄耋，旮旯犄角",
        "丂丄丅丆丏丒丗丟丠両丣並丩丮丯丱丳丵丷丼乀乁乂乄乆乊乑乕乗",
        "鎯鎰鎱鎲鎳鎴鎵鎶鎷鎸鎹鎺鎻鎼鎽鎾鎿鏀鏁鏂",
        "浣 犲 ソ 鎴 銆 锛",
        "嘤嘤嘤嘤嘤嘤嘤嘤嘤嘤嘤嘤",
        "布鲁德巴尔蒙|波拉杜鲁姆班德鲁姆|波尔乌尔德蒙|波姆博姆波姆托",
        "側耳、哈末、拉甲、基尼烈、撒母耳、以利沙、拿鴻",
        "佢哋喺度傾緊偈，唔好嘈住佢哋瞓覺啦，咁夜仲唔走？",
        "侬今朝夜里向阿要一道去白相相？",
        "昨日はとても寒かったので、一日中こたつに入っていました。",
        "ｱﾝｹｰﾄﾆ ｺﾞｷｮｳﾘｮｸ ｸﾀﾞｻｲ",
        "ドラゴンクエスト、攻撃力＋１２、防御力−３",
        "어제는 너무 추워서 하루 종일 집에 있었습니다. 漢字도 씁니다.",
        "뷁쉙괡뙇쏼똠방각하 펲시콜라",
        "Où êtes-vous allé cet été ? À l'hôtel près de la forêt, naïveté, Noël, cœur.",
        "INSTRUÇÕES PARA A INSTALAÇÃO: ATENÇÃO À CONFIGURAÇÃO; SEÇÃO, FUNÇÃO, OPÇÕES, AÇÃO",
        "Ærlig talt, så går det bra på øya. Æ e på å æ å; i æ e ø æ å.",
        "Þetta er ævintýri um þrjá bræður á Íslandi, öðruvísi en önnur",
        "Đường phố Hà Nội về đêm rất đẹp, có nhiều quán ăn ngon và rẻ.",
        "Добрый день! Я хотел бы заказать столик на двоих.",
        "Καλημέρα, θα ήθελα έναν καφέ, παρακαλώ.",
        "ˈkɒmpjuːtə ˌɪntəˈnæʃənəl ðə kwɪk braʊn fɒks, nǐ hǎo, zhōngguó, lǜsè",
        "ㄋㄧˇ ㄏㄠˇ，ㄓㄨㄥ ㄍㄨㄛˊ ㄖㄣˊ",
        "┌──┬──┐│甲│乙│├──┼──┤└──┴──┘ ■□●○★☆",
        "∀x∈ℝ: x²≥0 ∧ ∑ᵢ aᵢ ≤ ∞, α→β ⇒ ¬γ",
        "😀🎉👍🏽👨‍👩‍👧 © 2024 «München» – 50 % ½ ¼ ¾ §§ 3 ¶",
        "fn main() { let s: &'static str = \"ä\"; println!(\"{s:?} ± {}\", x as u8 as char); }",
        "สวัสดีครับ ผมชื่อสมชาย مرحبا بالعالم שלום עולם नमस्ते",
        "\u{E000}\u{E001} 外字 \u{FFFD} �� ???",
        "烫手，屯田，锟钢，斤两，拷贝；烫烫，屯屯",
    ];
    for text in sound.into_iter().chain([SIMPLIFIED, TRADITIONAL].concat()) {
        assert_eq!(Mojibake::find(text), [], "{text}");
        assert_eq!(Mojibake::repair(text), text);
    }
}

#[test]
fn nothing_but_the_damage_is_touched() {
    let text = "\u{FEFF}第一行\r\n\u{0}浣犲ソ锛屼笘鐣?\t\r\n\r\n  再见  ";
    assert_eq!(Mojibake::repair(text), "\u{FEFF}第一行\r\n\u{0}你好，世�\t\r\n\r\n  再见  ");
}

#[test]
fn places_and_counts() {
    let text = "第一行\n锟斤拷\n他说：浣犲ソ锛屼笘鐣\nくそ ÄãºÃ\nä½ å¥½\n";
    let found = Mojibake::find(text);
    let places: Vec<&str> = found.iter().map(|found| &text[found.range.clone()]).collect();
    assert_eq!(places, ["锟斤拷", "浣犲ソ锛屼笘鐣", "ÄãºÃ", "ä½ å¥½"]);
    for size in [1, 7, 1000] {
        let (_, report) = repaired_in_pieces(text, size);
        let misread = |read| MojibakeKind::Misread { written: Encoding::UTF_8, read, times: 1 };
        let kinds = [(misread(Encoding::GBK), 1), (misread(Encoding::WINDOWS_1252), 1)];
        assert_eq!(report.repaired, kinds);
        assert_eq!((report.lost, report.left), (1, 2));
        let first = report.first_left.unwrap();
        assert_eq!((first.line, first.column), (2, 1));
        assert_eq!(first.kind, MojibakeKind::Replacement { read: Encoding::GBK });
    }
}

#[test]
fn a_long_line_is_held_in_parts() {
    let mut line = String::new();
    while line.len() < 300_000 {
        line += "浣犲ソ锛屾櫄瀹夈€� ";
    }
    let mut stream = RepairStream::new();
    let mut out = String::new();
    stream.push(&line, &mut out);
    assert!(out.len() > 100_000);
    stream.finish(&mut out);
    assert!(out.chars().all(|character| "你好，晚安� ".contains(character)));
    assert_eq!(repaired_in_pieces(&line, 1000).0, out);
}

/// Sentences and fragments, sound and damaged, on lines and beside each other.
fn text() -> impl Strategy<Value = String> {
    let sentence = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>());
    let sentence = sentence.prop_map(|(kind, text, sound)| {
        let (written, read, texts) = kind.get(&kinds()).clone();
        let text = *text.get(&texts);
        let damage = if sound { None } else { damaged(text, written, read) };
        damage.unwrap_or_else(|| text.to_owned())
    });
    let other = prop::sample::select(vec![
        "\n",
        "\r\n",
        " ",
        "\t",
        ", ",
        "锟斤拷",
        "�",
        "?",
        "浣",
        "犲ソ",
        "ÄãºÃ",
        "é",
        "烫烫烫",
        "\u{E000}",
    ]);
    let part = prop_oneof![sentence, other.prop_map(str::to_owned), any::<String>()];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn damage_is_undone(
        kind in any::<prop::sample::Index>(),
        (first, second) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        cut in 8_usize..40,
    ) {
        let (written, read, texts) = kind.get(&kinds()).clone();
        let text: String = [*first.get(&texts), *second.get(&texts)].concat();
        let text: String = text.chars().take(cut).collect();
        if let Some(damage) = damaged(&text, written, read)
            && !damage.contains('\u{FFFD}')
            && text.chars().filter(|character| !character.is_ascii()).count() >= 8
        {
            let repaired = Mojibake::repair(&damage);
            // Short EUC-JP may be EUC-KR or GBK as well; some kanji have two codes in Shift_JIS.
            let is_open = written == Encoding::EUC_JP || read == Encoding::SHIFT_JIS;
            let is_open = is_open && repaired == damage;
            prop_assert!(is_open || repaired == text, "{written} as {read}: {damage} {repaired}");
        }
    }

    #[test]
    fn cuts_make_no_difference(text in text(), size in 1_usize..20) {
        let whole = repaired_in_pieces(&text, usize::MAX);
        prop_assert_eq!(repaired_in_pieces(&text, size), whole);
    }

    #[test]
    fn a_second_time_nothing_changes(text in text()) {
        let once = Mojibake::repair(&text);
        prop_assert_eq!(Mojibake::repair(&once), once);
    }

    #[test]
    fn findings_are_in_order_and_apart(text in text()) {
        let found = Mojibake::find(&text);
        for pair in found.windows(2) {
            prop_assert!(pair[0].range.end <= pair[1].range.start);
        }
        for found in found {
            let place = text.get(found.range).unwrap();
            prop_assert!(found.verdict == Verdict::Lost || found.repaired != place);
        }
    }
}
