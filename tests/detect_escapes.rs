//! Encodings of seven bits, recognised by their shifts: real-looking text of each kind, cut
//! anywhere and with a byte gone wrong, and what looks like them but is not.
#![cfg(feature = "encoding")]

#[path = "support/codecs.rs"]
mod codecs;

use codecs::encode;
use jianfan::encoding::{AutoDecoder, Detector, Encoding, Malformed};

const MAIL: &str = "From: li@example.com (Li)\r\nNewsgroups: alt.chinese.text\r\n\
    Subject: Re: 软件问题\r\n\r\n> 请问哪里可以找到新的字体？\r\n\r\n\
    在 ftp://example.edu/pub 下面有几种，下载后解压缩就能用。\r\n我用的是 1.5 版，没有问题。\r\n--\r\n李\r\n";
const STORY: &str = "从前有座山，山里有座庙，庙里有个老和尚在给小和尚讲故事。他说：“从前有座山。”\n\
    天黑了，小和尚还没有睡着，他听见外面的风声，觉得有点害怕。\n";
const TAIWAN: &str = "Subject: 關於會議時間\n\n各位同事：\n會議改在星期三下午兩點，地點不變。\n\
    請把 report 帶來，謝謝。\n中文与 English 混排。\n";
const JAPAN: &str = "Subject: 会議の件\n\n皆様、\n会議は水曜日の午後２時に変わりました。\n\
    よろしくお願いします。\n";

fn detect(bytes: &[u8]) -> Encoding {
    let mut detector = Detector::new();
    detector.push(bytes);
    detector.finish().encoding
}

#[test]
fn text_is_recognised_and_read() {
    for (encoding, text) in [
        (Encoding::HZ_GB_2312, MAIL),
        (Encoding::HZ_GB_2312, STORY),
        (Encoding::HZ_GB_2312, "Subject: 通知\n"),
        (Encoding::HZ_GB_2312, "你好，世界！\n"),
        (Encoding::HZ_GB_2312, "第一章 ~/notes\n"),
        (Encoding::ISO_2022_CN, MAIL),
        (Encoding::ISO_2022_CN, STORY),
        (Encoding::ISO_2022_CN, TAIWAN),
        (Encoding::ISO_2022_CN, "乂\n"),
        (Encoding::ISO_2022_JP, JAPAN),
    ] {
        // Behind an ASCII head that is longer than the window, too.
        for head in [String::new(), "An ASCII line.\n".repeat(9000)] {
            let bytes = [head.as_bytes(), &encode(encoding, text)].concat();
            assert_eq!(detect(&bytes), encoding, "{text}");
            let mut decoder = AutoDecoder::new(Malformed::Error);
            let mut read = String::new();
            decoder.decode(&bytes, &mut read).unwrap();
            decoder.finish(&mut read).unwrap();
            assert!(read == head + text, "{encoding} {text}");
        }
    }
}

/// From 16 bytes on, of which the first of HZ and ISO-2022-CN are shifts.
#[test]
fn cut_text_is_recognised() {
    for (encoding, text) in [
        (Encoding::HZ_GB_2312, STORY),
        (Encoding::ISO_2022_CN, STORY),
        (Encoding::ISO_2022_CN, TAIWAN),
        (Encoding::ISO_2022_JP, JAPAN),
    ] {
        let bytes = encode(encoding, text);
        let first = bytes.iter().position(|byte| matches!(byte, 0x1B | b'~')).unwrap();
        for end in first + 16..=bytes.len() {
            assert_eq!(detect(&bytes[..end]), encoding, "{encoding} up to {end}");
        }
    }
    let hz = encode(Encoding::HZ_GB_2312, STORY);
    let (line, _) = hz.split_at(hz.iter().position(|byte| *byte == b'\n').unwrap());
    for start in (2..line.len() - 14).step_by(2) {
        let snippet = [b"~{", &line[start..start + 14]].concat();
        assert_eq!(detect(&snippet), Encoding::HZ_GB_2312, "{}", start);
    }
}

/// Changed, lost or doubled, in any place.
#[test]
fn one_wrong_byte_makes_no_difference() {
    for (encoding, text) in [
        (Encoding::HZ_GB_2312, MAIL),
        (Encoding::HZ_GB_2312, STORY),
        (Encoding::ISO_2022_CN, MAIL),
        (Encoding::ISO_2022_CN, STORY),
        (Encoding::ISO_2022_JP, JAPAN),
    ] {
        let bytes = encode(encoding, text);
        for place in 0..bytes.len() {
            let (before, behind) = (&bytes[..place], &bytes[place + 1..]);
            for wrong in [&b""[..], b"\xFF", b"\xD6", b" ", b"a", b"~", b"\x7F", &[bytes[place]; 2]]
            {
                let damaged = [before, wrong, behind].concat();
                assert_eq!(detect(&damaged), encoding, "{wrong:x?} at {place} in {encoding}");
            }
        }
    }
}

/// What a tilde, a brace, an escape, SO and SI are more often.
const OTHERS: [&str; 40] = [
    // Shells and paths.
    "cd ~/src && cp ~{alice,bob}/notes . && ls ~\n",
    "for d in ~{root,daemon}; do echo \"${d#~}\"; done\n",
    "alias ll='ls -l ~{,/..}'\n",
    // Lisp's loops in formats.
    "(format t \"~{~a~^, ~}~%\" list)\n",
    "(format nil \"~{<li>~A</li>~}\" items)\n",
    "(format nil \"~{~{~a=~s~}~^&~}\" pairs)\n",
    "(format nil \"~:{(~D ~D)~}\" points)\n",
    "(format t \"~@{~&* ~A~}\" 'FOO 'BAR)\n",
    "(format t \"~{~}\" \"~D\" numbers)\n",
    // Workflows and templates.
    "command { samtools sort -o ~{sample_name}.bam ~{input_bam} -@ ~{threads} }\n",
    "command { bwa mem ~{REF} ~{READS1} ~{READS2} > ~{OUT}.sam }\n",
    "{{~#if user~}} Hello {{~name~}} {{~/if~}}\n",
    "%{~ for ip in ips ~}\nserver ${ip}\n%{~ endfor ~}\n",
    "Dear ~{NAME}, your code is ~{CODE}.\n",
    // Regular expressions.
    "let re = /^[^~{}]+~{2,3}$/;\n",
    "grep -E 'a~{1,}b~{0}' file; sed 's/~{\\([A-Z]*\\)~}/\\1/'\n",
    "re.compile(r'~\\{(.*?)~\\}')\n",
    "if ($s =~{\\d+}x) { print }\n",
    // C and its kin.
    "struct Node { ~Node(); };\nNode::~Node() {}\nunsigned mask = ~0u & ~(1 << n);\n",
    "auto f = [=]{ return ~x; }; int y = ~{1};\n",
    "class A { public: A(){} ~A(){} }; std::vector<int> v{~1, ~2};\n",
    "io:format(\"{~p,~p}~n\", [A, B]), io:format(\"~{~w~}~n\").\n",
    "destroy~{;}\n",
    // Markup.
    "See Section~{\\bf 3}, Fig.~{\\ref{fig:A}} and Table~{\\ref{T1}}.\n",
    "Use ~~{old}~~ for strikethrough, ~~~\n~~~{.python}\nprint(1)\n~~~\n",
    "H~{2~}O and x~{i~} are subscripts\n",
    // Pictures.
    "~{~}~{~}~{~}~{~}\n",
    "  ,~{ o )~}  ~~~~  {~{o.o}~}\n",
    "~{===>  <===~}\n",
    "{~_~} ~{*}~ ~{@}~ ~{o}~\n",
    // Terminals.
    "\x1B[31mred\x1B[0m \x1B[1;32mgreen\x1B[m\n",
    "\x1B(B\x1B[m\x1B[?1049h\x1B[2J\x1B=\x1B>\n",
    "\x1B)0\x0Elqqqqqk\x0F\r\n\x0Ex\x0F menu \x0Ex\x0F\r\n\x0Emqqqqqj\x0F\r\n",
    "\x1B(0lqqqk\x1B(B \x1BN \x1BO \x1B$ \x1B$) \x1B$+\n",
    "\x1B]0;user@host: ~{x}\x07\x1B[01;34m~\x1B[00m$ ls\r\n",
    "\x0E\x0F\x0E\x0F~~\x1B\x1B\x1B\n",
    // Korean mail, for which there is no decoder.
    "\x1B$)C\r\nSubject: \x0EGQ1[\x0F test\r\n\x0E>H3gGO<<?d\x0F\r\n",
    // Words about HZ, and too little of it.
    "HZ switches by ~{ and ~}; a tilde is ~~.\n",
    "The shift is `~{`, e.g. ~{VP~} in mail.\n",
    "~{",
];

#[test]
fn what_looks_like_it_is_not_taken_for_it() {
    for text in OTHERS {
        for times in [1, 7, 3000] {
            assert_eq!(detect(text.repeat(times).as_bytes()), Encoding::ASCII, "{text}");
        }
    }
    let all = OTHERS.concat();
    assert_eq!(detect(all.as_bytes()), Encoding::ASCII);
}

#[test]
fn other_encodings_may_quote_it() {
    let quote = "在 HZ 里，“中文”写作 ~{VPND~}，“软件”写作 ~{Hm<~~}。\n";
    for encoding in [Encoding::UTF_8, Encoding::GB18030] {
        assert_eq!(detect(&encode(encoding, quote)), encoding);
    }
    let escapes = "ISO-2022-JP の「日本」は \x1B$BF|K\\\x1B(B です。ISO-2022-CN は \x1B$)A\x0EHU1>\x0F です。\n";
    assert_eq!(detect(escapes.as_bytes()), Encoding::UTF_8);
}

/// However many shifts come behind it, and in whatever pieces.
#[test]
fn a_line_of_utf_8_comes_first() {
    for encoding in [Encoding::HZ_GB_2312, Encoding::ISO_2022_CN, Encoding::ISO_2022_JP] {
        let bytes = ["中\n".as_bytes(), &encode(encoding, &"中文\n".repeat(9000))].concat();
        assert_eq!(detect(&bytes), Encoding::UTF_8);
        let mut detector = Detector::new();
        bytes.chunks(61).for_each(|chunk| detector.push(chunk));
        assert_eq!(detector.finish().encoding, Encoding::UTF_8);
    }
}
