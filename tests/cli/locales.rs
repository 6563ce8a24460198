//! Locales: mixed text, script alone, house styles, models.

use super::support::{Folder, jianfan};

const MODEL: &[u8] = include_bytes!("../../dictionaries/context/model.bin");

fn converts(arguments: &str, text: &str, expected: &str) {
    let run = jianfan(arguments.split_whitespace()).write_stdin(text).assert().success();
    let output = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert_eq!(output, expected, "{arguments}");
}

#[test]
fn each_sentence_tells_where_it_is_from() {
    converts("-t tw", "这个软件很好。這個軟體很好。", "這個軟體很好。這個軟體很好。");
    converts("-t cn", "这个软件很好。這個軟體很好。", "这个软件很好。这个软件很好。");
    converts("-t tw", "他头发乾了，後來发现软件坏了。", "他頭髮乾了，後來發現軟體壞了。");
}

#[test]
fn script_alone() {
    converts("-t tw --script-only", "网络软件的头发", "網絡軟件的頭髮");
    converts("-f tw -t cn --script-only", "網路軟體", "网路软体");
    converts("-f cn -t ja --script-only", "网络软件", "網絡軟件");
}

#[test]
fn house_styles_speak_of_the_output() {
    let house = |pair: &str, tables: &[&str]| {
        let tables = tables.iter().map(|name| format!(" --table builtin:{name}"));
        pair.to_owned() + &tables.collect::<String>()
    };
    let cases: [(&str, &[&str], &str, &str); 11] = [
        ("-f cn -t tw", &["tw-tai"], "台湾的里面", "台灣的裡面"),
        ("-f cn -t tw", &["tw-tai", "li-inside"], "台湾的里面", "台灣的裏面"),
        ("-f tw -t tw", &["tw-tai"], "臺灣", "台灣"),
        ("-f cn -t tw", &["tw-zhan"], "占有，占卜", "佔有，占卜"),
        ("-f cn -t hk", &["hk-shuo-press"], "说脱税", "說脫稅"),
        ("-f cn -t hk", &["hk-press"], "说群峰面条", "說群峰麵條"),
        ("-f cn -t hk", &["li-outside"], "里面", "裡面"),
        // What keeps 部分 and 周 off is written as the output is.
        ("-f cn -t tw", &["bufen"], "内部分析，大部分", "內部分析，大部份"),
        ("-f cn -t hk", &["zhou-week"], "上周周围，上周围", "上週周圍，上周圍"),
        ("-f tw -t cn", &["cn-qita"], "其它，尤其它", "其他，尤其它"),
        ("-c s2twp", &["tw-tai", "li-inside"], "台湾的里面", "台灣的裏面"),
    ];
    for (pair, tables, text, expected) in cases {
        converts(&house(pair, tables), text, expected);
    }
}

#[test]
fn of_tables_the_last_wins_and_values_of_the_user_s_stay() {
    let table = |content: &str| Folder::with(&[("own.txt", content.as_bytes())]);
    let run = |folder: &Folder, arguments: &str, text: &str| {
        let run = folder.jianfan(arguments).write_stdin(text.to_owned()).assert().success();
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    };
    let folder = table("臺\t薹\n");
    let (house, own) = ("--table builtin:tw-tai", "--table own.txt");
    assert_eq!(run(&folder, &format!("-f cn -t tw {house} {own}"), "台湾"), "薹灣");
    assert_eq!(run(&folder, &format!("-f cn -t tw {own} {house}"), "台湾"), "台灣");
    let folder = table("软件\t軟件\n台湾\t臺灣\n");
    for pair in ["-f cn -t tw", "-c s2twp"] {
        let output = run(&folder, &format!("{pair} {own} {house}"), "台湾软件，台北");
        assert_eq!(output, "臺灣軟件，台北", "{pair}");
    }
}

#[test]
fn a_model_of_one_s_own() {
    let cut = &MODEL[..MODEL.len() / 2];
    let folder = Folder::with(&[
        ("own.bin", MODEL),
        ("cut.bin", cut),
        ("no.bin", b"jianfan"),
        ("e.bin", b""),
    ]);
    folder.jianfan("-t tw --model own.bin").write_stdin("头发").assert().stdout("頭髮");
    let refused = |arguments: &str, problem: &str| {
        let line = format!("jianfan: --model: {problem}\n");
        folder.jianfan(arguments).write_stdin("").assert().code(2).stdout("").stderr(line);
    };
    let wrong =
        "this is no context model of this version of jianfan; train it again with its trainer";
    refused("-t tw --model no.bin", &format!("no.bin: {wrong}"));
    refused("-t tw --model e.bin", &format!("e.bin: {wrong}"));
    let cut = "the context model is cut off or damaged; copy it again or train it again";
    refused("-t tw --model cut.bin", &format!("cut.bin: {cut}"));
    let absent = "can't read gone.bin: No such file or directory; \
                  name a file that the trainer wrote, or leave the option out";
    refused("-t tw --model gone.bin", absent);
    let japanese = "Japanese is not read in context; leave the option out";
    refused("-t ja --model own.bin", japanese);
    refused("-f ja -t tw --model own.bin", japanese);
}

#[test]
fn every_house_table_can_be_exported_and_used() {
    let run = jianfan(["tables", "list", "--json"]).assert().success();
    let list = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let names = list.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(row["output"].as_str().unwrap().to_lowercase().contains("output"), "{line}");
        assert!(row["rows"].as_u64() > Some(0) && row["used_by"] != "" && row["does"] != "");
        row["name"].as_str().unwrap().to_owned()
    });
    for name in names.collect::<Vec<_>>() {
        let run = jianfan(["tables", "export", &name]).assert().success();
        let folder = Folder::with(&[("ours.txt", &run.get_output().stdout)]);
        folder.jianfan("-t tw --table ours.txt").write_stdin("").assert().success();
        folder.jianfan(&format!("-t tw --table builtin:{name}")).write_stdin("").assert().success();
    }
}

#[test]
fn scores_of_candidates() {
    let run = jianfan(["explain", "-t", "tw", "--json"]).write_stdin("头发").assert().success();
    let output = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let changes: Vec<serde_json::Value> =
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(changes[0]["scores"], serde_json::json!([]));
    assert_eq!(changes[1]["candidates"], serde_json::json!(["髮", "發"]));
    let score = |number: usize| changes[1]["scores"][number].as_f64().unwrap();
    assert!(score(0) > score(1));
    assert_eq!(
        (&changes[1]["stage"]["kind"], &changes[1]["value"]),
        (&"reading".into(), &"髮".into())
    );
}
