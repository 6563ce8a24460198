//! `jianfan tables export --opencc`: what it writes works as a config.

use super::support::Folder;

fn export(folder: &Folder, from: &str, to: &str) -> Vec<(String, String)> {
    let arguments = format!("tables export --opencc -f {from} -t {to} -o new/out");
    folder.jianfan(&arguments).assert().code(0).stdout("").stderr("");
    let text = folder.read(&format!("new/out/{from}-{to}.txt"));
    let (comments, rows): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with('#'));
    assert!(comments[1].starts_with("# Source: ") && comments[1].ends_with("licence Apache-2.0."));
    let count = format!("# {} words of {from} as {to} has them; ", rows.len());
    assert!(comments[0].starts_with(&count), "{}", comments[0]);
    let row =
        |line: &str| line.split_once('\t').map(|(key, value)| (key.to_owned(), value.to_owned()));
    let rows: Vec<_> = rows.into_iter().map(|line| row(line).expect("a key and a value")).collect();
    assert!(rows.is_sorted_by(|one, other| one.0 < other.0));
    assert!(rows.iter().all(|(_, value)| !value.is_empty() && !value.contains([' ', '\t'])));
    rows
}

/// What the exported config makes of the keys; OpenCC's form of 污 is another one.
fn converted(folder: &Folder, way: &str, rows: &[(String, String)]) -> Vec<String> {
    let keys: Vec<&str> = rows.iter().map(|(key, _)| key.as_str()).collect();
    std::fs::write(folder.path("keys.txt"), keys.join("\n")).unwrap();
    let run =
        folder.jianfan(&format!("-c new/out/{way}.json keys.txt")).assert().code(0).stderr("");
    let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    text.lines().map(|line| line.replace('汙', "污")).collect()
}

#[test]
fn the_config_writes_the_words() {
    for (from, to, least) in [
        ("zh-CN", "zh-TW", 10_000),
        ("zh-TW", "zh-CN", 10_000),
        ("zh-TW", "zh-HK", 5_000),
        ("zh-CN", "zh-MY", 200),
    ] {
        let folder = Folder::with(&[]);
        let rows = export(&folder, from, to);
        assert!(rows.len() >= least, "{from}>{to}: {}", rows.len());
        let values: Vec<&str> = rows.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(converted(&folder, &format!("{from}-{to}"), &rows), values, "{from}>{to}");
    }
}

#[test]
fn words_that_need_a_context_are_left_out() {
    let folder = Folder::with(&[("a.txt", "打印机的程序文件和网络程序员\n".as_bytes())]);
    let rows = export(&folder, "zh-CN", "zh-TW");
    assert!(rows.iter().all(|(key, _)| key != "文件" && key != "程序"));
    let run = folder.jianfan("-c new/out/zh-CN-zh-TW.json a.txt").assert().code(0);
    run.stdout("印表機的程序文件和網路程式設計師\n");
}

#[test]
fn wrong_use() {
    let folder = Folder::with(&[]);
    for (arguments, problem) in [
        ("--opencc -f zh-CN -t zh-CN -o out", "--opencc: zh-CN and zh-CN are one place"),
        ("--opencc -f zh-Hans -t zh-TW -o out", "--opencc: zh-Hans has no words of its own"),
        ("--opencc -f zh-CN -t zh-TW", "required arguments were not provided: --output <DIR>"),
        ("--opencc -f zh-CN -o out tw-tai", "cannot be used with"),
        (
            "-f zh-CN tw-tai",
            "required arguments were not provided: --to <LOCALE>; --output <DIR>; --opencc",
        ),
        ("", "required arguments were not provided: <NAME>"),
    ] {
        let run = folder.jianfan(&format!("tables export {arguments}")).assert().code(2).stdout("");
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains(problem) && stderr.lines().count() == 1, "{arguments}: {stderr}");
    }
    assert!(folder.names().is_empty());
}
