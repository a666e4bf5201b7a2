//! The new file gets the mode, owner, group and access list of the old one.
//!
//! If the owner or the group cannot be kept, the file is written only if nobody gains access and its owner loses
//! none. A warning then reports it.

use std::fs::{File, Metadata};
use std::path::Path;

use crate::error::{Result, Warning};
use crate::file::temporary::Temporary;

/// Gives a new file, still empty, the rights of the old one, and reports what could not be kept.
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
        |what: String| Error::request(what, "choose another name, or ask the owner of the file; nothing was written");
    if !group_kept && group != others {
        return Err(refused(format!("{shown} has a group that you cannot set, so another group would get its rights")));
    }
    // The old owner may be in the group or not, so both must have every right that the owner had.
    if !owner_kept && group & others & owner != owner {
        return Err(refused(format!("{shown} belongs to another user, who could no longer use it")));
    }
    let mut warnings = Vec::new();
    if !(owner_kept && group_kept) {
        let what = format!("{shown} belongs to you now, because its owner or group could not be kept");
        warnings.push(Warning::new(what, "everyone who could read and write it still can"));
    }
    if about.nlink() > 1 {
        let what = format!("{shown} has {} names (hard links)", about.nlink());
        warnings.push(Warning::new(what, "only this name has the new content, the others keep the old"));
    }
    // Programs of another owner must not run with our rights.
    let mode = if owner_kept && group_kept { mode } else { mode & 0o777 };
    file.set_permissions(std::fs::Permissions::from_mode(mode)).map_err(failed)?;
    if !access_list_kept(old, file) {
        return Err(refused(format!("{shown} has an access list that cannot be kept")));
    }
    Ok(warnings)
}

/// On other systems, rights come from the folder.
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
