//! Standard input and output.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use super::support::{SIMPLIFIED, jianfan};
use jianfan::{Converter, Locale};

fn spawn(arguments: &[&str]) -> (Child, ChildStdin) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianfan"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let stdin = child.stdin.take().unwrap();
    (child, stdin)
}

#[test]
fn one_byte_at_a_time() {
    let config = Converter::config("s2twp").unwrap();
    let cases = [(["-c", "s2twp"], config), (["-t", "zh-TW"], Converter::to(Locale::ZhTw))];
    for (arguments, converter) in &cases {
        let expected = converter.convert(SIMPLIFIED);
        let (child, mut stdin) = spawn(arguments);
        for byte in SIMPLIFIED.as_bytes() {
            stdin.write_all(&[*byte]).unwrap();
        }
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    }
}

/// Someone who writes a line and waits for the answer gets it.
#[test]
fn a_line_comes_out_when_it_has_come_in() {
    let (mut child, mut stdin) = spawn(&["-c", "s2t"]);
    let mut stdout = child.stdout.take().unwrap();
    for (line, answer) in [("他的头发\n", "他的頭髮\n"), ("干净\n", "乾淨\n")] {
        stdin.write_all(line.as_bytes()).unwrap();
        let mut bytes = vec![0; answer.len()];
        stdout.read_exact(&mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), answer);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let (mut child, mut stdin) = spawn(&["-c", "s2t"]);
    drop(child.stdout.take());
    let line = "他的头发\n".repeat(1000);
    while stdin.write_all(line.as_bytes()).is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

/// As long as the whole line were held, memory would grow far beyond this.
#[cfg(target_os = "linux")]
#[test]
fn a_long_line_needs_little_memory() {
    let piece = "汉字转换软件，鼠标里面的硅二极管坏了".repeat(2000);
    for arguments in [&["-c", "s2twp"][..], &["-t", "tw"], &["-t", "tw", "--check"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianfan"));
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        for _ in 0..150 {
            stdin.write_all(piece.as_bytes()).unwrap();
        }
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let kilobytes: usize = peak.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(kilobytes < 24 * 1024, "{arguments:?} {kilobytes} kB");
        drop(stdin);
        child.wait().unwrap();
    }
}

#[test]
fn nul_is_kept() {
    let text = "头\0发\0头发\n";
    jianfan(["-c", "s2t"]).write_stdin(text).assert().success().stdout("頭\0發\0頭髮\n");
}

#[test]
fn no_end_of_line_is_added_or_changed() {
    for (text, result) in [("头发", "頭髮"), ("", ""), ("头发\r\n\r\n头发", "頭髮\r\n\r\n頭髮")]
    {
        jianfan(["-c", "s2t"]).write_stdin(text).assert().success().stdout(result);
    }
}

#[test]
fn check_reads_standard_input_too() {
    let check = |text: &'static str| jianfan(["-t", "zh-TW", "--check"]).write_stdin(text).assert();
    check("这里的软件").code(1).stdout("<stdin>\n");
    check("這裡的軟體").code(0).stdout("");
    jianfan(["-c", "s2t", "--check", "-q"]).write_stdin("头发").assert().code(1).stdout("");
}

/// The window by which the locale is told ends at the same character however the input is cut;
/// between places it is told sentence by sentence.
#[test]
fn what_auto_decides_does_not_depend_on_the_cuts() {
    // Simplified prevails in the window, Traditional behind it.
    let text = "这里说话".repeat(200) + &"這裡說話".repeat(2000);
    let japanese = Converter::between(Locale::ZhCn, Locale::Ja).convert(&text).into_owned();
    let taiwanese = Converter::to(Locale::ZhTw).convert(&text).into_owned();
    let cases = [("ja", japanese), ("zh-TW", taiwanese)];
    for (size, (to, expected)) in [1, 1000, text.len()]
        .into_iter()
        .flat_map(|size| cases.iter().map(move |case| (size, case)))
    {
        let (child, mut stdin) = spawn(&["-t", to]);
        let reader = std::thread::spawn(move || child.wait_with_output().unwrap());
        text.as_bytes().chunks(size).for_each(|chunk| stdin.write_all(chunk).unwrap());
        drop(stdin);
        assert!(reader.join().unwrap().stdout == expected.as_bytes(), "{size}");
    }
}

#[test]
fn text_that_does_not_tell_its_locale_stays() {
    let text = "hello 你好\n";
    jianfan(["-t", "zh-TW"]).write_stdin(text).assert().success().stdout(text);
}

#[test]
fn help_and_completions_are_cut_in_silence() {
    for arguments in [&["--help"][..], &["man"], &["completions", "bash"]] {
        let (mut child, _) = spawn(arguments);
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
    }
    jianfan(["man"]).timeout(Duration::from_secs(10)).assert().success();
}
