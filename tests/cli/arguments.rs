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
    run("\u{feff}这里").stderr("jianfan: <stdin>: utf-8, byte order mark, zh-CN\n");
    run("hello").stderr("jianfan: <stdin>: ascii\n");
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
    assert!(page.starts_with(".") && page.contains(r"\-\-unmappable"));
}
