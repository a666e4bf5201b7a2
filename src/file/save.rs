//! The only way to write to the disk.
//!
//! **What may be overwritten.** A file of a corpus ([`corpus_files`]) never is, with `--force` or without; only
//! [`replace`] changes it. Any other file is overwritten only if Stance wrote it ([`OutputKind`] decides that), or
//! with `force`. A read-only file, and one that the user may not write, is refused even if its folder would allow it.
//!
//! **How.** Everything is checked before the first byte is written. A file is then written beside its place
//! ([`temporary`]). It gets the mode, the owner and the access list of the old file before it gets any content. The
//! two files are exchanged in one step, and the old one is compared with what was read. If another program has saved
//! in between, they are exchanged back, and nothing is lost. Linux and macOS can exchange files. On other systems, and
//! on disks that cannot, they are compared right before the move.
//!
//! **In turn.** Runs of Stance that save files of one folder wait for each other: each holds a lock on the folder from
//! the first look to the end. Only editors and other programs can come between.
//!
//! **Links.** A symbolic link is followed. If a file has several names (hard links), only the name that was given
//! gets the new content. The others keep the old content, and a warning reports it: a snapshot made of hard links
//! stays as it was. A pipe or another special file is written to directly.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, Warning};
use crate::file::content::{Content, GrowingContent};
use crate::file::corpus_files;
use crate::file::kind::OutputKind;
use crate::file::replace::{Replaced, lock, replace_file, sync};
use crate::file::rights;
use crate::file::temporary::{self, Temporary};

const AGAIN: &str = "run the command again; the file was left unchanged";

/// A file to write.
#[derive(Debug)]
pub struct Output {
    /// Its path.
    pub path: PathBuf,
    /// What kind of file it is, and the columns by which an earlier one is recognised.
    pub kind: OutputKind,
    /// Its new content.
    pub bytes: Vec<u8>,
}

/// Files that have all been checked: they may be written.
pub struct Plan {
    outputs: Vec<Output>,
    targets: Vec<Target>,
}

/// The place of a file, and what is there.
struct Target {
    /// The path as the user gave it.
    path: PathBuf,
    /// The path with links followed.
    real: PathBuf,
    there: There,
}

/// What is at a place.
enum There {
    Nothing,
    /// A pipe or a device.
    Stream,
    File(Box<Old>),
}

/// An existing file, and what its content was.
struct Old {
    file: File,
    about: Metadata,
    content: Content,
}

/// Checks early whether a file may be written, before long work is done for it.
///
/// # Errors
/// As [`Plan::new`].
pub fn check(path: &Path, kind: OutputKind, force: bool) -> Result<()> {
    let output = Output { path: path.to_owned(), kind, bytes: Vec::new() };
    Plan::new(vec![output], force).map(drop)
}

impl Plan {
    /// Checks all files of a run. `force` allows overwriting a file that Stance did not write, but no file of a
    /// corpus.
    ///
    /// # Errors
    /// [`Error::Request`] if a file may not be overwritten, [`Error::Write`] if the system would refuse to write it.
    pub fn new(outputs: Vec<Output>, force: bool) -> Result<Plan> {
        let mut targets: Vec<Target> = Vec::new();
        for output in &outputs {
            outside_corpora(&output.path)?;
            let target = look(&output.path)?;
            if !matches!(target.there, There::Stream) && targets.iter().any(|other| other.real == target.real) {
                let what = format!("2 files of this run would be written to {}", output.path.display());
                return Err(Error::request(what, "give each file its own name"));
            }
            targets.push(target);
        }
        let foreign = |place: &usize| !force && !is_earlier(&outputs, &targets, *place);
        // A PNG is recognised by the table beside it, so the table is reported first.
        let (pixels, others): (Vec<usize>, Vec<usize>) =
            (0..outputs.len()).partition(|place| outputs[*place].kind == OutputKind::Png);
        if let Some(place) = others.into_iter().chain(pixels).find(foreign) {
            let (path, kind) = (outputs[place].path.display(), &outputs[place].kind);
            let what = match kind {
                OutputKind::Worksheet => format!("{path} already exists and may hold your decisions"),
                OutputKind::Exchanged => {
                    format!("{path} already exists and may hold work that was done in another tool")
                }
                _ => format!("{path} already exists, and Stance did not write it as a {}", kind.name()),
            };
            return Err(Error::request(what, "choose another name, or overwrite it with --force"));
        }
        Ok(Plan { outputs, targets })
    }

    /// Writes all files: first beside their places, then each into its place. Returns warnings.
    ///
    /// # Errors
    /// [`Error::Write`] if the system refuses, [`Error::Request`] if a file was changed since the plan was made. That
    /// file and those after it are then unchanged; those before it are written.
    pub fn write(self) -> Result<Vec<Warning>> {
        let mut warnings = Vec::new();
        let mut ready = Vec::new();
        let mut swept: Vec<PathBuf> = Vec::new();
        for (output, target) in self.outputs.iter().zip(self.targets) {
            if matches!(target.there, There::Stream) {
                ready.push((output, target, None));
                continue;
            }
            let folder = folder_of(&target.real).to_owned();
            if !swept.contains(&folder) {
                warnings.extend(temporary::sweep(&folder));
                swept.push(folder);
            }
            let (temporary, more) = prepare(&target, &output.bytes)?;
            warnings.extend(more);
            ready.push((output, target, Some(temporary)));
        }
        for (output, target, temporary) in ready {
            match temporary {
                Some(temporary) => put(&target, temporary, false)?,
                None => pour(&target.path, &output.bytes)?,
            }
        }
        Ok(warnings)
    }
}

/// A file that is written in parts, beside its place. It is moved there by [`Growing::finish`], and if that is never
/// called, nothing is left of it. What is written to a pipe is gone at once.
pub struct Growing {
    target: Target,
    /// `None` for a pipe or a device.
    temporary: Option<Temporary>,
    stream: Option<File>,
    content: GrowingContent,
    warnings: Vec<Warning>,
}

impl Growing {
    /// Checks that a file of this kind may be written, and begins it.
    ///
    /// # Errors
    /// As [`Plan::new`] and [`Plan::write`].
    pub fn begin(path: &Path, kind: OutputKind, force: bool) -> Result<Growing> {
        let plan = Plan::new(vec![Output { path: path.to_owned(), kind, bytes: Vec::new() }], force)?;
        let failed = |source: io::Error| Error::Write { path: path.to_owned(), source };
        let target = plan.targets.into_iter().next().ok_or_else(|| failed(ErrorKind::NotFound.into()))?;
        let content = GrowingContent::default();
        if matches!(target.there, There::Stream) {
            let stream = OpenOptions::new().write(true).open(path).map_err(failed)?;
            return Ok(Growing { target, temporary: None, stream: Some(stream), content, warnings: Vec::new() });
        }
        let mut warnings = temporary::sweep(folder_of(&target.real));
        let (temporary, more) = prepare(&target, b"")?;
        warnings.extend(more);
        Ok(Growing { target, temporary: Some(temporary), stream: None, content, warnings })
    }

    /// Moves the file into its place. Returns warnings.
    ///
    /// # Errors
    /// As [`Plan::write`]. What was at the place is then still there.
    pub fn finish(mut self) -> Result<Vec<Warning>> {
        let failed = |source: io::Error| Error::Write { path: self.target.path.clone(), source };
        if let Some(stream) = &mut self.stream {
            stream.flush().map_err(failed)?;
        }
        if let Some(mut temporary) = self.temporary.take() {
            temporary.complete(self.content.content()).map_err(failed)?;
            put(&self.target, temporary, false)?;
        }
        Ok(self.warnings)
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.content.add(bytes);
        match (&mut self.temporary, &mut self.stream) {
            (Some(temporary), _) => temporary.add(bytes)?,
            (None, Some(stream)) => stream.write_all(bytes)?,
            (None, None) => {}
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Makes a folder and those above it.
///
/// # Errors
/// [`Error::Write`], with the path and the error of the system.
pub fn make_folder(path: &Path) -> Result<()> {
    if path.is_file() {
        let what = format!("{} is a file, and a folder is needed", path.display());
        return Err(Error::request(what, "choose another name; the folder is made if there is none"));
    }
    fs::create_dir_all(path).map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Writes new files into a folder, which is created if needed. Either all of them are written, or none. Returns
/// warnings.
///
/// # Errors
/// [`Error::Request`] if one of them exists, or if the folder holds the labels of a corpus. [`Error::Write`] if the
/// system refuses.
pub fn create(folder: &Path, files: &[(&str, &str)]) -> Result<Vec<Warning>> {
    if let Some(corpus) = corpus_files::labels_of(folder) {
        let corpus = corpus.file_name().unwrap_or(corpus.as_os_str()).display();
        let what = format!("{} holds the labels of the corpus `{corpus}`", folder.display());
        return Err(Error::request(what, "choose another folder; nothing was written"));
    }
    let is_there = |name: &&str| folder.join(name).symlink_metadata().is_ok();
    let there: Vec<&str> = files.iter().map(|(name, _)| *name).filter(is_there).collect();
    if !there.is_empty() {
        let what = format!("{} already has {}", folder.display(), there.join(", "));
        return Err(Error::request(what, "choose another folder; nothing was written"));
    }
    let (mut ready, mut warnings) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let path = folder.join(name);
        make_folder(folder_of(&path))?;
        warnings.extend(temporary::sweep(folder_of(&path)));
        let target = Target { real: path.clone(), path, there: There::Nothing };
        let (temporary, _) = prepare(&target, text.as_bytes())?;
        ready.push((target, temporary));
    }
    let mut done: Vec<PathBuf> = Vec::new();
    for (target, temporary) in ready {
        if let Err(error) = put(&target, temporary, false) {
            // Half a corpus would only hinder the next attempt.
            done.iter().for_each(|path| drop(fs::remove_file(path)));
            return Err(error);
        }
        done.push(target.real);
    }
    Ok(warnings)
}

/// A file of a corpus that is to change.
#[derive(Debug, Clone, Copy)]
pub struct FileChange<'c> {
    /// Its path within the corpus.
    pub name: &'c Path,
    /// What was read; `None` if it is new.
    pub before: Option<&'c str>,
    /// What it gets.
    pub after: &'c str,
}

/// Changes several files of a folder together: all of them, or none. Each is written beside its place first. If one
/// cannot be put in its place, those that are in theirs get what they had. If the program is killed in between, the
/// files before are changed and those after are not, so callers name first what the others refer to.
///
/// # Errors
/// As [`create`] and [`replace`]. The files then have what they had, except for those that the error names.
pub fn together(folder: &Path, changes: &[FileChange<'_>]) -> Result<Vec<Warning>> {
    let new: Vec<(String, &str)> = changes
        .iter()
        .filter(|change| change.before.is_none())
        .map(|change| (change.name.to_string_lossy().into_owned(), change.after))
        .collect();
    let new: Vec<(&str, &str)> = new.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let old: Vec<(PathBuf, &str, &str)> =
        changes.iter().filter_map(|change| Some((folder.join(change.name), change.before?, change.after))).collect();
    // Everything is looked at before the first byte is written.
    for (path, before, _) in &old {
        match &look(path)?.there {
            There::File(there) if there.content == Content::of(before.as_bytes()) => {}
            _ => return Err(changed(path)),
        }
    }
    let mut warnings = Vec::new();
    let mut done: Vec<&(PathBuf, &str, &str)> = Vec::new();
    let undo = |done: &[&(PathBuf, &str, &str)], error: Error| {
        let stuck = done
            .iter()
            .rev()
            .filter(|(path, before, after)| replace(path, after.as_bytes(), before.as_bytes()).is_err());
        let stuck: Vec<String> = stuck.map(|(path, ..)| path.display().to_string()).collect();
        if stuck.is_empty() {
            return error;
        }
        let what = format!("{error}; and {} could not be put back", stuck.join(", "));
        Error::request(what, "run the command again: it adds only what is missing")
    };
    for change in &old {
        let (path, before, after) = change;
        match replace(path, before.as_bytes(), after.as_bytes()) {
            Ok(more) => warnings.extend(more),
            Err(error) => return Err(undo(&done, error)),
        }
        done.push(change);
    }
    if !new.is_empty() {
        match create(folder, &new) {
            Ok(more) => warnings.extend(more),
            Err(error) => return Err(undo(&done, error)),
        }
    }
    Ok(warnings)
}

/// Begins a file that will be edited, of a corpus or not, unless there is one. Its folder is made if there is none.
///
/// # Errors
/// [`Error::Request`] if there is a file, even if another program has created it at this moment. [`Error::Write`] if
/// the system refuses.
pub fn begin(path: &Path, bytes: &[u8]) -> Result<Vec<Warning>> {
    let folder = folder_of(path);
    make_folder(folder)?;
    let mut warnings = temporary::sweep(folder);
    let target = Target { path: path.to_owned(), real: path.to_owned(), there: There::Nothing };
    let (temporary, more) = prepare(&target, bytes)?;
    warnings.extend(more);
    put(&target, temporary, true)?;
    Ok(warnings)
}

/// Saves new content of a file that is edited, of a corpus or not, unless it is no longer what was read.
///
/// # Errors
/// [`Error::Request`] if another program has changed it or is working on it, [`Error::Write`] if the system refuses.
/// The file then has what the other program saved.
pub fn replace(path: &Path, read: &[u8], bytes: &[u8]) -> Result<Vec<Warning>> {
    // Two runs of Stance that exchange files at the same moment could each take the other's new file for an old one. So the
    // folder is theirs in turn: a lock on the file itself would go away with the file. Without a folder, the look fails.
    let folder = path.canonicalize().and_then(|real| File::open(folder_of(&real))).ok();
    if folder.as_ref().is_some_and(|folder| !lock(folder)) {
        return Err(busy(path));
    }
    let target = look(path)?;
    let There::File(old) = &target.there else { return Err(changed(path)) };
    if old.content != Content::of(read) {
        return Err(changed(path));
    }
    let mut warnings = temporary::sweep(folder_of(&target.real));
    let (temporary, more) = prepare(&target, bytes)?;
    warnings.extend(more);
    put(&target, temporary, true)?;
    if !Content::of(bytes).is_in(&target.real) {
        let what = format!("another program saved {} at the same moment", path.display());
        return Err(Error::request(what, "check the file: your last change may be missing"));
    }
    Ok(warnings)
}

fn changed(path: &Path) -> Error {
    let what = format!("another program has changed {}", path.display());
    Error::request(what, AGAIN)
}

fn busy(path: &Path) -> Error {
    Error::request(format!("another program is writing to {}", path.display()), AGAIN)
}

/// Rejects a file of any corpus.
///
/// # Errors
/// [`Error::Request`] if the path is one, or would be.
pub fn outside_corpora(path: &Path) -> Result<()> {
    let Some(corpus) = corpus_files::corpus_of(path) else { return Ok(()) };
    let corpus = corpus.file_name().unwrap_or(corpus.as_os_str()).display();
    let what = format!("{} belongs to the corpus `{corpus}`", path.display());
    let hint = "choose a name outside the corpus";
    Err(Error::request(what, hint))
}

fn is_earlier(outputs: &[Output], targets: &[Target], place: usize) -> bool {
    let (output, There::File(old)) = (&outputs[place], &targets[place].there) else { return true };
    let table = || {
        let table = output.path.with_extension("csv");
        let beside = outputs.iter().position(|other| matches!(other.kind, OutputKind::Table(_)) && other.path == table);
        beside.is_some_and(|beside| {
            matches!(targets[beside].there, There::File(_)) && is_earlier(outputs, targets, beside)
        })
    };
    output.kind.is_earlier(&old.file, &output.bytes)
        && (output.kind != OutputKind::Png || old.content.length == 0 || table())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Finds out what is at a place, and whether it may be written.
fn look(path: &Path) -> Result<Target> {
    let failed = |source: io::Error| Error::Write { path: path.to_owned(), source };
    let refused = |kind, what: &str| failed(io::Error::new(kind, what.to_owned()));
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(_) if path.is_symlink() => return Err(refused(ErrorKind::NotFound, "the link leads nowhere")),
        // Any other error with the place is reported when the file is written.
        Err(_) => {
            return Ok(Target { path: path.to_owned(), real: path.to_owned(), there: There::Nothing });
        }
    };
    if about.is_dir() {
        return Err(refused(ErrorKind::IsADirectory, "it is a folder"));
    }
    if !about.is_file() {
        return Ok(Target { path: path.to_owned(), real: path.to_owned(), there: There::Stream });
    }
    if about.permissions().readonly() {
        return Err(refused(ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let real = path.canonicalize().map_err(failed)?;
    if !is_writable(&real) {
        return Err(refused(ErrorKind::PermissionDenied, "the file belongs to another user, and you may not write it"));
    }
    let file = File::open(&real).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    // It may be larger than the memory, so only what its content was is remembered.
    let content = Content::read(&file).map_err(failed)?;
    Ok(Target { path: path.to_owned(), real, there: There::File(Box::new(Old { file, about, content })) })
}

/// Whether the user running the program may write a file.
#[cfg(unix)]
fn is_writable(path: &Path) -> bool {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    use rustix::io::Errno;
    // A system that cannot answer reports it at the write itself.
    !matches!(accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS), Err(Errno::ACCESS | Errno::PERM | Errno::ROFS))
}

#[cfg(not(unix))]
fn is_writable(path: &Path) -> bool {
    OpenOptions::new().write(true).open(path).is_ok()
}

/// Writes a file beside its place.
fn prepare(target: &Target, bytes: &[u8]) -> Result<(Temporary, Vec<Warning>)> {
    let failed = |source: io::Error| Error::Write { path: target.path.clone(), source };
    let folder = folder_of(&target.real);
    if !folder.is_dir() {
        let what = format!("there is no folder {}; create it first", folder.display());
        return Err(failed(io::Error::new(ErrorKind::NotFound, what)));
    }
    let old = match &target.there {
        There::File(old) => Some(old),
        There::Nothing | There::Stream => None,
    };
    // The name of the temporary file helps nobody, so only the kind of failure is reported.
    let mut temporary = Temporary::new(folder, old.is_some()).map_err(|error| failed(error.kind().into()))?;
    let warnings = match old {
        Some(old) => rights::keep(&temporary, &old.file, &old.about, &target.path)?,
        None => Vec::new(),
    };
    temporary.fill(bytes).map_err(failed)?;
    Ok((temporary, warnings))
}

/// Moves a complete file into its place.
fn put(target: &Target, temporary: Temporary, edited: bool) -> Result<()> {
    let failed = |source: io::Error| Error::Write { path: target.path.clone(), source };
    match &target.there {
        There::Nothing | There::Stream => {
            temporary.move_to_new(&target.real).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => {
                    let what = format!("another program has created {} in the meantime", target.path.display());
                    Error::request(what, AGAIN)
                }
                _ => failed(error),
            })?;
            sync(&target.real);
        }
        There::File(old) => {
            if !lock(&old.file) {
                return Err(busy(&target.path));
            }
            match replace_file(temporary, &target.real, old.content, edited).map_err(failed)? {
                Replaced::Done => {}
                Replaced::Changed => return Err(changed(&target.path)),
                Replaced::Kept(kept) => {
                    let what = format!("another program saved {} at the same moment", target.path.display());
                    let hint = format!("compare the file with {}, which has what that program saved", kept.display());
                    return Err(Error::request(what, hint));
                }
                Replaced::Open => {
                    let what = format!("another program has {} open for writing", target.path.display());
                    return Err(Error::request(what, "close it there, and run the command again"));
                }
            }
        }
    }
    Ok(())
}

/// Writes to a pipe or a device.
fn pour(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |source: io::Error| Error::Write { path: path.to_owned(), source };
    let mut stream = OpenOptions::new().write(true).open(path).map_err(failed)?;
    stream.write_all(bytes).and_then(|()| stream.flush()).map_err(failed)
}
