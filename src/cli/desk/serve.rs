//! From a request to a reply: who may, what is asked, and the headers that keep a page to itself.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Form, FromRequest, Query, Request, State};
use axum::http::{HeaderValue, Method, Response, Uri, header};

use stance::desk::pages::encoded;

use super::gate::{Admission, Secrets};
use super::listen::{Busy, Doorkeeper};
use super::rooms;
use super::state::Desk;

/// The largest request, in bytes: 4 MiB, more than any file of rules.
const LARGEST: usize = 4 << 20;
/// The header of what the script asks for.
const BY_SCRIPT: &str = "stance-script";
/// The header with the address of the page that it gets.
const ADDRESS: &str = "stance-address";
const NO_FORM: &str = "This is not a form of the desk, or it is larger than 4 MiB.";
/// How long a request may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(20);

/// Only what the desk itself serves, and no script or style inside a page. Frames, other addresses and other targets of
/// forms are refused.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The fields of a form or a query, in order.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// A field; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// Whether there is such a field.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }
}

/// What is asked.
#[derive(Debug)]
pub struct Asked {
    /// The room or file: one short word.
    pub path: String,
    /// The form, if the request changes something.
    pub form: Option<Fields>,
    /// The query in the address.
    pub query: Fields,
    /// Whether the script asks. It is given the page that it would be sent on to at once, with its address.
    pub by_script: bool,
}

impl Asked {
    /// A page of the desk, by its address. `None` if it is not one.
    pub fn page(address: &str) -> Option<Asked> {
        let uri: Uri = format!("/{address}").parse().ok()?;
        let path = uri.path().trim_start_matches('/').to_owned();
        Some(Asked { path, form: None, query: query_of(&uri), by_script: false })
    }
}

fn query_of(uri: &Uri) -> Fields {
    Query::<Vec<(String, String)>>::try_from_uri(uri).map(|query| Fields(query.0)).unwrap_or_default()
}

/// What is answered.
#[derive(Debug)]
pub enum Reply {
    /// A page.
    Page(String),
    /// A part of a page, for the script.
    Part(String),
    /// A style.
    Style(String),
    /// A script.
    Script(&'static str),
    /// A file to save.
    File {
        /// Its name.
        name: String,
        /// What it is.
        kind: &'static str,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// A page that says why another cannot be shown.
    Trouble(String),
    /// Another address within the desk, after something was changed.
    See(String),
    /// The page at such an address, for the script: one request less than if it were sent there.
    Next(String, Box<Reply>),
    /// No page, and why.
    Refused(u16, String),
}

struct Shared {
    secrets: Secrets,
    desk: Arc<Mutex<Desk>>,
}

/// Serves the desk until the program ends.
pub async fn serve(listener: Doorkeeper, secrets: Secrets, desk: Arc<Mutex<Desk>>) -> io::Result<()> {
    let shared = Arc::new(Shared { secrets, desk });
    let router = Router::new().fallback(answer).layer(DefaultBodyLimit::max(LARGEST)).with_state(shared);
    axum::serve(listener, router.into_make_service_with_connect_info::<Busy>()).await
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Busy>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = match shared.secrets.admit(&parts) {
        Admission::Refused(status, why) => return reply(Reply::Refused(status, why.to_owned())),
        Admission::Key => {
            let mut response = reply(Reply::See("code".to_owned()));
            if let Ok(cookie) = HeaderValue::from_str(&shared.secrets.cookie()) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            return response;
        }
        Admission::Enter(path) => path,
    };
    let query = query_of(&parts.uri);
    let by_script = parts.headers.contains_key(BY_SCRIPT);
    let form = match parts.method {
        Method::GET | Method::HEAD => None,
        Method::POST => {
            let length =
                parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
            if length.is_some_and(|length: usize| length > LARGEST) {
                return reply(Reply::Refused(413, NO_FORM.to_owned()));
            }
            let form = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), &());
            match tokio::time::timeout(ARRIVAL, form).await {
                Ok(Ok(Form(fields))) => Some(Fields(fields)),
                Ok(Err(_)) => return reply(Reply::Refused(413, NO_FORM.to_owned())),
                Err(_) => return reply(Reply::Refused(408, "The request took too long to arrive.".to_owned())),
            }
        }
        _ => return reply(Reply::Refused(405, "The desk answers only GET and POST.".to_owned())),
    };
    let asked = Asked { path, form, query, by_script };
    let desk = Arc::clone(&shared.desk);
    // While it is worked on, the connection is not late.
    let _working = connection.working();
    let work = tokio::task::spawn_blocking(move || rooms::answer(&desk, &asked));
    match work.await {
        Ok(done) => reply(done),
        Err(_) => reply(Reply::Refused(
            500,
            "This page cannot be shown: the program has a fault. Go back and see what is saved before you do it again."
                .to_owned(),
        )),
    }
}

fn reply(reply: Reply) -> Response<Body> {
    const HTML: &str = "text/html; charset=utf-8";
    let (status, kind, location, body) = match reply {
        Reply::Next(address, next) => {
            let mut response = self::reply(*next);
            if let Ok(address) = HeaderValue::from_str(&address) {
                response.headers_mut().insert(ADDRESS, address);
            }
            return response;
        }
        Reply::File { name, kind, bytes } => {
            let mut response = self::reply(Reply::Part(String::new()));
            let saved = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}", encoded(&name)));
            let saved = saved.unwrap_or(HeaderValue::from_static("attachment"));
            response.headers_mut().insert(header::CONTENT_DISPOSITION, saved);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            *response.body_mut() = Body::from(bytes);
            return response;
        }
        Reply::Page(page) | Reply::Part(page) => (200, HTML, None, page),
        Reply::Trouble(page) => (409, HTML, None, page),
        Reply::Style(style) => (200, "text/css; charset=utf-8", None, style),
        Reply::Script(script) => (200, "text/javascript; charset=utf-8", None, script.to_owned()),
        Reply::See(address) => (303, HTML, Some(address), String::new()),
        Reply::Refused(status, why) => (status, "text/plain; charset=utf-8", None, format!("{why}\n")),
    };
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::X_FRAME_OPTIONS, "DENY")
        .header(header::REFERRER_POLICY, "same-origin")
        .header("cross-origin-resource-policy", "same-origin")
        .header("cross-origin-opener-policy", "same-origin");
    if let Some(location) = location {
        response = response.header(header::LOCATION, location);
    }
    // An address that is not a header value cannot occur: its values are encoded.
    response.body(Body::from(body)).unwrap_or_default()
}
