//! Tables of a SQLite file that another program wrote. It is only read.
//!
//! A foreign file may hold what runs when it is read: views, triggers, virtual tables and generated columns. So only
//! plain tables are read, nothing in the schema is trusted, and pages are checked before they are used.

use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Problem, Result};

/// What a SQLite file begins with.
pub const SQLITE_SIGNATURE: &[u8] = b"SQLite format 3\0";

/// An open SQLite file with its plain tables.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    connection: Connection,
    /// The names of the plain tables.
    tables: Vec<String>,
}

impl Database {
    /// Opens a file for reading alone. It is neither locked for long nor changed.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is not a sound SQLite file.
    pub fn open(path: &Path) -> Result<Database> {
        let unreadable = |error: rusqlite::Error| unreadable(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(unreadable)?;
        let settings =
            "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA query_only = ON;";
        connection.execute_batch(settings).map_err(unreadable)?;
        let mut tables = Vec::new();
        {
            let mut plain = connection
                .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
                .map_err(unreadable)?;
            let mut rows = plain.query([]).map_err(unreadable)?;
            while let Some(row) = rows.next().map_err(unreadable)? {
                let (name, made): (String, Option<String>) =
                    (row.get(0).map_err(unreadable)?, row.get(1).map_err(unreadable)?);
                let made = made.unwrap_or_default().to_uppercase();
                if made.starts_with("CREATE TABLE") && !made.contains("GENERATED") && !made.contains(" AS (") {
                    tables.push(name);
                }
            }
        }
        Ok(Database { path: path.to_owned(), connection, tables })
    }

    /// Whether there is a plain table of this name.
    pub fn has(&self, table: &str) -> bool {
        self.tables.iter().any(|name| name.eq_ignore_ascii_case(table))
    }

    /// The cells of some columns of a table, in the order of its rows. Numbers are written out, and an absent value is
    /// empty.
    ///
    /// # Errors
    /// [`Error::Invalid`] if there is no such plain table or column, or if a page of the file is damaged.
    pub fn rows(&self, table: &str, columns: &[&str]) -> Result<Vec<Vec<String>>> {
        let Some(table) = self.tables.iter().find(|name| name.eq_ignore_ascii_case(table)) else {
            let what = format!("the file has no plain table `{table}`");
            return Err(Error::Invalid(vec![Problem::fault(&self.path, None, what, HINT)]));
        };
        let unreadable = |error: rusqlite::Error| unreadable(&self.path, &error);
        // Between quotation marks, a name that does not exist would be read as a text.
        let name = |name: &str| format!("[{}]", name.replace(']', ""));
        let list: Vec<String> = columns.iter().map(|column| name(column)).collect();
        let query = format!("SELECT {} FROM {}", list.join(", "), name(table));
        let mut query = self.connection.prepare(&query).map_err(unreadable)?;
        let mut rows = query.query([]).map_err(unreadable)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            let cells = (0..columns.len()).map(|place| row.get_ref(place).map(text_of));
            all.push(cells.collect::<rusqlite::Result<Vec<String>>>().map_err(unreadable)?);
        }
        Ok(all)
    }
}

const HINT: &str = "open it in the program that made it and save it again";

fn unreadable(path: &Path, error: &rusqlite::Error) -> Error {
    let what = format!("the SQLite file cannot be read: {error}");
    Error::Invalid(vec![Problem::fault(path, None, what, HINT)])
}

fn text_of(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_tables_are_read_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let made = Connection::open(&path).unwrap();
        made.execute_batch(
            "CREATE TABLE T(ID INTEGER, Name TEXT); INSERT INTO T VALUES (1, 'Zoë'), (2, NULL);
             CREATE VIEW V AS SELECT * FROM T; CREATE TABLE G(a INTEGER, b AS (a + 1));",
        )
        .unwrap();
        drop(made);
        let before = std::fs::read(&path).unwrap();
        let open = Database::open(&path).unwrap();
        assert_eq!(open.rows("t", &["ID", "Name"]).unwrap(), [["1", "Zoë"], ["2", ""]]);
        for table in ["V", "G", "missing"] {
            assert!(open.rows(table, &["a"]).unwrap_err().to_string().contains("no plain table"), "{table}");
        }
        assert!(open.rows("T", &["Nothing"]).is_err());
        drop(open);
        assert_eq!(std::fs::read(&path).unwrap(), before);
        std::fs::write(&path, [SQLITE_SIGNATURE, &[7; 200]].concat()).unwrap();
        assert!(Database::open(&path).and_then(|open| open.rows("T", &["ID"])).is_err());
    }
}
