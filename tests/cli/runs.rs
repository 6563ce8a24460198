//! Runs over several files: what they write, note, say, and how they are gone on with and undone.

use std::fs;
use std::path::PathBuf;

use super::support::{Folder, encoded};

const HAIR: &[u8] = "头发\n".as_bytes();
const CONVERTED: &str = "頭髮\n";
const PICTURE: &[u8] = b"\x89PNG\0\0\xFF\0\x01";
/// A table by which converting a text twice gives another one.
const STEPS: &[u8] = "一\t二\n二\t三\n".as_bytes();
const ONE: &[u8] = "一只\n".as_bytes();

fn tree() -> Folder {
    Folder::with(&[("d/a.txt", HAIR), ("d/in/b.txt", HAIR), ("d/in/c.txt", CONVERTED.as_bytes())])
}

fn stderr(run: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).unwrap()
}

/// The journals that were kept.
fn journals(folder: &Folder) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.state().join("jianfan")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Makes the journal that of a run that was killed before its end.
fn cut_off_end(folder: &Folder, journal: &str) {
    let text = folder.read(journal);
    fs::write(folder.path(journal), text.strip_suffix("\"done\"\n").unwrap()).unwrap();
}

#[test]
fn ignored_and_hidden_files() {
    let folder = tree();
    for (name, text) in [("d/.ignore", "*.log\n"), ("d/x.log", "头\n"), ("d/.h.txt", "头\n")] {
        fs::write(folder.path(name), text).unwrap();
    }
    fs::create_dir(folder.path("d/.git")).unwrap();
    fs::write(folder.path("d/.git/config"), HAIR).unwrap();
    let listed = |options: &str, expected: &str| {
        let run = folder.jianfan(&format!("-c s2t --check d {options}")).assert();
        let stdout = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert_eq!(stdout.replace("d/", "").replace('\n', " "), expected, "{options}");
    };
    listed("", "a.txt in/b.txt ");
    listed("--no-ignore", "a.txt in/b.txt x.log ");
    listed("--hidden", ".h.txt a.txt in/b.txt ");
    listed("--include d/in/**", "in/b.txt ");
    listed("--include in", "in/b.txt ");
    listed("--include /in", "");
    listed("--include *.txt --exclude b.*", "a.txt ");
    listed("--exclude d/in", "a.txt ");
    // What is named is taken in any case.
    listed("d/x.log --exclude *.log", "a.txt in/b.txt x.log ");
    let run = folder.jianfan("-c s2t --check d --include [").assert().code(2);
    assert!(stderr(&run).starts_with("jianfan: --include: "), "{}", stderr(&run));
    let detected = folder.jianfan("detect d --exclude in").assert().success();
    let stdout = String::from_utf8(detected.get_output().stdout.clone()).unwrap();
    assert_eq!(stdout.lines().count(), 1);
}

/// .gitignore counts in repositories only, as for other programs.
#[test]
fn what_git_ignores() {
    let folder = tree();
    fs::write(folder.path("d/.gitignore"), "in\n").unwrap();
    folder.jianfan("-c s2t --check d").assert().stdout("d/a.txt\nd/in/b.txt\n");
    fs::create_dir(folder.path("d/.git")).unwrap();
    folder.jianfan("-c s2t --check d").assert().stdout("d/a.txt\n");
}

#[test]
fn backups_are_kept_once_and_are_no_inputs() {
    let folder = tree();
    folder.jianfan("-c s2t -w --backup .bak d").assert().success();
    assert_eq!(
        (folder.read("d/a.txt"), folder.bytes("d/a.txt.bak")),
        (CONVERTED.into(), HAIR.into())
    );
    assert!(!folder.path("d/in/c.txt.bak").exists());
    fs::write(folder.path("d/a.txt"), ONE).unwrap();
    fs::write(folder.path("x.txt"), STEPS).unwrap();
    let run = folder.jianfan("-c s2t -w --backup .bak --table x.txt d").assert().code(2);
    let text = stderr(&run);
    assert!(text.starts_with("jianfan: d/a.txt: its backup "), "{text}");
    assert_eq!((folder.bytes("d/a.txt"), folder.bytes("d/a.txt.bak")), (ONE.into(), HAIR.into()));
    let run = folder.jianfan("-c s2t -w --backup a/b d").assert().code(2);
    assert!(stderr(&run).contains("a backup stays in the folder of its file"));
}

#[test]
fn nothing_is_written_in_a_dry_run() {
    let folder = tree();
    fs::write(folder.path("d/p.png"), PICTURE).unwrap();
    let said = "would convert d/a.txt\nwould convert d/in/b.txt\n";
    let report = "jianfan: 2 would be converted, 1 unchanged, 1 skipped (1 binary file); encodings: 3 utf-8\n";
    folder.jianfan("-c s2t -w --dry-run d").assert().success().stdout(said).stderr(report);
    let said = "would convert d/a.txt to o/a.txt\nwould convert d/in/b.txt to o/in/b.txt\n\
        would copy d/in/c.txt to o/in/c.txt\nwould copy d/p.png to o/p.png\n";
    folder.jianfan("-c s2t -o o --dry-run d").assert().success().stdout(said);
    assert_eq!((folder.names(), journals(&folder).len()), (vec!["d".to_owned()], 0));
    assert_eq!(folder.bytes("d/a.txt"), HAIR);
}

#[test]
fn options_that_say_how_to_write_need_something_to_write() {
    let folder = tree();
    for option in ["--names", "--backup .bak", "--dry-run", "--resume", "--journal j"] {
        let run = folder.jianfan(&format!("-c s2t d/a.txt {option}")).assert().code(2);
        assert!(stderr(&run).contains("it goes with -w or -o"), "{option}: {}", stderr(&run));
    }
}

#[test]
fn the_journal_goes_if_nothing_in_it_is_wanted() {
    let folder = tree();
    folder.jianfan("-c s2t -w d").assert().success();
    assert_eq!(journals(&folder).len(), 0);
}

#[test]
fn a_run_goes_on_where_it_was_stopped() {
    let folder = Folder::with(&[("d/a.txt", ONE), ("d/b.txt", ONE), ("x.txt", STEPS)]);
    let command = "-c s2t --table x.txt -w d --journal j";
    folder.jianfan(command).assert().success();
    assert_eq!(folder.read("d/a.txt"), "二只\n");
    cut_off_end(&folder, "j");
    // The old b.txt, as if the run had not come to it, and a line of the journal cut off.
    let journal = folder.read("j");
    fs::write(folder.path("j"), &journal[..journal.len() - 5]).unwrap();
    fs::remove_file(folder.path("d/b.txt")).unwrap();
    fs::write(folder.path("d/b.txt"), ONE).unwrap();
    let run = folder.jianfan(command).assert().code(2);
    assert!(stderr(&run).contains("go on with --resume"), "{}", stderr(&run));
    let run = folder.jianfan(&format!("{command} --resume")).assert().success();
    assert!(stderr(&run).starts_with("jianfan: 1 converted, 0 unchanged, 1 done before;"));
    assert_eq!(
        (folder.read("d/a.txt"), folder.read("d/b.txt")),
        ("二只\n".into(), "二只\n".into())
    );
    // It is done now.
    let run = folder.jianfan(command).assert().code(2);
    assert!(stderr(&run).contains("is the journal of another run"));
}

/// The same for a journal that nobody named, which is found by the command.
#[test]
fn the_last_journal_of_the_command_is_found() {
    let folder = Folder::with(&[("d/简.txt", ONE), ("d/b.txt", ONE), ("x.txt", STEPS)]);
    let command = "-c s2t --table x.txt -w --names d";
    folder.jianfan(command).assert().success();
    let [journal] = journals(&folder).try_into().unwrap();
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replace("\"done\"\n", "")).unwrap();
    // As if it had been stopped before it renamed anything.
    fs::rename(folder.path("d/簡.txt"), folder.path("d/简.txt")).unwrap();
    folder.jianfan(command).assert().code(2);
    folder.jianfan("-c s2t --table x.txt -w d").assert().success();
    assert_eq!(folder.read("d/b.txt"), "三只\n");
    let run = folder.jianfan(&format!("{command} --resume")).assert().success();
    assert!(stderr(&run).contains("1 renamed"), "{}", stderr(&run));
    assert_eq!(folder.read("d/簡.txt"), "三只\n");
}

#[test]
fn results_in_a_folder_are_not_made_twice() {
    let folder = tree();
    let command = "-c s2t d -o out --journal j";
    folder.jianfan(command).assert().success();
    cut_off_end(&folder, "j");
    fs::write(folder.path("d/a.txt"), "发现\n").unwrap();
    fs::remove_file(folder.path("out/in/b.txt")).unwrap();
    let run = folder.jianfan(&format!("{command} --resume")).assert().success();
    let report = "jianfan: 2 converted, 0 unchanged, 1 done before; encodings: 2 utf-8\n";
    assert!(stderr(&run).starts_with(report), "{}", stderr(&run));
    assert_eq!(
        (folder.read("out/a.txt"), folder.read("out/in/b.txt")),
        ("發現\n".into(), CONVERTED.into())
    );
}

#[test]
fn undo_brings_back_names_and_contents() {
    let folder = Folder::with(&[("d/简/头.txt", HAIR), ("d/简/b.txt", HAIR), ("d/发.txt", b"")]);
    let run = folder.jianfan("-c s2t -w --names --backup .bak d").assert().success();
    assert_eq!(folder.read("d/簡/頭.txt"), CONVERTED);
    let [journal] = journals(&folder).try_into().unwrap();
    let hint = format!("jianfan: to take it back: jianfan undo {}\n", journal.display());
    assert!(stderr(&run).ends_with(&hint));
    fs::write(folder.path("d/簡/b.txt"), "新\n").unwrap();
    let undo = format!("undo {}", journal.display());
    let run = folder.jianfan(&undo).assert().code(2);
    assert!(
        stderr(&run).contains("b.txt: was changed since, so that it stays"),
        "{}",
        stderr(&run)
    );
    assert_eq!(
        (folder.bytes("d/简/头.txt"), folder.read("d/简/b.txt")),
        (HAIR.into(), "新\n".into())
    );
    assert!(folder.path("d/发.txt").exists() && journal.exists());
    // What is mended can be brought back later.
    fs::rename(folder.path("d/简/b.txt.bak"), folder.path("d/简/b.txt")).unwrap();
    folder.jianfan(&undo).assert().success();
    assert!(!journal.exists());
    assert_eq!(folder.bytes("d/简/b.txt"), HAIR);
}

#[test]
fn undo_takes_a_journal_only() {
    let folder = tree();
    for (name, problem) in
        [("none", "No such file"), ("d/a.txt", "is no line of a journal"), ("d", "Is a directory")]
    {
        let run = folder.jianfan(&format!("undo {name}")).assert().code(2);
        assert!(stderr(&run).starts_with(&format!("jianfan: {name}: ")), "{}", stderr(&run));
        assert!(stderr(&run).contains(problem), "{}", stderr(&run));
    }
    fs::write(folder.path("empty"), "").unwrap();
    folder
        .jianfan("undo empty")
        .assert()
        .code(2)
        .stderr("jianfan: empty: is no journal of jianfan\n");
}

#[test]
fn the_summary_as_json() {
    let folder = tree();
    fs::write(folder.path("d/p.png"), PICTURE).unwrap();
    fs::write(folder.path("d/gbk.txt"), encoded("头发里的发现\n", "gbk", false)).unwrap();
    fs::write(folder.path("d/bad.txt"), b"\xE5\xA4\xB4\xFF").unwrap();
    let run = folder.jianfan("-c s2t -w d --encoding utf-8 --summary json").assert().code(2);
    let stdout = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(summary["converted"], 2);
    assert_eq!((&summary["unchanged"], &summary["failed"]), (&1.into(), &3.into()));
    assert_eq!(summary["encodings"]["utf-8"], 3);
    assert_eq!(
        (&summary["stopped"], &summary["journal"]),
        (&false.into(), &serde_json::Value::Null)
    );
}

/// Those that no run is at work on, which would hold a lock.
#[test]
fn strays_are_removed() {
    let folder = tree();
    let [stray, busy] = ["d/.jianfan-stray", "d/.jianfan-busy"];
    fs::write(folder.path(stray), b"half").unwrap();
    fs::write(folder.path(busy), b"half").unwrap();
    let held = fs::File::open(folder.path(busy)).unwrap();
    held.lock().unwrap();
    folder.jianfan("-c s2t -w d --hidden").assert().success();
    assert!(!folder.path(stray).exists() && folder.path(busy).exists());
    assert_eq!(folder.bytes(busy), b"half");
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let files: Vec<(String, Vec<u8>)> = (0..700)
        .map(|number| {
            let text = "头发里的发现，干净\n".repeat(number % 90);
            match number % 7 {
                0 => (format!("d/{}/{number}.txt", number % 5), encoded(&text, "gbk", false)),
                1 => (format!("d/{number}.png"), PICTURE.to_vec()),
                2 => (format!("d/{number}.bad"), [text.as_bytes(), b"\xFF\xFF"].concat()),
                _ => (format!("d/{}/{number}.txt", number % 3), text.into_bytes()),
            }
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (&name[..], &bytes[..])).collect();
    let folder = Folder::with(&files);
    let run = |jobs: &str, action: &str| {
        let arguments = format!("-c s2t d --encoding utf-8 -v -j {jobs} {action}");
        folder.jianfan(&arguments).assert().code(2).get_output().clone()
    };
    for action in ["--check", "--diff"] {
        let (one, four) = (run("1", action), run("4", action));
        assert_eq!((one.stdout, one.stderr), (four.stdout, four.stderr));
    }
    let (one, four) = (run("1", "-o one"), run("4", "-o four"));
    let said =
        |output: Vec<u8>, name: &str| String::from_utf8(output).unwrap().replace(name, "out");
    assert_eq!(said(one.stderr, "one"), said(four.stderr, "four"));
    for (name, _) in files {
        let [one, four] =
            ["one", "four"].map(|out| fs::read(folder.path(&name.replacen('d', out, 1))).ok());
        assert_eq!(one, four, "{name}");
    }
}

/// A signal stops the run behind what is done by then, and it can be gone on with.
#[cfg(unix)]
#[test]
fn a_signal_stops_the_run() {
    use std::os::unix::process::ExitStatusExt;

    let folder = Folder::with(&[("d/a.txt", ONE), ("d/z.txt", ONE), ("x.txt", STEPS)]);
    let fifo = folder.path("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianfan"));
    command.args("-c s2t --table x.txt -j 1 d/a.txt fifo d/z.txt -o out".split(' '));
    command.current_dir(folder.path("")).env("XDG_STATE_HOME", folder.state());
    let running = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    // Opening waits until the run reads it.
    let writer = fs::File::options().write(true).open(&fifo).unwrap();
    let id = running.id().to_string();
    assert!(std::process::Command::new("kill").arg(&id).status().unwrap().success());
    std::thread::sleep(std::time::Duration::from_millis(200));
    drop(writer);
    let output = running.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.status.signal()), (Some(143), None));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("stopped; the same command with --resume goes on"), "{text}");
    assert_eq!(folder.read("out/a.txt"), "二只\n");
    assert!(!folder.path("out/z.txt").exists() && !folder.path("out/fifo").exists());
    assert_eq!(fs::read_dir(folder.path("out")).unwrap().count(), 1);
}
