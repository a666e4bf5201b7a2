//! Files as they were at a git revision.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use stance::error::{Error, Result};
use stance::file::read;

/// The most that is taken from git, in bytes: 512 MiB, as much as a bundle unpacks to.
const MOST_BYTES: u64 = 512 << 20;

/// A file of a folder at a revision, or the first line of git's complaint.
///
/// # Errors
/// [`Error::Read`] if git cannot be run, or [`Error::Invalid`] if the file is too large.
pub fn file(folder: &Path, revision: &str, name: &str) -> Result<std::result::Result<Vec<u8>, String>> {
    // The command that does the least: no filters, no conversion of text, no index.
    git(folder, &["cat-file", "blob", "--end-of-options", &format!("{revision}:./{name}")])
}

/// All files of a folder at a revision by their names, or the first line of git's complaint. Links and submodules are
/// left out.
///
/// # Errors
/// As [`file`].
pub fn folder(folder: &Path, revision: &str) -> Result<std::result::Result<BTreeMap<String, Vec<u8>>, String>> {
    // No corpus has more.
    const MOST_FILES: usize = 2_000;
    let listed = match git(folder, &["ls-tree", "-r", "-z", "--end-of-options", revision])? {
        Ok(listed) => listed,
        Err(why) => return Ok(Err(why)),
    };
    let Ok(listed) = String::from_utf8(listed) else { return Ok(Err("a name in it is not UTF-8".to_owned())) };
    // `100644 blob 5f3c…<tab>labels/anna.csv`
    let entries = listed.split('\0').filter_map(|entry| entry.split_once('\t'));
    let entries = entries.filter(|(about, _)| about.starts_with("100"));
    let (objects, names): (Vec<&str>, Vec<&str>) =
        entries.filter_map(|(about, name)| Some((about.rsplit(' ').next()?, name))).unzip();
    if names.len() > MOST_FILES {
        return Ok(Err(format!("it has more than {MOST_FILES} files")));
    }
    // One run of git for all files, because each takes some time to start.
    let asked = objects.iter().map(|object| format!("{object}\n")).collect::<String>();
    let shown = match git_reading(folder, &["cat-file", "--batch"], asked)? {
        Ok(shown) => shown,
        Err(why) => return Ok(Err(why)),
    };
    let Some(files) = batch(&shown, names.len()) else { return Ok(Err("a file in it cannot be read".to_owned())) };
    Ok(Ok(names.into_iter().map(str::to_owned).zip(files).collect()))
}

/// The files in what `git cat-file --batch` prints: `5f3c… blob 12`, a line break, 12 bytes and a line break for each. `None`
/// if it is anything else.
fn batch(mut shown: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut files = Vec::with_capacity(count);
    for _ in 0..count {
        let end = shown.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(&shown[..end]).ok()?;
        let (about, size) = head.rsplit_once(' ')?;
        if !about.ends_with(" blob") {
            return None;
        }
        let from = end + 1;
        let to = from.checked_add(size.parse().ok()?)?;
        files.push(shown.get(from..to)?.to_vec());
        shown = shown.get(to..)?.strip_prefix(b"\n")?;
    }
    shown.is_empty().then_some(files)
}

/// What a command of git prints, or the first line of its complaint. Anyone may have made the repository and its
/// configuration, so git is kept from every setting that could name a command or an address.
fn git(folder: &Path, asked: &[&str]) -> Result<std::result::Result<Vec<u8>, String>> {
    git_reading(folder, asked, String::new())
}

/// What a command of git prints that reads a text from its standard input.
fn git_reading(folder: &Path, asked: &[&str], told: String) -> Result<std::result::Result<Vec<u8>, String>> {
    // Only the first line of the error output is reported.
    const MOST_COMPLAINT: u64 = 1 << 16;
    // The command line overrides the repository's own configuration.
    const CLOSED: [&str; 9] = [
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "core.sshCommand=false",
        "core.gitProxy=false",
        "core.askPass=",
        "core.alternateRefsCommand=false",
        "credential.helper=",
        "protocol.allow=never",
        // A folder with a configuration may look like a repository without being one.
        "safe.bareRepository=explicit",
    ];
    let mut command = Command::new("git");
    command.env_clear();
    // Without a home, git reads no files of the user that could add to the configuration.
    let kept = ["PATH", "SYSTEMROOT", "TMPDIR", "TEMP"];
    command.envs(kept.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))));
    command.envs([
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_ATTR_NOSYSTEM", "1"),
        // A clone may lack objects. Git would then ask the address that its configuration names.
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", ""),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_ASKPASS", ""),
        ("SSH_ASKPASS", ""),
        ("GIT_SSH_COMMAND", "false"),
        ("GIT_PAGER", "cat"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("LC_ALL", "C"),
    ]);
    command.arg("--no-pager").arg("-C").arg(folder);
    command.args(CLOSED.iter().flat_map(|setting| ["-c", setting]));
    command.args(asked);
    let git = Path::new("git");
    let failed = |source| Error::Read { path: git.to_owned(), source };
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    // Git answers while it reads, so both ends of it are kept moving. If it does not want to read, it says why.
    let telling = thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(told.as_bytes())));
    let complaint = thread::spawn(move || {
        let mut complaint = Vec::new();
        if let Some(mut stderr) = stderr {
            // The rest is read too, so that git does not wait.
            let _ = stderr.by_ref().take(MOST_COMPLAINT).read_to_end(&mut complaint);
            let _ = io::copy(&mut stderr, &mut io::sink());
        }
        complaint
    });
    let shown = stdout.map_or(Ok(Vec::new()), |stdout| read::stream(git, stdout, MOST_BYTES));
    if shown.is_err() {
        // The rest of git's output is not wanted.
        let _ = child.kill();
    }
    let status = child.wait().map_err(failed)?;
    let _ = telling.join();
    let (shown, complaint) = (shown?, complaint.join().unwrap_or_default());
    let why = || String::from_utf8_lossy(&complaint).lines().next().unwrap_or("git failed").to_owned();
    Ok(if status.success() { Ok(shown) } else { Err(why()) })
}
