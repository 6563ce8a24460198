//! `jianfan check`: what is found, how it is printed, what is left out.

use serde_json::Value;

use super::support::Folder;

const TEXT: &[u8] = "我們的软件，頭發不亂。\n這個網絡沒有問題。\n正體字沒有問題。\n".as_bytes();

fn folder() -> Folder {
    Folder::with(&[("d/a.txt", TEXT), ("d/good.txt", "沒有問題。\n".as_bytes())])
}

fn stdout(folder: &Folder, arguments: &str, code: i32) -> String {
    let run = folder.jianfan(&format!("check {arguments}")).assert().code(code).stderr("");
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

#[test]
fn places_and_rules() {
    let found = stdout(&folder(), "-t zh-TW d", 1);
    let expected = "d/a.txt:1:4: 软件: write 軟體 (word: words of computing)\n\
        d/a.txt:1:8: 發: write 髮 (script: read in its context)\n\
        d/a.txt:2:3: 網絡: write 網路 (word: words of computing)\n";
    assert_eq!(found, expected);
    assert_eq!(stdout(&folder(), "-t zh-TW d/good.txt", 0), "");
}

/// Neighbouring characters of another script are one finding.
#[test]
fn runs_of_characters() {
    let folder = Folder::with(&[("a.txt", "这个头发，里面\n".as_bytes())]);
    let found = stdout(&folder, "-t zh-Hant a.txt", 1);
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 2, "{found}");
    assert!(lines[0].starts_with("a.txt:1:1: 这个头发: write 這個頭髮 (script: "), "{found}");
    assert!(lines[1].starts_with("a.txt:1:6: 里: write 裏"), "{found}");
}

#[test]
fn the_least_rule() {
    let folder = folder();
    let text = "支持這個軟體的開發。\n".as_bytes();
    std::fs::write(folder.path("d/good.txt"), text).unwrap();
    let script = stdout(&folder, "-t zh-TW --least script d", 1);
    assert!(script.lines().all(|line| line.contains("(script: ")), "{script}");
    let word = stdout(&folder, "-t zh-TW --least word d", 1);
    assert!(word.contains("软件") && !word.contains("doubtful"), "{word}");
}

#[test]
fn json() {
    let found: Value =
        serde_json::from_str(&stdout(&folder(), "-t zh-TW --output-format json d", 1)).unwrap();
    let first = &found[0];
    assert_eq!(found.as_array().unwrap().len(), 3);
    assert_eq!((&first["path"], &first["text"]), (&"d/a.txt".into(), &"软件".into()));
    assert_eq!((&first["column"], &first["end_column"]), (&4.into(), &6.into()));
    assert_eq!((&first["start"], &first["end"]), (&9.into(), &15.into()));
    assert_eq!((&first["instead"], &first["rule"]), (&"軟體".into(), &"word".into()));
    assert_eq!(stdout(&folder(), "-t zh-TW --output-format json d/good.txt", 0), "[]\n");
}

#[test]
fn sarif() {
    let log: Value =
        serde_json::from_str(&stdout(&folder(), "-t zh-TW --output-format sarif d", 1)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "jianfan");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(
            (&rule["id"], &rule["defaultConfiguration"]["level"]),
            (&result["ruleId"], &result["level"])
        );
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "d/a.txt");
        let change = &result["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["replacements"][0]["deletedRegion"], location["region"]);
    }
    let named = Folder::with(&[("简 体.txt", "头\n".as_bytes())]);
    let run = named.jianfan("check -t zh-TW --output-format sarif .").assert().code(1);
    let log: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "./%E7%AE%80%20%E4%BD%93.txt");
}

#[test]
fn annotations() {
    let found = stdout(&folder(), "-t zh-TW --output-format github d", 1);
    let first = "::warning file=d/a.txt,line=1,col=4,endColumn=5,title=jianfan word::\
        软件: write 軟體 (word: words of computing)";
    assert_eq!(found.lines().next(), Some(first));
    assert!(found.lines().nth(1).unwrap().starts_with("::error file=d/a.txt,line=1,col=8,"));
}

#[test]
fn marks_in_the_text() {
    let text = "头 // jianfan-ignore-line\n头\n# jianfan-ignore-next-line\n头\n\
        <!-- jianfan-off -->\n头\n<!-- jianfan-on -->\n头\n";
    let folder = Folder::with(&[("a.txt", text.as_bytes())]);
    let found = stdout(&folder, "-t zh-TW a.txt", 1);
    let lines: Vec<&str> = found.lines().map(|line| &line[..7]).collect();
    assert_eq!(lines, ["a.txt:2", "a.txt:8"]);
}

#[test]
fn allowed_text() {
    let folder = folder();
    let found = stdout(&folder, "-t zh-TW --allow 软件 --allow 頭發不 d", 1);
    assert_eq!(found, "d/a.txt:2:3: 網絡: write 網路 (word: words of computing)\n");
    // What it is part of is not allowed, nor is it in another script.
    assert_eq!(
        stdout(&folder, "-t zh-TW --allow 發 --allow 网络 --allow 件 d", 1).lines().count(),
        2
    );
    // A run is reported without what is allowed of it.
    let run = Folder::with(&[("a.txt", "这个头发里面\n".as_bytes())]);
    let found = stdout(&run, "-t zh-Hant --allow 头发 a.txt", 1);
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 2, "{found}");
    assert!(lines[0].starts_with("a.txt:1:1: 这个: ") && lines[1].starts_with("a.txt:1:5: 里"));
}

#[test]
fn a_project_says_what_is_allowed() {
    let folder = folder();
    let toml = "to = \"zh-TW\"\nallow = [\"软件\", \"網絡\"]\n\
        [[override]]\nfiles = [\"old/\"]\nallow = [\"頭發\"]\nleast = \"script\"\n";
    std::fs::write(folder.path("jianfan.toml"), toml).unwrap();
    std::fs::create_dir(folder.path("old")).unwrap();
    std::fs::write(folder.path("old/a.txt"), TEXT).unwrap();
    let found = stdout(&folder, "d old", 1);
    assert_eq!(found, "d/a.txt:1:8: 發: write 髮 (script: read in its context)\n");
    // The command line adds to the list.
    assert_eq!(stdout(&folder, "--allow 頭發 d", 0), "");
    // Converting knows nothing of it.
    folder.jianfan("d/good.txt").assert().code(0).stderr("");
    folder.jianfan("explain d/good.txt").assert().code(0).stderr("");
    stdout(&folder, "--isolated -t zh-TW --write-baseline known.json d old", 0);
    let toml = "to = \"zh-TW\"\nbaseline = \"known.json\"\n";
    std::fs::write(folder.path("jianfan.toml"), toml).unwrap();
    assert_eq!(stdout(&folder, "d old", 0), "");
    assert_eq!(stdout(&folder, "--write-baseline other.json d", 0), "");
    for (toml, problem) in [
        ("allow = [\"\"]\n", "jianfan.toml:1:10: allow: "),
        ("baseline = \"none.json\"\n", "jianfan.toml:1:12: baseline: there is no “none.json”"),
        (
            "least = \"words\"\n",
            "jianfan.toml:1:9: least: unknown value “words”; did you mean word?",
        ),
    ] {
        std::fs::write(folder.path("jianfan.toml"), toml).unwrap();
        let run = folder.jianfan("check -t zh-TW d").assert().code(2).stdout("");
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains(problem) && stderr.lines().count() == 1, "{stderr}");
    }
}

/// With the words that are replaced anywhere alone nothing is doubtful but what is read closely.
#[test]
fn safe_words_alone() {
    let folder = Folder::with(&[("a.txt", "打开文件，网络。\n".as_bytes())]);
    let full = stdout(&folder, "-t zh-TW a.txt", 1);
    assert!(
        full.contains("(doubtful: words of ") && full.contains("网络: write 網路 (word: "),
        "{full}"
    );
    let safe = stdout(&folder, "-t zh-TW --vocabulary safe a.txt", 1);
    assert!(!safe.contains("doubtful") && safe.contains("网络: write 網路 (word: "), "{safe}");
}

/// A pipe can be read once.
#[cfg(unix)]
#[test]
fn a_model_is_read_once() {
    let folder = folder();
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/context/model.bin");
    assert!(
        std::process::Command::new("mkfifo").arg(folder.path("model")).status().unwrap().success()
    );
    let (pipe, bytes) = (folder.path("model"), std::fs::read(model).unwrap());
    let writer = std::thread::spawn(move || std::fs::write(pipe, bytes));
    let run = folder.jianfan("check -t zh-TW --model model d");
    let found = { run }.timeout(std::time::Duration::from_secs(60)).assert().code(1);
    found.stdout(stdout(&folder, "-t zh-TW d", 1));
    writer.join().unwrap().unwrap();
}

#[test]
fn a_table_of_concepts() {
    let table = "concept\tcn\ttw\thk\tsg\tmy\tmo\twhen\tnote\n\
        screen\t大屏墙\t電視牆\t\t\t\t\t\t\n";
    let folder = Folder::with(&[("terms.tsv", table.as_bytes()), ("a.txt", "大屏墙\n".as_bytes())]);
    let found = stdout(&folder, "-t zh-TW --table terms.tsv a.txt", 1);
    assert_eq!(found, "a.txt:1:1: 大屏墙: write 電視牆 (word: table terms.tsv)\n");
}

#[test]
fn a_baseline() {
    let folder = folder();
    assert_eq!(stdout(&folder, "-t zh-TW --write-baseline known.json d", 0), "");
    assert_eq!(stdout(&folder, "-t zh-TW --baseline known.json d", 0), "");
    // What is known may move; one more of it is new.
    let text = ["新的一行。\n", "這個软件\n", str::from_utf8(TEXT).unwrap()].concat();
    std::fs::write(folder.path("d/a.txt"), text).unwrap();
    let found = stdout(&folder, "-t zh-TW --baseline known.json d", 1);
    assert!(
        found.starts_with("d/a.txt:3:4: 软件: write 軟體") && found.lines().count() == 1,
        "{found}"
    );
    std::fs::write(folder.path("bad.json"), "{").unwrap();
    for (name, problem) in [("bad.json", "is no baseline"), ("none.json", "No such file")] {
        let run = folder.jianfan(&format!("check -t zh-TW --baseline {name} d")).assert().code(2);
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(stderr.starts_with(&format!("jianfan: --baseline: {name}: {problem}")), "{stderr}");
    }
}

#[test]
fn wrong_use() {
    let folder = folder();
    for (arguments, problem) in [
        ("d", "say what the text is to be"),
        ("-t zh-XX d", "zh-XX"),
        ("-t zh-TW none.txt", "none.txt: No such file"),
        ("-c s2t d", "say what the text is to be"),
    ] {
        let run = folder.jianfan(&format!("check {arguments}")).assert().code(2).stdout("");
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains(problem) && stderr.lines().count() == 1, "{stderr}");
    }
}

#[test]
fn files_that_are_no_text() {
    let folder = folder();
    std::fs::write(folder.path("d/p.png"), b"\x89PNG\0\0\xFF\0\x01").unwrap();
    assert_eq!(stdout(&folder, "-t zh-TW d", 1).lines().count(), 3);
}
