//! What runs over files did wrong once: at moments when they were killed, and when they were taken
//! back.

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;

use super::support::Folder;

const HAIR: &[u8] = "头发一\n".as_bytes();

/// Converting by it twice is not the same as once: 一 becomes 二, and 二 三.
const TABLE: &str = "-c s2t --table t.txt";

fn tree(files: &[(&str, &[u8])]) -> Folder {
    let folder = Folder::with(files);
    fs::write(folder.path("t.txt"), "一\t二\n二\t三\n").unwrap();
    folder
}

/// Runs the command with the journal j, and makes that the journal of a run that was killed.
fn killed(folder: &Folder, command: &str) {
    folder.jianfan(&format!("{command} --journal j")).assert().success();
    let journal = folder.read("j");
    fs::write(folder.path("j"), journal.strip_suffix("\"done\"\n").unwrap()).unwrap();
}

fn resume(folder: &Folder, command: &str) {
    folder.jianfan(&format!("{command} --journal j --resume")).assert().success();
}

fn undo(folder: &Folder) {
    folder.jianfan("undo j").assert().success();
}

fn rename(folder: &Folder, from: &str, to: &str) {
    fs::rename(folder.path(from), folder.path(to)).unwrap();
}

fn link(folder: &Folder, file: &str, name: &str) {
    fs::hard_link(folder.path(file), folder.path(name)).unwrap();
}

fn are_one(folder: &Folder, one: &str, other: &str) -> bool {
    let inode = |name| fs::metadata(folder.path(name)).unwrap().ino();
    inode(one) == inode(other)
}

/// A copy has the time of what it is a copy of, and its size may be that of the older one.
#[test]
fn a_result_that_looks_like_the_older_one_is_written() {
    let folder = tree(&[("d/a.txt", HAIR)]);
    folder.jianfan("-c t2s d -o out").assert().success();
    rename(&folder, "out/a.txt", "older");
    link(&folder, "older", "out/a.txt");
    killed(&folder, "-c s2t d -o out");
    rename(&folder, "older", "out/a.txt");
    resume(&folder, "-c s2t d -o out");
    assert_eq!(folder.read("out/a.txt"), "頭髮一\n");
}

#[test]
fn a_backup_that_looks_like_the_result_is_brought_back() {
    let folder = tree(&[("d/a.txt", HAIR)]);
    folder.jianfan("-c t2s d -o out").assert().success();
    folder.jianfan("-c s2t d -o out --backup .bak --journal j").assert().success();
    assert_eq!(folder.read("out/a.txt"), "頭髮一\n");
    undo(&folder);
    assert_eq!(folder.read("out/a.txt"), "头发一\n");
    assert!(!folder.path("out/a.txt.bak").exists());
}

#[test]
fn a_file_that_was_kept_but_not_written() {
    let folder = tree(&[("d/a.txt", HAIR)]);
    let command = "-c s2t -w d --backup .bak";
    killed(&folder, command);
    rename(&folder, "d/a.txt.bak", "d/a.txt");
    link(&folder, "d/a.txt", "d/a.txt.bak");
    resume(&folder, command);
    assert_eq!(folder.read("d/a.txt"), "頭髮一\n");
    undo(&folder);
    assert_eq!(folder.bytes("d/a.txt"), HAIR);
    assert!(!folder.path("d/a.txt.bak").exists());
}

/// A file of two names, of which only the first leads to the new content.
fn half_linked(command: &str) -> Folder {
    let folder = tree(&[("d/a.txt", HAIR)]);
    link(&folder, "d/a.txt", "d/b.txt");
    link(&folder, "d/a.txt", "old");
    killed(&folder, command);
    rename(&folder, "old", "d/b.txt");
    assert!(!are_one(&folder, "d/a.txt", "d/b.txt"));
    folder
}

#[test]
fn the_other_names_of_a_file_follow() {
    let command = format!("{TABLE} -w d");
    let folder = half_linked(&command);
    resume(&folder, &command);
    assert_eq!(folder.read("d/a.txt"), "頭髮二\n");
    assert!(are_one(&folder, "d/a.txt", "d/b.txt"));
}

#[test]
fn the_other_names_of_a_file_are_brought_back() {
    let folder = half_linked("-c s2t -w d --backup .bak");
    undo(&folder);
    assert_eq!(folder.bytes("d/b.txt"), HAIR);
    assert!(are_one(&folder, "d/a.txt", "d/b.txt"));
    assert_eq!(folder.names(), ["d", "t.txt"]);
    assert_eq!(fs::read_dir(folder.path("d")).unwrap().count(), 2);
}

/// An undo that was killed when the file was back, but not its other name.
#[test]
fn the_other_names_of_a_file_are_brought_back_later() {
    let folder = tree(&[("d/a.txt", HAIR)]);
    link(&folder, "d/a.txt", "d/b.txt");
    killed(&folder, "-c s2t -w d --backup .bak");
    rename(&folder, "d/a.txt.bak", "d/a.txt");
    undo(&folder);
    assert!(are_one(&folder, "d/a.txt", "d/b.txt"));
    assert_eq!(folder.bytes("d/b.txt"), HAIR);
}

#[test]
fn names_in_folders_that_have_other_names_already() {
    let folder = tree(&[("d/简/体/头.txt", HAIR), ("d/简/体/发.txt", HAIR)]);
    let command = "-c s2t -w d --names";
    killed(&folder, command);
    rename(&folder, "d/簡/體/發.txt", "d/簡/體/发.txt");
    resume(&folder, command);
    assert!(folder.path("d/簡/體/頭.txt").exists() && folder.path("d/簡/體/發.txt").exists());
    undo(&folder);
    assert!(folder.path("d/简/体/头.txt").exists() && folder.path("d/简/体/发.txt").exists());
}

#[test]
fn names_of_files_that_were_named() {
    let folder = tree(&[("头.txt", HAIR), ("发.txt", HAIR)]);
    let command = "-c s2t -w --names 头.txt 发.txt";
    killed(&folder, command);
    rename(&folder, "發.txt", "发.txt");
    resume(&folder, command);
    assert_eq!(folder.names(), ["j", "t.txt", "發.txt", "頭.txt"]);
}

/// The name that a file has already would become the one that another has.
#[test]
fn names_are_not_converted_twice() {
    let folder = tree(&[("d/一", HAIR), ("d/三", HAIR), ("d/x一", HAIR)]);
    let command = format!("{TABLE} -w d --names");
    killed(&folder, &command);
    rename(&folder, "d/x二", "d/x一");
    resume(&folder, &command);
    assert!(["d/二", "d/三", "d/x二"].iter().all(|name| folder.path(name).exists()));
}

/// As where the disk is full, or the run is killed, in the middle of noting them.
#[test]
fn names_that_were_not_all_noted() {
    let folder = tree(&[("d/头.txt", HAIR), ("d/发.txt", HAIR)]);
    let command = format!("{TABLE} -w d --names");
    killed(&folder, &command);
    rename(&folder, "d/發.txt", "d/发.txt");
    rename(&folder, "d/頭.txt", "d/头.txt");
    let journal = folder.read("j");
    let first = journal.find("{\"rename\"").unwrap();
    let end = first + journal[first..].find('\n').unwrap() + 1;
    fs::write(folder.path("j"), &journal[..end]).unwrap();
    resume(&folder, &command);
    assert_eq!(folder.read("d/頭.txt") + &folder.read("d/發.txt"), "頭髮二\n頭髮二\n");
}

#[test]
fn a_run_that_could_not_keep_all_can_be_undone() {
    let folder = tree(&[("d/a.txt", HAIR), ("d/b.txt", HAIR), ("d/b.txt.bak", b"mine")]);
    let run = folder.jianfan("-c s2t -w d --backup .bak --journal j").assert().code(2);
    let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(stderr.contains("d/b.txt: its backup d/b.txt.bak exists already"), "{stderr}");
    undo(&folder);
    assert_eq!((folder.bytes("d/a.txt"), folder.bytes("d/b.txt")), (HAIR.into(), HAIR.into()));
    assert_eq!(folder.read("d/b.txt.bak"), "mine");
}

/// Its name stays, as its content does.
#[test]
fn a_link_leads_on_to_a_file_that_fails() {
    let folder = tree(&[("d/坏.txt", b"\xE5\xA4\xB4\xFF"), ("d/头.txt", HAIR)]);
    symlink("坏.txt", folder.path("d/link")).unwrap();
    symlink("头.txt", folder.path("d/other")).unwrap();
    folder.jianfan("-c s2t -w d --names --encoding utf-8").assert().code(2);
    let target = |name| fs::read_link(folder.path(name)).unwrap();
    assert_eq!(target("d/link"), Path::new("坏.txt"));
    assert_eq!(target("d/other"), Path::new("頭.txt"));
}

#[test]
fn a_file_that_fails_keeps_all_its_names() {
    let folder = tree(&[("d/坏.txt", b"\xE5\xA4\xB4\xFF")]);
    link(&folder, "d/坏.txt", "d/头.txt");
    folder.jianfan("-c s2t -w d --names --encoding utf-8").assert().code(2);
    assert!(folder.path("d/坏.txt").exists() && folder.path("d/头.txt").exists());
}

#[test]
fn strays_that_are_links_are_removed() {
    let folder = tree(&[("d/a.txt", HAIR), ("d/.jianfan-1", b"")]);
    symlink("a.txt", folder.path("d/.jianfan-2")).unwrap();
    folder.jianfan("-c s2t -w d").assert().success();
    assert_eq!(fs::read_dir(folder.path("d")).unwrap().count(), 1);
}

/// Where nothing is written any longer.
#[test]
fn strays_beside_what_is_done_are_removed() {
    let folder = tree(&[("d/a.txt", HAIR)]);
    killed(&folder, "-c s2t -w d");
    File::create(folder.path("d/.jianfan-1")).unwrap();
    resume(&folder, "-c s2t -w d");
    assert_eq!(fs::read_dir(folder.path("d")).unwrap().count(), 1);
}
