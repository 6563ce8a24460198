//! `jianfan detect`: encodings, scripts and locales of files, folders and standard input.

use super::support::{Folder, encoded, jianfan};

const HANS: &str = "这些文件是过去留下来的，编码各不相同，要先认出来，再转换成同一种。\n";
const HANT: &str = "這些檔案是過去留下來的，編碼各不相同，要先認出來，再轉換成同一種。\n";
const JAPANESE: &str = "これらのファイルは昔から残っているもので、文字コードがそれぞれ違います。\n";

fn tree() -> Folder {
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0\x08\x06\0\0\0".repeat(20);
    Folder::with(&[
        ("d/ascii.txt", b"plain\n"),
        ("d/big5.txt", &encoded(HANT, "big5", false)),
        ("d/.hidden", HANS.as_bytes()),
        ("d/empty", b""),
        ("d/gbk.txt", &encoded(HANS, "gbk", false)),
        ("d/ja/sjis.txt", &encoded(JAPANESE, "shift_jis", false)),
        ("d/mixed.txt", format!("{HANS}{HANT}").as_bytes()),
        ("d/picture.png", &png),
        ("d/utf-16.txt", &encoded(HANS, "utf-16le", true)),
        ("d/utf-8.txt", &encoded("佢哋嘅網站\n", "utf-8", true)),
    ])
}

/// The output without the column of confidences.
fn unsure(stdout: &[u8]) -> String {
    let stdout = String::from_utf8(stdout.to_vec()).unwrap();
    let masked = stdout.lines().map(|line| {
        let mut columns: Vec<&str> = line.split('\t').collect();
        assert!(columns.len() == 5 && (columns[2] == "-" || columns[2].ends_with('%')), "{line}");
        columns.remove(2);
        columns.join("  ") + "\n"
    });
    masked.collect()
}

#[test]
fn a_folder_as_text() {
    let output = tree().jianfan("detect d").assert().success().stderr("").get_output().clone();
    let expected = "d/ascii.txt  ascii  none  -\n\
                    d/big5.txt  big5  hant  zh-TW\n\
                    d/empty  ascii  none  -\n\
                    d/gbk.txt  gb18030  hans  zh-CN\n\
                    d/ja/sjis.txt  shift_jis  none  ja\n\
                    d/mixed.txt  utf-8  mixed  zh-TW\n\
                    d/picture.png  binary  -  -\n\
                    d/utf-16.txt  utf-16le (BOM)  hans  zh-CN\n\
                    d/utf-8.txt  utf-8 (BOM)  hant  zh-HK\n";
    assert_eq!(unsure(&output.stdout), expected);
    let run = tree().jianfan("detect d/utf-8.txt d/empty d/picture.png").assert().success();
    run.stdout(
        "d/utf-8.txt\tutf-8 (BOM)\t100%\thant\tzh-HK\n\
         d/empty\tascii\t100%\tnone\t-\n\
         d/picture.png\tbinary\t-\t-\t-\n",
    );
}

/// The fields and their order are what programs rely on.
#[test]
fn a_folder_as_json_lines() {
    let run = tree().jianfan("detect --output-format jsonl d").assert().success().stderr("");
    let stdout = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let expected = r#"{"path":"d/ascii.txt","encoding":"ascii","bom":false,"confidence":1.0,"script":"none","locale":null,"error":null}
{"path":"d/big5.txt","encoding":"big5","bom":false,"confidence":?,"script":"hant","locale":"zh-TW","error":null}
{"path":"d/empty","encoding":"ascii","bom":false,"confidence":1.0,"script":"none","locale":null,"error":null}
{"path":"d/gbk.txt","encoding":"gb18030","bom":false,"confidence":?,"script":"hans","locale":"zh-CN","error":null}
{"path":"d/ja/sjis.txt","encoding":"shift_jis","bom":false,"confidence":?,"script":"none","locale":"ja","error":null}
{"path":"d/mixed.txt","encoding":"utf-8","bom":false,"confidence":1.0,"script":"mixed","locale":"zh-TW","error":null}
{"path":"d/picture.png","encoding":"binary","bom":null,"confidence":null,"script":null,"locale":null,"error":null}
{"path":"d/utf-16.txt","encoding":"utf-16le","bom":true,"confidence":1.0,"script":"hans","locale":"zh-CN","error":null}
{"path":"d/utf-8.txt","encoding":"utf-8","bom":true,"confidence":1.0,"script":"hant","locale":"zh-HK","error":null}
"#;
    assert_eq!(stdout.lines().count(), expected.lines().count());
    for (line, expected) in stdout.lines().zip(expected.lines()) {
        let (before, after) = line.split_once(r#""confidence":"#).unwrap();
        let (confidence, after) = after.split_once(',').unwrap();
        let confidence = match expected.contains('?') {
            true => {
                let number: f64 = confidence.parse().unwrap();
                assert!((0.5..=1.0).contains(&number) && confidence.len() <= 4, "{line}");
                "?"
            }
            false => confidence,
        };
        assert_eq!(format!("{before}\"confidence\":{confidence},{after}"), expected);
    }
}

#[test]
fn standard_input() {
    for arguments in [&["detect"][..], &["detect", "-"]] {
        let mut command = jianfan(arguments.iter().copied());
        let run = command.write_stdin(encoded(HANT, "big5", false)).assert().success();
        assert_eq!(unsure(&run.get_output().stdout), "<stdin>  big5  hant  zh-TW\n");
    }
}

/// Each input once, in the order in which they were named.
#[test]
fn the_order_is_that_of_the_arguments() {
    let run = tree().jianfan("detect d/utf-8.txt d/ja d/ascii.txt d/ja/sjis.txt").assert();
    let stdout = String::from_utf8(run.success().get_output().stdout.clone()).unwrap();
    let paths: Vec<_> = stdout.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(paths, ["d/utf-8.txt", "d/ja/sjis.txt", "d/ascii.txt"]);
}

#[test]
fn what_can_t_be_read_is_told_and_the_rest_is_done() {
    let run = |arguments: &str| tree().jianfan(arguments).assert().code(2);
    let message = "jianfan: gone.txt: No such file or directory\n";
    let found = "d/utf-8.txt\tutf-8 (BOM)\t100%\thant\tzh-HK\n";
    run("detect gone.txt d/utf-8.txt").stderr(message).stdout(found);
    run("detect --output-format jsonl gone.txt d/empty").stderr(message).stdout(
        r#"{"path":"gone.txt","encoding":null,"bom":null,"confidence":null,"script":null,"locale":null,"error":"No such file or directory"}
{"path":"d/empty","encoding":"ascii","bom":false,"confidence":1.0,"script":"none","locale":null,"error":null}
"#,
    );
}

/// A folder that can't be listed is told, too. Root may list all of them.
#[cfg(unix)]
#[test]
fn what_must_not_be_read_is_told() {
    use std::fs::{File, Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let folder = tree();
    let forbid =
        |name: &str| set_permissions(folder.path(name), Permissions::from_mode(0o000)).unwrap();
    forbid("d/gbk.txt");
    if File::open(folder.path("d/gbk.txt")).is_ok() {
        return;
    }
    forbid("d/ja");
    let run = folder.jianfan("detect --output-format jsonl d").assert().code(2);
    let output = run.get_output().clone();
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.contains(
        r#""path":"d/gbk.txt","encoding":null,"bom":null,"confidence":null,"script":null,"locale":null,"error":"Permission denied; make it readable, or leave it out"}"#
    ));
    assert!(stdout.contains(r#""path":"d/ja","encoding":null"#));
    assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 2);
    set_permissions(folder.path("d/ja"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn candidates_if_they_are_asked_for() {
    let bytes = encoded("联通", "gbk", false);
    let folder = Folder::with(&[("a.txt", &bytes), ("b.txt", HANS.as_bytes()), ("c", &[0; 9])]);
    let run = folder.jianfan("detect --candidates --output-format jsonl a.txt b.txt c").assert();
    let rows = rows(&run.success().get_output().stdout);
    let candidates = rows[0]["candidates"].as_array().unwrap();
    assert!(candidates.len() > 1 && candidates[0]["encoding"] == rows[0]["encoding"]);
    let confidences: Vec<f64> =
        candidates.iter().map(|one| one["confidence"].as_f64().unwrap()).collect();
    assert!(confidences.is_sorted_by(|a, b| a >= b) && confidences.iter().sum::<f64>() < 1.05);
    assert_eq!(rows[1]["candidates"].to_string(), r#"[{"confidence":1.0,"encoding":"utf-8"}]"#);
    assert!(rows[2].get("candidates").is_none(), "binary data is in no encoding");
    let run = folder.jianfan("detect --candidates b.txt c").assert().success();
    run.stdout("b.txt\tutf-8\t100%\thans\tzh-CN\tutf-8 100%\nc\tbinary\t-\t-\t-\n");
}

/// Real damage of three kinds, a trace, and nothing in a sound file.
#[test]
fn mojibake_if_it_is_asked_for() {
    let bad = "第一行\n他说：浣犲ソ！\nname: ÎÒÃÇ×òÌìÈ¥¿´ÁËµçÓ°¡£\n锟斤拷\nÄãºÃ\n浣犲ソ\n";
    let folder = Folder::with(&[("bad", bad.as_bytes()), ("c", &[0; 9]), ("d", HANS.as_bytes())]);
    folder.jianfan("detect --mojibake bad c d").assert().success().stdout(
        "bad\tutf-8\t100%\thans\tzh-CN\tutf-8 read as gbk (2 places, first at 2:4), \
         gbk read as windows-1252 (1 place, at 3:7), \
         U+FFFD in utf-8 read as gbk, lost (1 place, at 4:1), \
         perhaps gbk read as windows-1252 (1 place, at 5:1)\n\
         c\tbinary\t-\t-\t-\n\
         d\tutf-8\t100%\thans\tzh-CN\t-\n",
    );
    let run = folder.jianfan("detect --mojibake --output-format jsonl bad c d").assert().success();
    let rows = rows(&run.get_output().stdout);
    assert_eq!(rows[0]["mojibake_count"], 5);
    let expected = r#"{"column":4,"kind":"utf-8 read as gbk","line":2,"repaired":"你好","text":"浣犲ソ","verdict":"certain"}"#;
    assert_eq!(rows[0]["mojibake"][0].to_string(), expected);
    assert_eq!(rows[0]["mojibake"][2]["verdict"], "lost");
    assert!(rows[0]["mojibake"][2]["repaired"].is_null());
    assert!(rows[1].get("mojibake").is_none());
    assert_eq!(
        (&rows[2]["mojibake_count"], rows[2]["mojibake"].to_string()),
        (&0.into(), "[]".into())
    );
}

/// The list is cut, the count is not; what is found does not change what else is.
#[test]
fn mojibake_is_counted_to_the_end() {
    let text = format!("{}\n{}", HANS.repeat(3000), "浣犲ソ\n".repeat(1000));
    let folder = Folder::with(&[("a", &encoded(&text, "gbk", false))]);
    let plain =
        rows(&folder.jianfan("detect --output-format jsonl a").assert().get_output().stdout);
    let run = folder.jianfan("detect --mojibake --output-format jsonl a").assert().success();
    let mut full = rows(&run.get_output().stdout);
    assert_eq!(full[0]["mojibake"].as_array().unwrap().len(), 100);
    assert_eq!(full[0]["mojibake"][0]["line"], 3002);
    assert_eq!(full[0]["mojibake_count"], 1000);
    let row = full[0].as_object_mut().unwrap();
    row.retain(|name, _| !name.starts_with("mojibake"));
    assert_eq!(full, plain);
}

/// The objects of JSON Lines.
fn rows(stdout: &[u8]) -> Vec<serde_json::Value> {
    let lines = str::from_utf8(stdout).unwrap().lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[cfg(unix)]
#[test]
fn a_path_stays_on_its_line() {
    let folder = Folder::with(&[("d/a\tb\n\u{1b}c.txt", HANS.as_bytes())]);
    let run = folder.jianfan("detect d").assert().success();
    run.stdout("d/a\\tb\\n\\u{1b}c.txt\tutf-8\t100%\thans\tzh-CN\n");
}
