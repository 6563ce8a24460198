//! Files that are written: in place, to another file, or not at all.

use std::fs;
use std::time::{Duration, SystemTime};

use super::support::{Folder, SIMPLIFIED};
use jianfan::Converter;

const HAIR: &[u8] = "他的头发\n".as_bytes();
const CONVERTED: &str = "jianfan: 2 converted, 0 unchanged; encodings: 2 utf-8\n";

/// A shell in the folder, for which `$0` is the command.
#[cfg(unix)]
fn shell(folder: &Folder, script: &str) -> assert_cmd::Command {
    let mut shell = assert_cmd::Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_jianfan")]).current_dir(folder.path(""));
    shell.timeout(Duration::from_secs(10));
    shell
}

#[test]
fn in_place() {
    let folder = Folder::with(&[("a.txt", SIMPLIFIED.as_bytes()), ("b.txt", HAIR)]);
    folder.jianfan("-c s2twp -w a.txt b.txt").assert().success().stdout("").stderr(CONVERTED);
    assert_eq!(folder.read("a.txt"), Converter::config("s2twp").unwrap().convert(SIMPLIFIED));
    assert_eq!(folder.read("b.txt"), "他的頭髮\n");
    assert_eq!(folder.names(), ["a.txt", "b.txt"]);
}

/// As some configs give another text when they are applied twice.
#[test]
fn a_file_that_is_named_twice_is_converted_once() {
    let folder =
        Folder::with(&[("a.txt", "一只\n".as_bytes()), ("x.txt", "一\t二\n二\t三\n".as_bytes())]);
    folder.jianfan("-c s2t --table x.txt -w a.txt ./a.txt").assert().success();
    assert_eq!(folder.read("a.txt"), "二只\n");
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let folder = Folder::with(&[("a.txt", "他的頭髮\n".as_bytes())]);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = fs::File::options().write(true).open(folder.path("a.txt")).unwrap();
    file.set_modified(long_ago).unwrap();
    folder.jianfan("-c s2t -w a.txt").assert().success();
    assert_eq!(fs::metadata(folder.path("a.txt")).unwrap().modified().unwrap(), long_ago);
}

#[cfg(unix)]
#[test]
fn the_mode_is_kept_and_a_new_file_gets_the_usual_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("run.sh", HAIR), ("usual", b"")]);
    fs::set_permissions(folder.path("run.sh"), fs::Permissions::from_mode(0o751)).unwrap();
    folder.jianfan("-c s2t -w run.sh").assert().success();
    folder.jianfan("-c s2t run.sh -o new").assert().success();
    let mode = |name| fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("run.sh"), mode("new")), (0o751, mode("usual")));
}

/// Only root can give files away.
#[cfg(unix)]
#[test]
fn the_owner_is_kept_before_the_mode() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let folder = Folder::with(&[("run.sh", HAIR)]);
    if chown(folder.path("run.sh"), Some(1234), Some(1234)).is_err() {
        return;
    }
    fs::set_permissions(folder.path("run.sh"), fs::Permissions::from_mode(0o4755)).unwrap();
    folder.jianfan("-c s2t -w run.sh").assert().success();
    let metadata = fs::metadata(folder.path("run.sh")).unwrap();
    assert_eq!((metadata.uid(), metadata.gid(), metadata.mode() & 0o7777), (1234, 1234, 0o4755));
    assert_eq!(folder.read("run.sh"), "他的頭髮\n");
}

#[cfg(unix)]
#[test]
fn standard_output_by_its_file_names() {
    let folder = Folder::with(&[("a.txt", HAIR), ("app", b"old\n")]);
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        if !std::path::Path::new(name).exists() {
            continue;
        }
        let run = folder.jianfan(&format!("-c s2t a.txt -o {name}")).assert().success();
        run.stdout("他的頭髮\n");
        shell(&folder, &format!("exec \"$0\" -c s2t a.txt -o {name} >>app")).assert().success();
    }
    shell(&folder, "exec \"$0\" -c s2t a.txt -o /dev/fd/3 3>>app").assert().success();
    assert_eq!(folder.read("app"), format!("old\n{}", "他的頭髮\n".repeat(4)));
    shell(&folder, "\"$0\" -c s2t a.txt -o /dev/fd/3 3>&1 | cat").assert().stdout("他的頭髮\n");
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_leads_to_a_new_file() {
    let folder = Folder::with(&[("a.txt", HAIR), ("texts/b.txt", HAIR)]);
    std::os::unix::fs::symlink("texts/new", folder.path("link")).unwrap();
    folder.jianfan("-c s2t a.txt -o link").assert().success();
    assert!(folder.path("link").is_symlink());
    assert_eq!(folder.read("texts/new"), "他的頭髮\n");
    std::os::unix::fs::symlink("round", folder.path("round")).unwrap();
    folder.jianfan("-c s2t a.txt -o round").assert().code(2);
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_a_named_pipe_is_an_error() {
    let folder = Folder::with(&[("a.txt", SIMPLIFIED.repeat(2000).as_bytes())]);
    let run =
        shell(&folder, "mkfifo pipe; head -c 1 pipe >/dev/null & exec \"$0\" -c s2t a.txt -o pipe")
            .assert()
            .code(2);
    run.stderr("jianfan: a.txt: pipe: can't write it: Broken pipe\n");
}

#[test]
fn a_missing_input_is_told_before_its_folder() {
    let folder = Folder::with(&[]);
    let problem = "jianfan: nodir/nofile: No such file or directory\n";
    folder.jianfan("-c s2t -w nodir/nofile").assert().code(2).stderr(problem);
    folder.jianfan("-c s2t nodir/nofile -o nodir/out").assert().code(2).stderr(problem);
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_its_target_is_replaced() {
    let folder = Folder::with(&[("texts/a.txt", HAIR)]);
    std::os::unix::fs::symlink("texts/a.txt", folder.path("link")).unwrap();
    folder.jianfan("-c s2t -w link").assert().success();
    assert!(folder.path("link").is_symlink());
    assert_eq!(folder.read("texts/a.txt"), "他的頭髮\n");
    folder.jianfan("-c t2s -i texts/a.txt -o link --in-place").assert().success();
    assert!(folder.path("link").is_symlink());
    assert_eq!(folder.bytes("texts/a.txt"), HAIR);
}

/// The limit on the size of files stands for the full disk that a test can't have.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file() {
    let text = SIMPLIFIED.repeat(100);
    let folder = Folder::with(&[("a.txt", text.as_bytes())]);
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" -c s2t -w a.txt";
    let stderr = shell(&folder, script).assert().code(2).get_output().stderr.clone();
    assert_eq!(
        String::from_utf8(stderr).unwrap(),
        "jianfan: a.txt: can't write it: File too large\n"
    );
    assert_eq!(folder.read("a.txt"), text);
    assert_eq!(folder.names(), ["a.txt"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error() {
    let folder = Folder::with(&[("a.txt", HAIR)]);
    let full = "jianfan: a.txt: /dev/full: can't write it: No space left on device\n";
    folder.jianfan("-c s2t a.txt -o /dev/full").assert().code(2).stderr(full);
    let device = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianfan"));
    let output = command.args(["-c", "s2t"]).arg(folder.path("a.txt")).stdout(device).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.ends_with("a.txt: standard output: can't write it: No space left on device\n"),
        "{stderr}"
    );
}

#[test]
fn what_fails_is_neither_touched_nor_made() {
    for (text, options) in [
        (&b"\xE5\xA4\xB4\xFF"[..], "--encoding utf-8"),
        (&b"\xE5\xA4\xB4\xE5\x8F"[..], "--encoding utf-8"),
        ("头发\u{3400}".as_bytes(), "--output-encoding big5"),
    ] {
        let folder = Folder::with(&[("a.txt", text), ("old", b"old")]);
        folder.jianfan(&format!("-c s2t {options} -w a.txt")).assert().code(2);
        folder.jianfan(&format!("-c s2t {options} a.txt -o new")).assert().code(2);
        folder.jianfan(&format!("-c s2t {options} a.txt -o old")).assert().code(2);
        assert_eq!((folder.bytes("a.txt"), folder.bytes("old")), (text.to_vec(), b"old".to_vec()));
        assert_eq!(folder.names(), ["a.txt", "old"]);
    }
}

#[test]
fn the_input_is_no_output_unless_asked_for() {
    let folder = Folder::with(&[("a.txt", HAIR)]);
    let problem = "jianfan: a.txt: is the output too; to write it in place, use -w\n";
    folder.jianfan("-c s2t -i a.txt -o ./a.txt").assert().code(2).stderr(problem);
    assert_eq!(folder.bytes("a.txt"), HAIR);
    folder.jianfan("-c s2t -i a.txt -o a.txt --in-place").assert().success();
    assert_eq!(folder.read("a.txt"), "他的頭髮\n");
}

#[cfg(unix)]
#[test]
fn a_file_does_not_grow_without_end_by_itself() {
    let folder = Folder::with(&[("a.txt", HAIR)]);
    for script in ["exec \"$0\" -c s2t a.txt >>a.txt", "exec \"$0\" -c s2t <a.txt >>a.txt"] {
        shell(&folder, script).assert().code(2);
        assert_eq!(folder.bytes("a.txt"), HAIR);
    }
}

#[test]
fn a_read_only_file_is_refused() {
    let folder = Folder::with(&[("a.txt", HAIR)]);
    let mut mode = fs::metadata(folder.path("a.txt")).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(folder.path("a.txt"), mode).unwrap();
    let problem = "jianfan: a.txt: is read-only; make it writable first\n";
    folder.jianfan("-c s2t -w a.txt").assert().code(2).stderr(problem);
    assert_eq!(folder.bytes("a.txt"), HAIR);
}
