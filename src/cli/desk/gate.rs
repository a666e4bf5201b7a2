//! Who may use the desk: whoever was given its address, from a page of the desk itself, and nobody else.
//!
//! - The name in `Host` must be that of this machine, so that no name on the web can be pointed at the desk.
//! - A request that changes something must come from a page of the desk: `Origin`, or `Sec-Fetch-Site`, says so, and no
//!   script can set them.
//! - The address that is printed has a secret place and a secret key. The key becomes a cookie that scripts cannot
//!   read, that other sites do not send, and that is sent to that place alone: cookies do not know ports, so a page of
//!   another program on this machine would otherwise get it.

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

/// What is secret.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// The first part of every path.
    pub place: String,
    /// What whoever opens the desk has to know.
    pub key: String,
    /// Where the desk listens.
    pub port: u16,
}

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// Answer it. The path within the desk.
    Enter(String),
    /// It has the key in its address: give it the cookie, and send it on.
    Key,
    /// Refuse it, and say why.
    Refused(u16, &'static str),
}

const COOKIE: &str = "stance-desk";
const OPEN: &str = "Open the address that `stance desk` printed in the terminal. It begins with http://127.0.0.1 and ends \
                    with a key that is new each time.";

impl Secrets {
    /// New secrets for a port.
    ///
    /// # Errors
    /// The error of the system, if it has no randomness to give.
    pub fn new(port: u16) -> Result<Secrets, getrandom::Error> {
        let (mut place, mut key) = ([0; 8], [0; 16]);
        getrandom::fill(&mut place)?;
        getrandom::fill(&mut key)?;
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        Ok(Secrets { place: hex(&place), key: hex(&key), port })
    }

    /// The address to open.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/?key={}", self.port, self.place, self.key)
    }

    /// The cookie that the key becomes.
    pub fn cookie(&self) -> String {
        format!("{COOKIE}={}; Path=/{}/; HttpOnly; SameSite=Strict", self.key, self.place)
    }

    /// Decides on a request.
    pub fn admit(&self, request: &Parts) -> Admission {
        let one = |name| one_header(&request.headers, name);
        let hosts = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let host = one(header::HOST.as_str());
        if !host.is_some_and(|host| hosts.iter().any(|own| own == host)) {
            return Admission::Refused(403, OPEN);
        }
        let origin = one(header::ORIGIN.as_str());
        let own_origin = origin.is_some_and(|origin| hosts.iter().any(|own| origin == format!("http://{own}")));
        let site = one("sec-fetch-site");
        let own_page = site == Some("same-origin");
        // A page without a referrer has the origin `null`. The browser still says that it is the same site.
        let foreign = origin.is_some_and(|origin| !(own_origin || (origin == "null" && own_page)))
            || site.is_some_and(|site| !own_page && site != "none");
        let changes = !matches!(request.method, Method::GET | Method::HEAD);
        if foreign || (changes && !own_origin && !own_page) {
            return Admission::Refused(403, "This request comes from another page. The desk answers only its own.");
        }
        let Some(path) = request.uri.path().strip_prefix('/').and_then(|path| path.strip_prefix(self.place.as_str()))
        else {
            return Admission::Refused(404, OPEN);
        };
        let Some(path) = path.strip_prefix('/') else { return Admission::Refused(404, OPEN) };
        let key = request.uri.query().and_then(|query| query.strip_prefix("key="));
        if path.is_empty() && !changes && key.is_some_and(|key| same(key, &self.key)) {
            return Admission::Key;
        }
        let cookies = request.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        if !pairs.any(|(name, value)| name == COOKIE && same(value, &self.key)) {
            return Admission::Refused(403, OPEN);
        }
        // Rooms have short names of letters. Anything else, such as `..` or `%2e`, is not one.
        if path.len() > 40 || !path.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-')) {
            return Admission::Refused(404, "There is no such page. Go back to the desk.");
        }
        Admission::Enter(path.to_owned())
    }
}

/// A header that occurs once. A request with two of them is refused, because programs differ on which one counts.
fn one_header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (Some(value), None) => Some(value.to_str().unwrap_or("?")),
        (Some(_), Some(_)) => Some("?"),
        _ => None,
    }
}

/// Whether two texts are the same, in a time that does not depend on where they differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn secrets() -> Secrets {
        Secrets { place: "abc".to_owned(), key: "0123".to_owned(), port: 8000 }
    }

    fn admit(method: &str, path: &str, headers: &[(&str, &str)]) -> Admission {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        secrets().admit(&request.body(()).unwrap().into_parts().0)
    }

    const HOST: (&str, &str) = ("host", "127.0.0.1:8000");
    const COOKIE: (&str, &str) = ("cookie", "a=b; stance-desk=0123");
    const OWN: (&str, &str) = ("origin", "http://127.0.0.1:8000");

    fn entered(path: &str) -> Admission {
        Admission::Enter(path.to_owned())
    }

    #[test]
    fn the_desk_answers_its_own_pages() {
        assert_eq!(admit("GET", "/abc/?key=0123", &[HOST]), Admission::Key);
        assert_eq!(admit("GET", "/abc/code?s=1", &[HOST, COOKIE, ("sec-fetch-site", "none")]), entered("code"));
        assert_eq!(admit("GET", "/abc/", &[("host", "localhost:8000"), COOKIE]), entered(""));
        assert_eq!(admit("POST", "/abc/code", &[HOST, COOKIE, OWN]), entered("code"));
        let null = [HOST, COOKIE, ("origin", "null"), ("sec-fetch-site", "same-origin")];
        assert_eq!(admit("POST", "/abc/code", &null), entered("code"));
    }

    #[test]
    fn it_refuses_everyone_else() {
        let foreign: [&[(&str, &str)]; 9] = [
            &[("host", "evil.example:8000"), COOKIE],
            &[("host", "127.0.0.1:8001"), COOKIE],
            &[COOKIE],
            &[HOST, HOST, COOKIE],
            &[HOST],
            &[HOST, ("cookie", "stance-desk=0124")],
            &[HOST, ("cookie", "stance-desk=")],
            &[HOST, COOKIE, ("origin", "http://evil.example")],
            &[HOST, COOKIE, ("sec-fetch-site", "cross-site")],
        ];
        for headers in foreign {
            assert!(matches!(admit("GET", "/abc/code", headers), Admission::Refused(403, _)), "{headers:?}");
        }
        let writes: [&[(&str, &str)]; 5] = [
            &[HOST, COOKIE],
            &[HOST, COOKIE, ("origin", "null")],
            &[HOST, COOKIE, ("origin", "http://127.0.0.1:8001")],
            &[HOST, COOKIE, ("origin", "https://127.0.0.1:8000")],
            &[HOST, COOKIE, OWN, ("sec-fetch-site", "same-site")],
        ];
        for headers in writes {
            assert!(matches!(admit("POST", "/abc/code", headers), Admission::Refused(403, _)), "{headers:?}");
        }
        for path in ["/", "/code", "/abc", "/abcd/code", "/abc/../x", "/abc/%2e%2e", "/abc/a/b", "/abc/A", "/abc//"] {
            assert!(matches!(admit("GET", path, &[HOST, COOKIE]), Admission::Refused(404, _)), "{path}");
        }
        assert!(matches!(admit("GET", "/abc/?key=012", &[HOST]), Admission::Refused(403, _)));
        assert!(matches!(admit("POST", "/abc/?key=0123", &[HOST, OWN]), Admission::Refused(403, _)));
    }

    #[test]
    fn secrets_are_new_each_time() {
        let [one, other] = [(); 2].map(|()| Secrets::new(1).unwrap());
        assert_ne!((&one.place, &one.key), (&other.place, &other.key));
        assert_eq!((one.place.len(), one.key.len()), (16, 32));
    }
}
