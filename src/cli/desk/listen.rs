//! Connections from this machine: so many at a time, each for so long, and none of another user.

use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use stance::file::peer;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};

/// How many connections there may be at once. The others wait.
const MOST: usize = 128;
/// How long a connection may stay without an answer, if none is being made: slow requests, and pages that do not read,
/// end then.
const LONGEST: Duration = Duration::from_secs(30);

/// Listens on 127.0.0.1.
pub struct Doorkeeper {
    listener: TcpListener,
    port: u16,
    places: Arc<Semaphore>,
}

impl Doorkeeper {
    /// Listens on a port of 127.0.0.1; 0 takes a free one.
    ///
    /// # Errors
    /// The error of the system.
    pub async fn on(port: u16) -> io::Result<Doorkeeper> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = listener.local_addr()?.port();
        Ok(Doorkeeper { listener, port, places: Arc::new(Semaphore::new(MOST)) })
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Listener for Doorkeeper {
    type Io = Connection;
    type Addr = <TcpListener as Listener>::Addr;

    async fn accept(&mut self) -> (Connection, Self::Addr) {
        loop {
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
                // The semaphore is never closed.
                std::future::pending::<()>().await;
                continue;
            };
            let (stream, address) = Listener::accept(&mut self.listener).await;
            if peer::is_foreign(address.port(), self.port) {
                continue;
            }
            let _ = stream.set_nodelay(true);
            let end = Box::pin(sleep_until(Instant::now() + LONGEST));
            return (Connection { stream, end, busy: Busy::default(), _place: place }, address);
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// A connection that ends if nothing is answered for too long.
pub struct Connection {
    stream: TcpStream,
    end: Pin<Box<Sleep>>,
    busy: Busy,
    _place: OwnedSemaphorePermit,
}

/// Whether an answer is being made for a connection.
#[derive(Debug, Clone, Default)]
pub struct Busy(Arc<AtomicUsize>);

/// An answer that is being made, until it is dropped.
pub struct Working(Busy);

impl Busy {
    /// Says that an answer is being made.
    pub fn working(&self) -> Working {
        self.0.fetch_add(1, Ordering::Relaxed);
        Working(self.clone())
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Connected<IncomingStream<'_, Doorkeeper>> for Busy {
    fn connect_info(stream: IncomingStream<'_, Doorkeeper>) -> Busy {
        stream.io().busy.clone()
    }
}

impl Connection {
    /// Whether the time is over. It does not run while an answer is being made.
    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        if self.busy.0.load(Ordering::Relaxed) > 0 {
            self.end.as_mut().reset(Instant::now() + LONGEST);
        }
        self.end.as_mut().poll(context).is_ready()
    }

    /// What is still pending fails once the time is over.
    fn or_late<T>(&mut self, poll: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        match poll {
            Poll::Pending if self.is_late(context) => Poll::Ready(Err(ErrorKind::TimedOut.into())),
            poll => poll,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        // A client that sends a byte now and then is late, too.
        if self.is_late(context) {
            return Poll::Ready(Err(ErrorKind::TimedOut.into()));
        }
        let poll = Pin::new(&mut self.stream).poll_read(context, to);
        self.or_late(poll, context)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write(context, bytes);
        if poll.is_ready() {
            self.end.as_mut().reset(Instant::now() + LONGEST);
        }
        self.or_late(poll, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let poll = Pin::new(&mut self.stream).poll_flush(context);
        self.or_late(poll, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let poll = Pin::new(&mut self.stream).poll_shutdown(context);
        self.or_late(poll, context)
    }
}
