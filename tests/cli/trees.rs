//! Several inputs, and folders of them.

use super::support::Folder;

const HAIR: &[u8] = "头发\n".as_bytes();

fn tree() -> Folder {
    Folder::with(&[
        ("docs/b.txt", HAIR),
        ("docs/a/c.txt", HAIR),
        ("docs/a.txt", "頭髮\n".as_bytes()),
        ("docs/.git/config", HAIR),
        ("one.txt", HAIR),
    ])
}

#[test]
fn several_inputs_need_a_place_to_go() {
    let folder = tree();
    for arguments in ["-c s2t docs", "-c s2t docs one.txt", "-c s2t one.txt docs/b.txt"] {
        let output = folder.jianfan(arguments).assert().code(2).stdout("").get_output().clone();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains("-w") && stderr.contains("-o DIR"), "{stderr}");
    }
}

#[test]
fn a_folder_in_place_but_for_what_is_hidden() {
    let folder = tree();
    folder.jianfan("-c s2t -w docs").assert().success();
    assert_eq!(folder.read("docs/b.txt") + &folder.read("docs/a/c.txt"), "頭髮\n頭髮\n");
    assert_eq!(folder.bytes("docs/.git/config"), HAIR);
}

#[test]
fn check_lists_in_a_stable_order() {
    let folder = tree();
    let check = folder.jianfan("-c s2t --check one.txt docs").assert();
    check.code(1).stdout("one.txt\ndocs/a/c.txt\ndocs/b.txt\n");
    folder.jianfan("-c s2t --check docs/a.txt").assert().code(0).stdout("");
}

#[test]
fn a_folder_to_a_folder() {
    let folder = tree();
    folder.jianfan("-c s2t docs one.txt -o out/new").assert().success();
    for name in ["out/new/a.txt", "out/new/b.txt", "out/new/a/c.txt", "out/new/one.txt"] {
        assert_eq!(folder.read(name), "頭髮\n", "{name}");
    }
    assert_eq!(folder.bytes("docs/b.txt"), HAIR);
}

/// The second run must not take the results of the first for inputs.
#[test]
fn the_output_folder_is_no_input() {
    let folder = tree();
    for _ in 0..2 {
        folder.jianfan("-c s2t . -o out").assert().success();
    }
    assert!(folder.path("out/docs/b.txt").exists());
    assert!(!folder.path("out/out").exists());
}

#[test]
fn two_results_of_one_name_are_refused() {
    let folder = Folder::with(&[("a/x.txt", HAIR), ("b/x.txt", HAIR)]);
    let problem = "jianfan: a/x.txt and b/x.txt would both be written to out/x.txt\n";
    folder.jianfan("-c s2t a b -o out").assert().code(2).stderr(problem);
    assert!(!folder.path("out").exists());
}

#[test]
fn a_folder_is_not_its_own_output() {
    let folder = tree();
    folder.jianfan("-c s2t docs -o docs").assert().code(2);
    assert_eq!(folder.bytes("docs/b.txt"), HAIR);
}

#[cfg(unix)]
#[test]
fn no_result_leaves_the_output_folder() {
    let folder = tree();
    std::fs::create_dir_all(folder.path("out")).unwrap();
    std::fs::create_dir_all(folder.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", folder.path("out/a")).unwrap();
    std::os::unix::fs::symlink("../one.txt", folder.path("out/b.txt")).unwrap();
    folder.jianfan("-c s2t docs -o out").assert().code(2);
    assert!(!folder.path("elsewhere/c.txt").exists());
    assert_eq!(folder.bytes("one.txt"), HAIR);
    assert_eq!(folder.read("out/a.txt"), "頭髮\n");
}

#[cfg(unix)]
#[test]
fn links_below_a_folder_are_not_followed() {
    let folder = tree();
    std::os::unix::fs::symlink("../one.txt", folder.path("docs/link.txt")).unwrap();
    std::os::unix::fs::symlink("..", folder.path("docs/up")).unwrap();
    folder.jianfan("-c s2t -w docs").assert().success();
    assert_eq!(folder.bytes("one.txt"), HAIR);
}

#[test]
fn explain_skips_in_silence_if_asked_to() {
    let folder = Folder::with(&[("d/a.txt", HAIR), ("d/b", b"\x89PNG\0\0\xFF\0\x01")]);
    let note = "jianfan: d/b: skipped, as it looks like binary data\n";
    folder.jianfan("explain -c s2t d").assert().success().stderr(note);
    folder.jianfan("explain -c s2t -q d").assert().success().stderr("");
}

#[cfg(unix)]
#[test]
fn no_result_leaves_the_output_folder_by_a_link_to_nothing() {
    let folder = tree();
    std::fs::create_dir_all(folder.path("out")).unwrap();
    std::os::unix::fs::symlink("../new.txt", folder.path("out/b.txt")).unwrap();
    folder.jianfan("-c s2t docs -o out").assert().code(2);
    assert!(!folder.path("new.txt").exists());
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = Folder::with(&[("bad.txt", b"\xE5\xA4\xB4\xFF"), ("good.txt", HAIR)]);
    let run = folder.jianfan("-c s2t --encoding utf-8 -w bad.txt missing.txt good.txt").assert();
    let stderr = String::from_utf8(run.code(2).get_output().stderr.clone()).unwrap();
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("jianfan: bad.txt: malformed utf-8 at byte 3;"));
    assert_eq!(lines[1], "jianfan: missing.txt: No such file or directory");
    assert_eq!(lines[2], "jianfan: 1 converted, 0 unchanged, 2 failed; encodings: 1 utf-8");
    assert_eq!(folder.read("good.txt"), "頭髮\n");
}
