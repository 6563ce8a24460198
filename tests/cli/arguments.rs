//! Arguments: OpenCC's own command lines, configs and tables of the user's, shells.

use super::support::{Folder, jianfan};

const HAIR: &[u8] = "头发\n".as_bytes();

#[test]
fn command_lines_of_opencc() {
    let folder = Folder::with(&[("in", "鼠标\n".as_bytes())]);
    for arguments in [
        "-c s2twp.json -i in -o out",
        "--config s2twp --input in --output out",
        "--config=s2twp.json --input=in --output=out --noflush 1",
        "-c s2twp.json -i in -o out --in-place --path . --path=..",
        "-i in -o out -c s2twp --include-tofu-risk-dictionaries --noflush=0",
    ] {
        folder.jianfan(arguments).assert().success();
        assert_eq!(folder.read("out"), "滑鼠\n", "{arguments}");
        std::fs::remove_file(folder.path("out")).unwrap();
    }
    folder.jianfan("-c s2twp.json").write_stdin("鼠标").assert().stdout("滑鼠");
}

/// With it, see `opencc_engine.rs`.
#[cfg(not(feature = "opencc"))]
#[test]
fn opencc_itself_has_to_be_built_in() {
    let problem = "jianfan: --engine opencc: this jianfan was built without OpenCC; build it with \
                   `cargo install jianfan --features opencc`, or leave the option out\n";
    for arguments in [["-c", "s2t"], ["-t", "zh-TW"]] {
        let mut command = jianfan(arguments);
        command.args(["--engine", "opencc"]).assert().code(2).stdout("").stderr(problem);
    }
}

const OWN: &[u8] =
    r#"{"conversion_chain": [{"dict": {"type": "inline", "entries": {"头": "首"}}}]}"#.as_bytes();

#[test]
fn configs_of_the_user() {
    let folder = Folder::with(&[("own.json", OWN), ("configs/far.json", OWN), ("a.txt", HAIR)]);
    for config in ["own.json", "./own.json", "configs/far.json", "far.json --path configs"] {
        folder.jianfan(&format!("-c {config} a.txt")).assert().success().stdout("首发\n");
    }
    let problem = "jianfan: can't read ./s2t.json: No such file or directory\n";
    folder.jianfan("-c ./s2t.json a.txt").assert().code(2).stderr(problem);
}

/// As OpenCC has it; but a bare name is a built-in config's.
#[test]
fn a_file_shadows_a_config_by_its_whole_name_only() {
    let folder = Folder::with(&[("s2t.json", OWN), ("s2t", OWN), ("a.txt", HAIR)]);
    folder.jianfan("-c s2t.json a.txt").assert().stdout("首发\n");
    folder.jianfan("-c s2t a.txt").assert().stdout("頭髮\n");
    folder.jianfan("-c t2s.json a.txt").assert().stdout("头发\n");
}

#[test]
fn the_last_table_wins() {
    let one = ("one.txt", "头发\t毛髮\n软件\t軟件\n".as_bytes());
    let folder = Folder::with(&[one, ("two.txt", "头发\t頂上\n".as_bytes())]);
    let run = |arguments| folder.jianfan(arguments).write_stdin("头发软件网络").assert().success();
    run("-c s2twp --table one.txt --table two.txt").stdout("頂上軟件網路");
    run("-t zh-TW --table two.txt --table one.txt").stdout("毛髮軟件網路");
}

#[test]
fn a_bad_table_is_told_with_its_line() {
    let folder = Folder::with(&[("bad.txt", "头发\t頭髮\n软件\n".as_bytes())]);
    let run = folder.jianfan("-c s2t --table bad.txt").write_stdin("").assert().code(2);
    let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(stderr.starts_with("jianfan: bad.txt:2: "), "{stderr}");
    assert_eq!(stderr.lines().count(), 1);
}

#[test]
fn verbose_tells_what_was_detected() {
    let run = |text: &'static str| jianfan(["-t", "zh-TW", "-v"]).write_stdin(text).assert();
    let locale = "locale read off each sentence";
    run("\u{feff}这里").stderr(format!("jianfan: <stdin>: utf-8, byte order mark, {locale}\n"));
    run("hello").stderr(format!("jianfan: <stdin>: ascii, {locale}\n"));
    let japanese = |text: &'static str| jianfan(["-t", "ja", "-v"]).write_stdin(text).assert();
    japanese("这里").stdout("這裏").stderr("jianfan: <stdin>: utf-8, zh-CN\n");
    japanese("hello").stderr("jianfan: <stdin>: ascii, locale unknown: text is left as it is\n");
    let named = jianfan(["-c", "s2t", "-v"]).write_stdin("hello").assert();
    named.stderr("jianfan: <stdin>: ascii\n");
}

#[test]
fn a_diff_has_colours_where_they_are_wanted() {
    let diff = |when: &str| {
        let mut command = jianfan(["-c", "s2t", "--diff", "--color", when]);
        let run = command.write_stdin("头发\nabc\n").assert().success();
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    };
    let coloured = diff("always");
    assert!(coloured.contains("\x1b[31m-头发\x1b[0m\n\x1b[32m+頭髮\x1b[0m\n abc\n"), "{coloured}");
    assert!(!diff("never").contains('\x1b') && diff("auto") == diff("never"));
}

#[test]
fn every_shell_is_served() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = jianfan(["completions", shell]).assert().success();
        let script = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert!(script.contains("output-encoding") && script.contains("s2twp"), "{shell}");
    }
}

#[test]
fn the_manual_lists_the_options() {
    let run = jianfan(["man"]).assert().success();
    let page = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    for option in [r"\-\-unmappable", r"\-\-json", "candidates of the entry", "SHELL"] {
        assert!(page.starts_with(".") && page.contains(option), "{option}");
    }
    assert_eq!(page.matches("\n\\fB\\-\\-malformed").count(), 1);
    assert!(!page.contains(r"\-explain(1)"), "there is only this page");
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_can_t_be_written_is_an_error() {
    for argument in ["--help", "--version", "man"] {
        let device = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianfan"));
        assert_eq!(command.arg(argument).stdout(device).status().unwrap().code(), Some(2));
    }
}

#[test]
fn opencc_s_own_explanations_are_jianfan_explain() {
    for option in ["--inspect", "--segmentation", "--ambiguities", "--measured_result=out.json"] {
        let name = option.split('=').next().unwrap();
        let problem = format!(
            "jianfan: {name}: jianfan does not take this option of OpenCC; \
             `jianfan explain` shows which entry made each change\n"
        );
        jianfan(["-c", "s2t", option]).assert().code(2).stdout("").stderr(problem);
    }
}

#[test]
fn a_command_goes_before_all_options() {
    let folder = Folder::with(&[("a.txt", HAIR)]);
    let problem = "jianfan: explain: no such file; a command goes before all options: \
                   jianfan explain …\n";
    folder.jianfan("-c s2t explain a.txt").assert().code(2).stderr(problem);
    folder.jianfan("-c s2t -w a.txt explain").assert().code(2).stderr(problem);
    let folder = Folder::with(&[("explain", HAIR)]);
    folder.jianfan("-c s2t explain").assert().success().stdout("頭髮\n");
}

#[test]
fn folders_that_are_none_and_configs_that_are_folders() {
    let folder = Folder::with(&[("a.txt", HAIR), ("configs/own.json", OWN)]);
    let problem = "jianfan: --path: nowhere: is no directory; name one that exists\n";
    folder.jianfan("-c s2t --path nowhere a.txt").assert().code(2).stderr(problem);
    for name in ["configs/", "./configs"] {
        let problem = format!("jianfan: {name}: is a directory; name a .json file\n");
        folder.jianfan(&format!("-c {name} a.txt")).assert().code(2).stderr(problem);
    }
}

/// As OpenCC warns of them.
#[test]
fn variation_selectors_are_told_once() {
    let folder = Folder::with(&[("a", "葛\u{e0100}\n".as_bytes()), ("b", "頭\u{fe00}".as_bytes())]);
    let note = "jianfan: the input has variation selectors (U+FE00–FE0F, U+E0100–E01EF), \
                which are left as they are\n";
    for action in ["", "--check", "--diff", "-w"] {
        folder.jianfan(&format!("-c s2t {action} a")).assert().success().stderr(note);
        folder.jianfan(&format!("-c s2t {action} a -q")).assert().success().stderr("");
    }
    folder.jianfan("-c s2t --check . a b").assert().success().stderr(note);
}
