//! The new file has what the old one had: mode, owner, group and access list.
//!
//! If the owner or the group cannot be kept, the file is written only if that gives nobody else access and takes
//! none from its owner, and a warning says so.

use std::fs::{File, Metadata};
use std::path::Path;

use crate::error::{Result, Warning};
use crate::file::temporary::Temporary;

/// Gives a new file, still empty, the rights of the old one, and says what could not be kept.
///
/// # Errors
/// [`Error::Request`](crate::error::Error::Request) if what cannot be kept would change who has access,
/// [`Error::Write`](crate::error::Error::Write) if the system refuses.
#[cfg(unix)]
pub fn keep(temporary: &Temporary, old: &File, about: &Metadata, path: &Path) -> Result<Vec<Warning>> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    use crate::error::Error;

    let failed = |source: std::io::Error| Error::Write { path: path.to_owned(), source };
    let Some(file) = temporary.as_file() else { return Ok(Vec::new()) };
    let now = file.metadata().map_err(failed)?;
    let group_kept = now.gid() == about.gid() || fchown(file, None, Some(about.gid())).is_ok();
    let owner_kept = now.uid() == about.uid() || fchown(file, Some(about.uid()), None).is_ok();
    let mode = about.mode() & 0o7777;
    let [owner, group, others] = [mode >> 6 & 7, mode >> 3 & 7, mode & 7];
    let shown = path.display();
    let refused =
        |what: String| Error::request(what, "nothing was written; write under another name, or ask its owner");
    if !group_kept && group != others {
        return Err(refused(format!("{shown} has a group that you cannot give it, and another would get its rights")));
    }
    if !owner_kept && group & owner != owner && others & owner != owner {
        return Err(refused(format!("{shown} is another user's, who could no longer use it")));
    }
    let mut warnings = Vec::new();
    if !(owner_kept && group_kept) {
        let what = format!("{shown} is yours now: its owner or its group could not be kept");
        warnings.push(Warning::new(what, "who could read and write it still can"));
    }
    if about.nlink() > 1 {
        let what = format!("{shown} has {} names (hard links)", about.nlink());
        warnings.push(Warning::new(what, "only this one was written, the others keep what was there"));
    }
    // Another owner's programs must not run with our rights.
    let mode = if owner_kept && group_kept { mode } else { mode & 0o777 };
    file.set_permissions(std::fs::Permissions::from_mode(mode)).map_err(failed)?;
    if !access_list_kept(old, file) {
        return Err(refused(format!("{shown} has an access list that cannot be kept")));
    }
    Ok(warnings)
}

/// Elsewhere rights come with the folder.
#[cfg(not(unix))]
pub fn keep(_: &Temporary, _: &File, _: &Metadata, _: &Path) -> Result<Vec<Warning>> {
    Ok(Vec::new())
}

/// Copies the access list of a file, if it has one.
#[cfg(target_os = "linux")]
fn access_list_kept(old: &File, new: &File) -> bool {
    use rustix::fs::{XattrFlags, fgetxattr, fsetxattr};
    use rustix::io::Errno;
    const NAME: &str = "system.posix_acl_access";
    const LONGEST: usize = 64 * 1024;
    let mut list = vec![0; LONGEST];
    match fgetxattr(old, NAME, &mut list[..]) {
        Ok(length) => fsetxattr(new, NAME, &list[..length], XattrFlags::empty()).is_ok(),
        Err(Errno::NODATA | Errno::OPNOTSUPP | Errno::NOSYS) => true,
        Err(_) => false,
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn access_list_kept(_: &File, _: &File) -> bool {
    true
}
