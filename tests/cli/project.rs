//! `jianfan.toml`: found, read, and weighed against the command line.

use std::fs;

use super::support::{Folder, encoded};

const HAIR: &[u8] = "头发\n".as_bytes();
const SOFTWARE: &[u8] = "软件\n".as_bytes();

/// A folder with a project file and others.
fn project(toml: &str, files: &[(&str, &[u8])]) -> Folder {
    let project = [("jianfan.toml", toml.as_bytes())];
    Folder::with(&project.iter().chain(files).copied().collect::<Vec<_>>())
}

/// What the command prints, if all is done or --check finds something.
fn printed(folder: &Folder, arguments: &str) -> String {
    let output = folder.jianfan(arguments).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// What the command says, if it is done.
fn said(folder: &Folder, arguments: &str) -> String {
    let run = folder.jianfan(arguments).assert().success();
    String::from_utf8(run.get_output().stderr.clone()).unwrap()
}

/// The only line of an error.
fn refused(folder: &Folder, arguments: &str) -> String {
    let run = folder.jianfan(arguments).assert().code(2).stdout("");
    let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    stderr.trim_end().strip_prefix("jianfan: ").unwrap().to_owned()
}

#[test]
fn it_says_what_is_not_given() {
    let folder = project("to = 'zh-TW'\n", &[("a.txt", SOFTWARE)]);
    assert_eq!(printed(&folder, "a.txt"), "軟體\n");
    assert_eq!(printed(&folder, "convert a.txt"), "軟體\n");
    assert_eq!(printed(&folder, "-t zh-HK a.txt"), "軟件\n");
    folder.jianfan("").write_stdin(SOFTWARE).assert().success().stdout("軟體\n");
}

#[test]
fn the_nearest_one_upward_counts() {
    let folder = project("to = 'zh-TW'\n", &[("in/a/b.txt", SOFTWARE)]);
    let inside = |arguments: &str| {
        let mut command = folder.jianfan(arguments);
        command.current_dir(folder.path("in/a")).assert().success()
    };
    inside("b.txt").stdout("軟體\n");
    fs::write(folder.path("in/jianfan.toml"), "to = 'zh-HK'\n").unwrap();
    inside("b.txt").stdout("軟件\n");
    // What counts is where the command runs, not where the file is.
    assert_eq!(printed(&folder, "in/a/b.txt"), "軟體\n");
}

#[test]
fn verbose_says_which_it_was() {
    let folder = project("to = 'zh-TW'\n", &[("in/a.txt", SOFTWARE)]);
    assert!(said(&folder, "-v in/a.txt").starts_with("jianfan: settings of jianfan.toml\n"));
    assert!(said(&folder, "explain -v in/a.txt").starts_with("jianfan: settings of jianfan.toml"));
    let run = folder.jianfan("-v a.txt").current_dir(folder.path("in")).output().unwrap();
    let full = folder.path("").canonicalize().unwrap().join("jianfan.toml");
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert_eq!(stderr.lines().next().unwrap(), format!("jianfan: settings of {}", full.display()));
}

#[test]
fn another_one_or_none() {
    let files: &[(&str, &[u8])] = &[
        ("a.txt", SOFTWARE),
        ("set/hk.toml", b"to = 'hk'\ntables = ['w.txt']\n"),
        ("set/w.txt", b""),
    ];
    let folder = project("to = 'zh-TW'\n", files);
    assert_eq!(printed(&folder, "--project set/hk.toml a.txt"), "軟件\n");
    assert!(refused(&folder, "--isolated a.txt").starts_with("say what to convert to: -t"));
    assert!(refused(&folder, "--isolated --project set/hk.toml a.txt").contains("--isolated"));
    assert_eq!(refused(&folder, "--project no.toml a.txt"), "no.toml: No such file or directory");
    assert_eq!(
        refused(&folder, "--project set a.txt"),
        "set: is a directory; name a file, such as set/jianfan.toml"
    );
}

#[test]
fn a_config_and_a_locale_replace_each_other() {
    let locale = project("to = 'zh-TW'\nfrom = 'cn'\nscript-only = true\n", &[("a.txt", SOFTWARE)]);
    assert_eq!(printed(&locale, "a.txt"), "軟件\n");
    assert_eq!(printed(&locale, "-c s2twp a.txt"), "軟體\n");
    assert_eq!(printed(&locale, "--vocabulary safe a.txt"), "軟體\n");
    let config = project("config = 's2t'\n", &[("a.txt", SOFTWARE)]);
    assert_eq!(printed(&config, "a.txt"), "軟件\n");
    assert_eq!(printed(&config, "-t zh-TW a.txt"), "軟體\n");
    assert!(refused(&config, "-f zh-CN a.txt").starts_with("say what to convert to"));
}

#[test]
fn paths_count_from_its_folder() {
    let toml = "to = 'zh-TW'\ntables = ['words/own.txt']\n";
    let files: &[(&str, &[u8])] = &[
        ("words/own.txt", "软件\t程式\n".as_bytes()),
        ("in/a.txt", SOFTWARE),
        ("in/b.txt", "软件\t軟軟\n".as_bytes()),
    ];
    let folder = project(toml, files);
    let inside = |arguments: &str| {
        let mut command = folder.jianfan(arguments);
        command.current_dir(folder.path("in")).assert().success()
    };
    inside("a.txt").stdout("程式\n");
    // Tables of the command line come on top.
    inside("a.txt --table b.txt").stdout("軟軟\n");
    fs::write(folder.path("my.json"), MINE).unwrap();
    fs::write(folder.path("words/mine.txt"), "软件\t硬件\n").unwrap();
    fs::write(folder.path("jianfan.toml"), "config = 'my.json'\n").unwrap();
    inside("a.txt").stdout("硬件\n");
}

#[test]
fn configs_by_all_their_names() {
    let files: &[(&str, &[u8])] = &[
        ("a.txt", SOFTWARE),
        ("configs/other.json", MINE.as_bytes()),
        ("configs/words/mine.txt", "软件\t硬件\n".as_bytes()),
        ("in/s2t.json", b"{}"),
    ];
    let folder = project("", files);
    let converted = |toml: &str| {
        fs::write(folder.path("jianfan.toml"), toml).unwrap();
        let mut command = folder.jianfan("../a.txt");
        let run = command.current_dir(folder.path("in")).assert().success();
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    };
    assert_eq!(converted("config = 's2twp'"), "軟體\n");
    // That of the working directory is not meant.
    assert_eq!(converted("config = 's2t.json'"), "軟件\n");
    assert_eq!(converted("config = 'configs/other.json'"), "硬件\n");
    assert_eq!(converted("config = 'other.json'\npath = ['configs']"), "硬件\n");
    fs::write(folder.path("jianfan.toml"), "config = 'no.json'").unwrap();
    assert!(refused(&folder, "a.txt").starts_with("jianfan.toml:1:10: config: unknown config"));
}

const MINE: &str = r#"{
  "name": "mine",
  "segmentation": { "type": "mmseg", "dict": { "type": "text", "file": "words/mine.txt" } },
  "conversion_chain": [{ "dict": { "type": "text", "file": "words/mine.txt" } }]
}"#;

#[test]
fn switches_and_lists() {
    let toml = "to = 'zh-TW'\nhidden = true\nno-ignore = false\njobs = 2\nbackup = '~'\n";
    let files: &[(&str, &[u8])] =
        &[("d/.a.txt", HAIR), ("d/b.txt", HAIR), ("d/b.txt~", HAIR), (".ignore", b"b.txt\n")];
    let folder = project(toml, files);
    assert_eq!(printed(&folder, "--check d"), "d/.a.txt\n");
    assert_eq!(printed(&folder, "--no-ignore --check d"), "d/.a.txt\nd/b.txt\n");
    assert!(said(&folder, "-w d").contains("1 converted"));
    assert_eq!(folder.read("d/.a.txt~"), "头发\n");
    // Backups are no inputs, and it does not matter that nothing is written.
    assert_eq!(printed(&folder, "--check d"), "");
    assert_eq!(printed(&folder, "d/b.txt"), "頭髮\n");
    let detected = printed(&folder, "detect d");
    assert!(detected.starts_with("d/.a.txt\t") && detected.lines().count() == 1, "{detected}");
}

#[test]
fn globs_count_from_where_they_are_written() {
    let toml = "to = 'zh-TW'\ninclude = ['/in/*.txt', '*.md']\nexclude = ['/in/no.txt']\n";
    let names = ["in/a.txt", "in/b.md", "in/no.txt", "in/in/c.txt", "in/in/d.md", "e.txt"];
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, HAIR)).collect();
    let folder = project(toml, &files);
    assert_eq!(printed(&folder, "--check ."), "./in/a.txt\n./in/b.md\n./in/in/d.md\n");
    let inside = |arguments: &str| {
        let mut command = folder.jianfan(arguments);
        String::from_utf8(command.current_dir(folder.path("in")).output().unwrap().stdout).unwrap()
    };
    assert_eq!(inside("--check ."), "./a.txt\n./b.md\n./in/d.md\n");
    assert_eq!(inside("--check --include /in/* ."), "./in/d.md\n");
    assert_eq!(inside("--check --exclude *.md ../in"), "../in/a.txt\n");
    // What is named is taken, and what is elsewhere is none of its business.
    assert_eq!(inside("--check no.txt"), "no.txt\n");
    let elsewhere = Folder::with(&[("f.rst", HAIR)]);
    let path = elsewhere.path("").display().to_string();
    assert_eq!(inside(&format!("--check {path}")), format!("{path}f.rst\n"));
    assert_eq!(printed(&folder, "detect .").lines().count(), 3);
}

#[test]
fn overrides_are_for_some_files_and_the_last_one_wins() {
    let toml = "
        to = 'zh-TW'
        tables = ['builtin:tw-tai']
        [[override]]
        files = ['*.srt', '!/new/*']
        encoding = 'big5'
        output-encoding = 'utf-8'
        [[override]]
        files = ['/old/']
        config = 's2t'
        tables = []
        [[override]]
        files = ['old/in/**/*.txt']
        to = 'zh-HK'
    ";
    let taiwan = "台湾的软件\n".as_bytes();
    let subtitle = encoded("臺灣\n", "big5", false);
    let files: &[(&str, &[u8])] = &[
        ("a.txt", taiwan),
        ("b.srt", &subtitle),
        ("new/b.srt", taiwan),
        ("old/a.txt", taiwan),
        ("old/in/x/a.txt", taiwan),
    ];
    let folder = project(toml, files);
    folder.jianfan("-w .").assert().success();
    assert_eq!(folder.read("a.txt"), "台灣的軟體\n");
    assert_eq!(folder.read("b.srt"), "台灣\n");
    assert_eq!(folder.read("new/b.srt"), "台灣的軟體\n");
    assert_eq!(folder.read("old/a.txt"), "臺灣的軟件\n");
    assert_eq!(folder.read("old/in/x/a.txt"), "台灣的軟件\n");
}

#[test]
fn overrides_are_for_named_files_too_and_give_way_to_the_command_line() {
    let toml = "to = 'zh-TW'\n[[override]]\nfiles = ['in/*.txt']\nto = 'zh-HK'\n";
    let folder = project(toml, &[("in/a.txt", SOFTWARE)]);
    assert_eq!(printed(&folder, "in/a.txt"), "軟件\n");
    assert_eq!(printed(&folder, "-t zh-TW in/a.txt"), "軟體\n");
    assert_eq!(printed(&folder, "-c s2twp in/../in/a.txt"), "軟體\n");
    assert!(printed(&folder, "--diff in").contains("+軟件"));
    assert!(printed(&folder, "explain in").contains("zh-HK"));
    folder.jianfan("").write_stdin(SOFTWARE).assert().success().stdout("軟體\n");
    folder.jianfan("in/a.txt -o out.txt").assert().success();
    assert_eq!(folder.read("out.txt"), "軟件\n");
}

#[test]
fn check_looks_for_what_does_not_belong_to_the_place_of_each_file() {
    let toml =
        "to = 'zh-TW'\nexclude = ['no.txt']\n[[override]]\nfiles = ['hk.txt']\nto = 'zh-HK'\n";
    let texts = "網路\n".as_bytes();
    let folder = project(toml, &[("tw.txt", texts), ("hk.txt", texts), ("no.txt", SOFTWARE)]);
    let found = printed(&folder, "check .");
    assert!(found.starts_with("./hk.txt:1:1: ") && found.lines().count() == 1, "{found}");
    assert!(refused(&folder, "check --isolated .").starts_with("say what the text is to be"));
}

#[test]
fn only_what_needs_a_place_to_convert_to_asks_for_it() {
    let toml = "[[override]]\nfiles = ['*.txt']\nto = 'zh-TW'\n";
    let folder = project(toml, &[("a.txt", SOFTWARE), ("b.md", SOFTWARE)]);
    assert_eq!(printed(&folder, "a.txt"), "軟體\n");
    let problem = refused(&folder, "--check .");
    assert!(problem.starts_with("./b.md: say what to convert to"), "{problem}");
    assert_eq!(printed(&folder, "--check --include *.txt ."), "./a.txt\n");
}

#[test]
fn every_mistake_has_its_place_and_a_remedy() {
    let mistakes = [
        ("tabels = []", "1:1: unknown key “tabels”; did you mean tables?"),
        ("to = 'zh-TV'", "1:6: to: unknown locale “zh-TV”; did you mean zh-TW"),
        ("\n\nto = 5", "3:6: to: must be a string"),
        ("hidden = 'yes'", "1:10: hidden: must be true or false"),
        ("jobs = '2'", "1:8: jobs: must be a whole number"),
        ("tables = 'a.txt'", "1:10: tables: must be a list of strings, such as [\"a\", \"b\"]"),
        ("tables = ['b.txt', 3]", "1:20: tables: must be a list of strings"),
        ("tables = ['no.txt']", "1:11: tables: there is no “no.txt”; paths count"),
        (
            "tables = ['builtin:tw-tay']",
            "1:11: tables: unknown table “tw-tay”; did you mean tw-tai",
        ),
        ("encoding = 'gb1803'", "1:12: encoding: unknown encoding “gb1803”; did you mean gb18030"),
        ("config = 's2tq'", "1:10: config: unknown config “s2tq”; did you mean s2t"),
        ("config = './no.json'", "1:10: config: there is no “./no.json”; paths"),
        ("unmappable = 'getta'", "1:14: unmappable: unknown value “getta”; did you mean geta?"),
        ("color = 'x'", "1:9: color: unknown value “x”; there are auto, always, never"),
        ("jobs = 0", "1:8: jobs: must be a whole number from 1 on"),
        ("jobs = 99999999999999999999", "1:8: jobs: must be a whole number"),
        ("backup = ''", "1:10: backup: a backup stays in the folder of its file"),
        ("include = ['a[']", "1:12: include: error parsing glob 'a['"),
        ("to = 'tw'\nconfig = 's2t'", "2:1: config: does not go with to; leave one of them out"),
        ("to = 'tw'\nto = 'hk'", "2:1: duplicate key"),
        ("to = \n", "1:6: "),
        ("override = 3", "1:12: override: must be tables"),
        ("[[override]]\nto = 'tw'", "1:1: override: names no files; add their globs"),
        ("[[override]]\nfiles = []", "1:1: override: names no files"),
        ("[[override]]\nfiles = ['a{']", "2:10: files: error parsing glob 'a{'"),
        ("[[override]]\nfiles = ['a']\njobs = 2", "3:1: jobs: is the same for all files"),
        ("[[override]]\nfiles = ['a']\nfil = 1", "3:1: unknown key “fil”; did you mean files?"),
        ("[to]\nx = 1", "1:1: to: must be a string"),
        ("write = true", "1:1: unknown key “write”"),
        ("format = 'srt'", "1:1: unknown key “format”"),
    ];
    let folder = Folder::with(&[("b.txt", b"")]);
    for (toml, problem) in mistakes {
        fs::write(folder.path("jianfan.toml"), toml).unwrap();
        let said = refused(&folder, "-t zh-TW b.txt");
        assert!(said.starts_with(&format!("jianfan.toml:{problem}")), "{said}");
        assert!(refused(&folder, "detect b.txt").starts_with("jianfan.toml:"));
    }
}

#[test]
fn a_file_that_is_none() {
    let folder = project("", &[("a.txt", SOFTWARE)]);
    let path = folder.path("jianfan.toml");
    fs::write(&path, b"to = 'tw'\n# \xFF").unwrap();
    assert_eq!(
        refused(&folder, "a.txt"),
        "jianfan.toml: is not UTF-8 at byte 12; save it as UTF-8"
    );
    fs::File::create(&path).unwrap().set_len(100 << 20).unwrap();
    assert!(refused(&folder, "a.txt").starts_with("jianfan.toml: is larger than 1 MiB"));
    fs::write(&path, "\u{FEFF}to = 'tw'\r\n").unwrap();
    assert_eq!(printed(&folder, "a.txt"), "軟體\n");
    fs::write(&path, "[".repeat(100_000)).unwrap();
    assert!(refused(&folder, "a.txt").starts_with("jianfan.toml:1:"));
    fs::write(&path, format!("to = {}", "[".repeat(100_000))).unwrap();
    assert!(refused(&folder, "a.txt").starts_with("jianfan.toml:1:"));
    // The search goes on where there is only a folder of that name.
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(printed(&folder, "-t tw a.txt"), "軟體\n");
}

#[cfg(unix)]
#[test]
fn one_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project("to = 'zh-TW'\n", &[("a.txt", SOFTWARE)]);
    let path = folder.path("jianfan.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    // The superuser reads it anyway.
    if fs::read(&path).is_err() {
        let problem =
            "jianfan.toml: Permission denied; make it readable, or leave it out with --isolated";
        assert_eq!(refused(&folder, "a.txt"), problem);
        assert_eq!(printed(&folder, "--isolated -t zh-TW a.txt"), "軟體\n");
    }
}

#[test]
fn names_are_converted_as_it_says() {
    let folder = project("to = 'zh-TW'\nnames = true\n", &[("d/软件.txt", SOFTWARE)]);
    assert_eq!(printed(&folder, "--check d"), "d/软件.txt\n");
    folder.jianfan("-w d").assert().success();
    assert_eq!(folder.read("d/軟體.txt"), "軟體\n");
}

/// A stopped run goes on under the same settings only.
#[cfg(target_os = "linux")]
#[test]
fn another_project_file_makes_it_another_run() {
    let folder = project("to = 'zh-TW'\n", &[("d/a.txt", SOFTWARE), ("d/b.txt", SOFTWARE)]);
    let journal = |arguments: &str| {
        folder.jianfan(arguments).assert().success();
        let text = folder.read("journal");
        fs::remove_file(folder.path("journal")).unwrap();
        text.lines().take(8).filter(|line| line.contains("jianfan.toml")).collect::<String>()
    };
    let first = journal("-w d --journal journal");
    assert_eq!(first, journal("-w d --journal journal"));
    fs::write(folder.path("jianfan.toml"), "to = 'zh-HK'\n").unwrap();
    assert_ne!(first, journal("-w d --journal journal"));
}
