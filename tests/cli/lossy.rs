//! Results that the output encoding can't hold.

use std::process::{Command, Stdio};

use super::support::{Folder, encoded, jianfan};

const BIG5: &str = "-c s2t --output-encoding big5";
const ADVICE: &str = "; name another --output-encoding, or use --unmappable entity or geta\n";

#[test]
fn the_characters_are_told_with_their_places() {
    let text = "头发\n头发冇\u{20000}";
    let options = ["-c", "s2t", "--output-encoding", "gbk"];
    let problem = "jianfan: <stdin>: gbk lacks 1 character of the result: \u{20000} (U+20000) at line 2, \
                   column 4; name another --output-encoding, or use --unmappable entity or geta\n";
    jianfan(options).write_stdin(text).assert().code(2).stderr(problem);
    for (policy, end) in [("entity", "&#x20000;"), ("geta", "〓")] {
        let output = jianfan(options.into_iter().chain(["--unmappable", policy]));
        let stdout = { output }.write_stdin(text).assert().success().get_output().stdout.clone();
        assert_eq!(stdout, encoded(&format!("頭髮\n頭髮冇{end}"), "gbk", false));
    }
}

/// In the whole text, however far apart, and in the places of the result.
#[test]
fn they_are_looked_for_in_the_whole_text() {
    let filler = "头发\n".repeat(20_000);
    let text = format!("㐀㐁㐀\n{filler}发㐂㐀{filler}");
    let folder = Folder::with(&[("a.txt", text.as_bytes())]);
    let list = "㐀 (U+3400) at line 1, column 1; 㐁 (U+3401) at 1:2; 㐂 (U+3402) at 20002:2";
    let problem = format!("jianfan: a.txt: big5 lacks 3 characters of the result: {list}{ADVICE}");
    folder.jianfan(&format!("{BIG5} a.txt")).assert().code(2).stdout("").stderr(problem.clone());
    folder.jianfan(&format!("{BIG5} --diff a.txt")).assert().code(2).stdout("").stderr(problem);
}

#[test]
fn ten_are_told_and_whether_there_are_others() {
    let ten: Vec<char> = ('\u{3400}'..'\u{340a}').collect();
    let list: Vec<String> = ten
        .iter()
        .zip(1..)
        .map(|(character, column)| {
            let place =
                if column == 1 { "line 1, column 1".to_owned() } else { format!("1:{column}") };
            format!("{character} (U+{:04X}) at {place}", u32::from(*character))
        })
        .collect();
    let (text, list) = (ten.iter().collect::<String>() + "\n", list.join("; "));
    for (text, count, end) in [
        (text.clone(), "10 characters", ""),
        (text + "\u{340a}\n", "more than 10 characters", "; and others"),
    ] {
        let problem =
            format!("jianfan: <stdin>: big5 lacks {count} of the result: {list}{end}{ADVICE}");
        let run = jianfan(BIG5.split(' ')).write_stdin(text).assert().code(2);
        run.stdout("").stderr(problem);
    }
}

/// Whether they lie in the beginning of the file, or behind much that could be written.
#[test]
fn files_stay_as_they_are() {
    let filler = "头发\n".repeat(30_000);
    for text in ["头㐀\n".to_owned() + &filler, filler.clone() + "头㐀\n", filler.clone() + "㐀"]
    {
        let folder = Folder::with(&[("a.txt", text.as_bytes()), ("old", b"old")]);
        for action in ["-w a.txt", "a.txt -o new", "a.txt -o old", "--check a.txt"] {
            let run = folder.jianfan(&format!("{BIG5} {action}")).assert().code(2).stdout("");
            let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
            let problem = "jianfan: a.txt: big5 lacks 1 character of the result: 㐀 (U+3400) at ";
            assert!(stderr.starts_with(problem) && stderr.lines().count() == 1, "{stderr}");
        }
        assert_eq!(folder.names(), ["a.txt", "old"]);
        assert!(folder.read("a.txt") == text && folder.read("old") == "old");
    }
}

/// Other files are written all the same.
#[test]
fn one_file_of_several_fails_alone() {
    let folder = Folder::with(&[
        ("a.txt", "头\n".as_bytes()),
        ("b.txt", "㐀\n".as_bytes()),
        ("c.txt", "发\n".as_bytes()),
    ]);
    folder.jianfan(&format!("{BIG5} -w a.txt b.txt c.txt")).assert().code(2);
    assert_eq!(folder.bytes("a.txt"), encoded("頭\n", "big5", false));
    assert_eq!(folder.read("b.txt"), "㐀\n");
    assert_eq!(folder.bytes("c.txt"), encoded("發\n", "big5", false));
}

/// Of a file of less than a megabyte, redirected or named, and of a pipe that comes at once.
#[test]
fn nothing_of_a_short_result_is_printed() {
    let long = "头发\n".repeat(50_000) + "㐀";
    let folder = Folder::with(&[("a.txt", long.as_bytes())]);
    folder.jianfan(&format!("{BIG5} a.txt")).assert().code(2).stdout("");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianfan"));
    let file = std::fs::File::open(folder.path("a.txt")).unwrap();
    let output = command.args(BIG5.split(' ')).stdin(file).output().unwrap();
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
    jianfan(BIG5.split(' ')).write_stdin("头发㐀\n").assert().code(2).stdout("");
}

/// Whole chunks of it: no line is cut where the character stands.
#[test]
fn the_beginning_of_a_long_result_may_be_printed() {
    let text = "头发\n".repeat(300_000) + "头㐀\n";
    let folder = Folder::with(&[("a.txt", text.as_bytes())]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianfan"));
    command.args(BIG5.split(' ')).arg(folder.path("a.txt")).stderr(Stdio::null());
    let stdout = command.output().unwrap().stdout;
    assert!(stdout.len() > 1 << 19);
    assert!(encoded("頭髮\n", "big5", false).repeat(300_000).starts_with(&stdout));
}

#[test]
fn what_is_not_seen_is_named_by_its_code() {
    let run = jianfan(BIG5.split(' ')).write_stdin("a\u{202e}\n").assert().code(2);
    run.stderr(format!(
        "jianfan: <stdin>: big5 lacks 1 character of the result: U+202E at line 1, column 2{ADVICE}"
    ));
}

/// In the order of the text: what comes behind them does not count.
#[test]
fn they_come_before_malformed_bytes_behind_them() {
    for (bytes, problem) in [
        (
            "头㐀\n头\u{0}".as_bytes().iter().copied().chain(*b"\xFF").collect::<Vec<u8>>(),
            "big5 lacks",
        ),
        ([b"\xFF", "㐀".as_bytes()].concat(), "malformed utf-8 at byte 0"),
    ] {
        let mut command = jianfan(BIG5.split(' ').chain(["--encoding", "utf-8"]));
        let run = command.write_stdin(bytes).assert().code(2);
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(stderr.starts_with(&format!("jianfan: <stdin>: {problem}")), "{stderr}");
        assert_eq!(stderr.lines().count(), 1);
    }
}
