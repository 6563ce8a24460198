//! What is no plain file with a plain name, as an ordinary user and, where the tests run as root,
//! as root too.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::support::Folder;

const HAIR: &[u8] = "头发\n".as_bytes();
const CONVERTED: &str = "頭髮\n";

/// The number of the user nobody.
const NOBODY: u32 = 65534;

/// The command where anybody can run it; only root needs that.
static COMMAND: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let path = folder.path().join("jianfan");
    fs::copy(env!("CARGO_BIN_EXE_jianfan"), &path).unwrap();
    (folder, path)
});

/// Who runs the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum User {
    Root,
    Ordinary,
}

/// Does `test` for each user that the tests can be, in a folder of theirs made by `folder`.
fn as_each_user(folder: impl Fn() -> Folder, test: impl Fn(&Folder, User)) {
    let probe = TempDir::new().unwrap();
    if chown(probe.path(), Some(NOBODY), Some(NOBODY)).is_err() {
        return test(&folder(), User::Ordinary);
    }
    for user in [User::Root, User::Ordinary] {
        let folder = folder();
        if user == User::Ordinary {
            give(&folder.path(""));
            give(folder.state());
        }
        test(&folder, user);
    }
}

/// Gives a folder and all that is below it to nobody.
fn give(path: &Path) {
    std::os::unix::fs::lchown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if fs::symlink_metadata(path).unwrap().is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| give(&entry.unwrap().path()));
    }
}

impl User {
    /// The command in `folder`, run by this user.
    fn jianfan(self, folder: &Folder, arguments: &str) -> assert_cmd::Command {
        let is_root = chown(folder.state(), None, None).is_ok() && self == Self::Ordinary;
        let given = is_root && fs::metadata(folder.path("")).unwrap().uid() == NOBODY;
        let mut command = match given {
            true => {
                let mut command = Command::new(&COMMAND.1);
                command.uid(NOBODY).gid(NOBODY);
                command
            }
            false => Command::new(env!("CARGO_BIN_EXE_jianfan")),
        };
        command.args(arguments.split_whitespace()).current_dir(folder.path(""));
        command.env("XDG_STATE_HOME", folder.state());
        assert_cmd::Command::from_std(command)
    }
}

fn mkfifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn mode(folder: &Folder, name: &str) -> u32 {
    fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777
}

#[test]
fn links_stay_links() {
    let tree = || {
        let folder = Folder::with(&[("d/简/a.txt", HAIR), ("else/b.txt", HAIR)]);
        symlink("简/a.txt", folder.path("d/link.txt")).unwrap();
        symlink("../else/b.txt", folder.path("d/out.txt")).unwrap();
        symlink("nowhere", folder.path("d/dangling")).unwrap();
        symlink("..", folder.path("d/loop")).unwrap();
        symlink("简", folder.path("d/folder")).unwrap();
        folder
    };
    as_each_user(tree, |folder, user| {
        let report =
            "jianfan: 1 converted, 0 unchanged, 5 skipped (5 symbolic links); encodings: 1 utf-8\n";
        user.jianfan(folder, "-c s2t -w d").assert().success().stderr(report);
        assert_eq!(folder.read("d/link.txt"), CONVERTED);
        assert_eq!(folder.bytes("else/b.txt"), HAIR);
        let report = "jianfan: 0 converted, 1 unchanged, 5 copied; encodings: 1 utf-8\n";
        for _ in 0..2 {
            user.jianfan(folder, "-c s2t d -o new").assert().success().stderr(report);
        }
        for (link, target) in [("link.txt", "简/a.txt"), ("loop", ".."), ("dangling", "nowhere")] {
            assert_eq!(fs::read_link(folder.path("new").join(link)).unwrap(), Path::new(target));
        }
        user.jianfan(folder, "-c s2t d -o named --names").assert().success();
        let target = fs::read_link(folder.path("named/link.txt")).unwrap();
        assert_eq!(target, Path::new("簡/a.txt"));
        assert_eq!(folder.read("named/link.txt"), CONVERTED);
    });
}

#[test]
fn a_link_never_takes_the_place_of_something_else() {
    let tree = || {
        let folder = Folder::with(&[("d/a.txt", HAIR), ("out/link", b"mine\n")]);
        symlink("a.txt", folder.path("d/link")).unwrap();
        folder
    };
    as_each_user(tree, |folder, user| {
        let run = user.jianfan(folder, "-c s2t d -o out").assert().code(2);
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains("out/link exists already"), "{stderr}");
        assert_eq!(
            (folder.bytes("out/link"), folder.read("out/a.txt")),
            (b"mine\n".into(), CONVERTED.into())
        );
    });
}

#[test]
fn links_lead_on_when_names_change() {
    let tree = || {
        let folder = Folder::with(&[("d/简/头发.txt", HAIR)]);
        symlink("简/头发.txt", folder.path("d/头")).unwrap();
        folder
    };
    as_each_user(tree, |folder, user| {
        user.jianfan(folder, "-c s2t -w --names d").assert().success();
        assert_eq!(folder.read("d/頭"), CONVERTED);
        assert_eq!(fs::read_link(folder.path("d/頭")).unwrap(), Path::new("簡/頭髮.txt"));
    });
}

#[test]
fn all_names_of_a_file_stay_names_of_one_file() {
    let tree = || {
        let folder = Folder::with(&[("d/a.txt", HAIR), ("x.txt", "一\t二\n二\t三\n".as_bytes())]);
        fs::write(folder.path("d/a.txt"), "一只\n").unwrap();
        fs::create_dir(folder.path("d/sub")).unwrap();
        fs::hard_link(folder.path("d/a.txt"), folder.path("d/sub/b.txt")).unwrap();
        fs::hard_link(folder.path("d/a.txt"), folder.path("elsewhere.txt")).unwrap();
        folder
    };
    as_each_user(tree, |folder, user| {
        // Twice would be 三只.
        user.jianfan(folder, "-c s2t --table x.txt -w d").assert().success();
        assert_eq!(folder.read("d/sub/b.txt"), "二只\n");
        let inode = |name| fs::metadata(folder.path(name)).unwrap().ino();
        assert_eq!(inode("d/a.txt"), inode("d/sub/b.txt"));
        assert_eq!(folder.read("elsewhere.txt"), "一只\n");
    });
}

#[test]
fn pipes_and_sockets_are_left_out() {
    let tree = || {
        let folder = Folder::with(&[("d/a.txt", HAIR)]);
        mkfifo(&folder.path("d/fifo"));
        drop(UnixListener::bind(folder.path("d/sock")).unwrap());
        folder
    };
    as_each_user(tree, |folder, user| {
        let report = "jianfan: 1 converted, 0 unchanged, 2 skipped (1 named pipe, 1 socket); encodings: 1 utf-8\n";
        for arguments in ["-c s2t d -o out", "-c s2t -w d"] {
            user.jianfan(folder, arguments).assert().success().stderr(report);
        }
        assert!(!folder.path("out/fifo").exists());
        let refusal = "jianfan: d/fifo: is a named pipe, which can't be written back to\n";
        user.jianfan(folder, "-c s2t -w d/fifo").assert().code(2).stderr(refusal);
        user.jianfan(folder, "-c s2t --check d").assert().success();
    });
}

/// For root nothing is unreadable.
#[test]
fn what_cant_be_read_does_not_stop_the_rest() {
    let tree = || {
        let folder = Folder::with(&[("d/a.txt", HAIR), ("d/b.txt", HAIR), ("d/c/x.txt", HAIR)]);
        fs::set_permissions(folder.path("d/a.txt"), Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(folder.path("d/c"), Permissions::from_mode(0o000)).unwrap();
        folder
    };
    as_each_user(tree, |folder, user| {
        let run = user.jianfan(folder, "-c s2t d -o out").assert();
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        if user == User::Root {
            run.success();
            assert_eq!(mode(folder, "out/a.txt"), 0);
        } else {
            let lines: Vec<&str> = stderr.lines().collect();
            run.code(2);
            assert!(lines.contains(&"jianfan: d/c: Permission denied"), "{stderr}");
            let refusal = "jianfan: d/a.txt: Permission denied; make it readable, or leave it out";
            assert!(lines.contains(&refusal), "{stderr}");
        }
        assert_eq!(folder.read("out/b.txt"), CONVERTED);
        for path in ["d/c", "out/c"] {
            let _ = fs::set_permissions(folder.path(path), Permissions::from_mode(0o755));
        }
    });
}

#[test]
fn what_cant_be_written_stays() {
    let tree = || {
        let folder = Folder::with(&[("d/a.txt", HAIR), ("d/c/x.txt", HAIR), ("d/z.txt", HAIR)]);
        fs::set_permissions(folder.path("d/a.txt"), Permissions::from_mode(0o444)).unwrap();
        fs::set_permissions(folder.path("d/c"), Permissions::from_mode(0o555)).unwrap();
        folder
    };
    as_each_user(tree, |folder, user| {
        let run = user.jianfan(folder, "-c s2t -w d").assert().code(2);
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains("d/a.txt: is read-only; make it writable first"), "{stderr}");
        assert_eq!(
            stderr.contains("d/c/x.txt: can't make a temporary file in d/c: "),
            user == User::Ordinary
        );
        assert_eq!(
            (folder.bytes("d/a.txt"), folder.read("d/z.txt")),
            (HAIR.into(), CONVERTED.into())
        );
    });
}

#[test]
fn names_that_are_no_text() {
    let name = || OsStr::from_bytes(b"d/\xff\xfe.txt");
    let tree = || {
        let folder = Folder::with(&[("d/头.txt", HAIR)]);
        fs::write(folder.path("").join(name()), HAIR).unwrap();
        folder
    };
    as_each_user(tree, |folder, user| {
        user.jianfan(folder, "-c s2t d -o out --names").assert().success();
        assert_eq!(
            fs::read(folder.path("out").join(OsStr::from_bytes(b"\xff\xfe.txt"))).unwrap(),
            CONVERTED.as_bytes()
        );
        assert_eq!(folder.read("out/頭.txt"), CONVERTED);
        let run = user.jianfan(folder, "-c s2t -w --names d").assert().code(2);
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(stderr.contains("its name is not UTF-8, so that it stays as it is"), "{stderr}");
        assert_eq!(fs::read(folder.path("").join(name())).unwrap(), CONVERTED.as_bytes());
        assert_eq!(folder.read("d/頭.txt"), CONVERTED);
        let journals: Vec<_> = fs::read_dir(folder.state().join("jianfan")).unwrap().collect();
        assert_eq!(journals.len(), 1);
    });
}

#[test]
fn names_that_differ_only_before_they_are_converted() {
    let tree = || {
        Folder::with(&[("d/头.txt", HAIR), ("d/頭.txt", HAIR), ("d/发/x", HAIR), ("d/發/x", HAIR)])
    };
    as_each_user(tree, |folder, user| {
        let refusal = "jianfan: d/发 and d/發 would both have the name d/發; \
             d/头.txt and d/頭.txt would both have the name d/頭.txt\n";
        user.jianfan(folder, "-c s2t -w --names d").assert().code(2).stderr(refusal);
        let run = user.jianfan(folder, "-c s2t d -o out --names").assert().code(2);
        let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(
            stderr.contains("d/头.txt and d/頭.txt would both be written to out/頭.txt"),
            "{stderr}"
        );
        assert!(!folder.path("out").exists());
        for name in ["d/头.txt", "d/頭.txt", "d/发/x", "d/發/x"] {
            assert_eq!(folder.bytes(name), HAIR);
        }
    });
}

#[test]
fn a_copied_tree_has_the_modes_and_the_times() {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let tree = || {
        let folder =
            Folder::with(&[("d/run.sh", HAIR), ("d/a.png", b"\x89PNG\0\0\xFF\0"), ("d/in/x", b"")]);
        fs::create_dir(folder.path("d/empty")).unwrap();
        for (name, mode) in
            [("d/run.sh", 0o751), ("d/a.png", 0o600), ("d/in", 0o550), ("d/empty", 0o711)]
        {
            fs::set_permissions(folder.path(name), Permissions::from_mode(mode)).unwrap();
        }
        for name in ["d/run.sh", "d/a.png", "d/in", "d/empty"] {
            File::open(folder.path(name)).unwrap().set_modified(long_ago).unwrap();
        }
        folder
    };
    as_each_user(tree, |folder, user| {
        user.jianfan(folder, "-c s2t d -o out").assert().success();
        let names = ["out/run.sh", "out/a.png", "out/in", "out/empty"];
        assert_eq!(names.map(|name| mode(folder, name)), [0o751, 0o600, 0o550, 0o711]);
        for name in names {
            assert_eq!(
                fs::metadata(folder.path(name)).unwrap().modified().unwrap(),
                long_ago,
                "{name}"
            );
        }
        assert_eq!(
            (folder.read("out/run.sh"), folder.bytes("out/a.png")),
            (CONVERTED.into(), folder.bytes("d/a.png"))
        );
    });
}
