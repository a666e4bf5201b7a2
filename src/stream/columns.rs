//! Which columns of a file are which, under the names that they have there.

use std::path::Path;

use crate::error::{Error, Problem, Result};
use crate::words::{listed, nearest};

/// A column that Stance knows under another name in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName {
    /// The name in a corpus, such as `text`.
    pub known: String,
    /// The name in the file, such as `body`.
    pub theirs: String,
}

/// The columns of a file after they were renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamHeader {
    /// The names, as in a corpus. A column that would have the name of one that was renamed has `other_` before its
    /// own.
    pub names: Vec<String>,
    /// Whether there is no column `id`, so that rows are named by their numbers.
    pub numbered: bool,
}

impl StreamHeader {
    /// Renames the columns of a file and checks that those that are needed are there. `required` says which, given the
    /// new names. Where columns cannot be renamed, there is no list of them.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every column that is missing or there twice. The hint names the nearest.
    pub fn of<'a>(
        path: &Path,
        theirs: &[String],
        renamed: Option<&[ColumnName]>,
        required: impl Fn(&[String]) -> &'a [&'a str],
    ) -> Result<StreamHeader> {
        let can_rename = renamed.is_some();
        let renamed = renamed.unwrap_or_default();
        let mut problems = Vec::new();
        let mut fault = |what: String, hint: String| problems.push(Problem::fault(path, None, what, hint));
        let has = || format!("the file has: {}", listed(theirs.iter().map(String::as_str)));
        for (place, name) in theirs.iter().enumerate() {
            if theirs[..place].contains(name) {
                fault(format!("2 columns have the name `{name}`"), "rename or remove one of them".to_owned());
            }
        }
        for ColumnName { known, theirs: name } in renamed.iter().filter(|column| !theirs.contains(&column.theirs)) {
            let hint = match nearest(name, theirs.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `--column {known}={near}`?"),
                None => has(),
            };
            fault(format!("there is no column `{name}`, which you named for {known}"), hint);
        }
        let new_name = |name: &String| {
            let known = renamed.iter().find(|column| column.theirs == *name).map(|column| column.known.clone());
            let taken = renamed.iter().any(|column| column.known == *name);
            known.unwrap_or_else(|| if taken { format!("other_{name}") } else { name.clone() })
        };
        let names: Vec<String> = theirs.iter().map(new_name).collect();
        for required in required(&names).iter().filter(|name| !names.iter().any(|other| other == *name)) {
            if renamed.iter().any(|column| column.known == **required) {
                continue;
            }
            let hint = match nearest(required, theirs.iter().map(String::as_str)) {
                Some(near) if can_rename => format!("if you mean `{near}`, add --column {required}={near}"),
                Some(near) => format!("if you mean `{near}`, give it this name"),
                None if !can_rename => format!("add it, or give this name to the column that has it; {}", has()),
                None => format!("name the column that has it with --column {required}=NAME; {}", has()),
            };
            fault(format!("the column `{required}` is missing"), hint);
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let numbered = !names.iter().any(|name| name == "id");
        Ok(StreamHeader { names, numbered })
    }
}
