//! Who is at the other end of a connection on this machine.
//!
//! Linux lists every connection with the user who opened it. A page that is served on this machine can so refuse
//! other users, even one who has read its address from the list of running programs. Other systems do not show it.

use std::path::Path;

/// Whether a connection to a port of 127.0.0.1 was opened by another user of this machine. The administrator is not
/// counted as one, because containers and port forwarding connect as root, and root can read every file anyway.
///
/// `false` if the system does not show it.
#[cfg(target_os = "linux")]
pub fn is_foreign(peer_port: u16, own_port: u16) -> bool {
    use std::os::unix::fs::MetadataExt;
    const ROOT: u32 = 0;
    let Ok(own) = std::fs::metadata("/proc/self") else { return false };
    let table = std::fs::read_to_string(Path::new("/proc/net/tcp")).unwrap_or_default();
    user_of(&table, peer_port, own_port).is_some_and(|user| user != own.uid() && user != ROOT)
}

/// Other systems do not show it.
#[cfg(not(target_os = "linux"))]
pub fn is_foreign(_: u16, _: u16) -> bool {
    false
}

/// The user who opened a connection from one port of this machine to another, as `/proc/net/tcp` has it.
pub fn user_of(table: &str, from: u16, to: u16) -> Option<u32> {
    let port = |address: &str| u16::from_str_radix(address.split_once(':')?.1, 16).ok();
    table.lines().skip(1).find_map(|line| {
        let mut cells = line.split_whitespace().skip(1);
        let (local, remote) = (port(cells.next()?)?, port(cells.next()?)?);
        // State, queues, timer, timeouts, then the user. A user of 0 with no process behind it is a closed connection.
        const ENDED: [&str; 4] = ["06", "07", "08", "09"];
        let state = cells.next()?;
        let user = cells.nth(3)?.parse().ok()?;
        (local == from && remote == to && !ENDED.contains(&state)).then_some(user)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_of_a_connection_is_in_the_table() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
                     0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1\n   \
                     1: 0100007F:C001 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0\n   \
                     2: 0100007F:C002 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2\n";
        assert_eq!(user_of(table, 0xc002, 0x1f90), Some(1001));
        assert_eq!(user_of(table, 0xc001, 0x1f90), None);
        assert_eq!(user_of(table, 0x1f90, 0xc002), None);
        assert_eq!(user_of("", 1, 2), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_connection_of_ones_own_is_not_foreign() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let own = listener.local_addr().unwrap().port();
        let client = std::net::TcpStream::connect(("127.0.0.1", own)).unwrap();
        let peer = client.local_addr().unwrap().port();
        assert!(!is_foreign(peer, own));
        let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
        assert!(user_of(&table, peer, own).is_some());
    }
}
