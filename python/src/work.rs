//! Work on all cores, without the interpreter's lock, that Ctrl-C can end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::failure::request;

/// The threads that are kept, and the process that they belong to.
static KEPT: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// How often Ctrl-C is looked for.
const LOOK: Duration = Duration::from_millis(50);

/// The threads to work with: those that are kept, one a core, or as many as asked.
///
/// A process that is forked has no threads of its parent, and would wait for them for ever. So threads are kept for
/// each process. Whoever calls this has the interpreter's lock, which a fork also takes, so the lock of [`KEPT`] is
/// free in the child.
fn threads(_locked: Python<'_>, wanted: Option<usize>) -> PyResult<Arc<ThreadPool>> {
    let build = |count: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(count).build();
        pool.map(Arc::new).map_err(|error| request(format!("no threads can be started: {error}"), "ask for fewer"))
    };
    match wanted {
        Some(0) => Err(request("0 threads can do nothing", "leave `threads` out to use all cores")),
        Some(count) => build(count),
        None => {
            let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
            let own = std::process::id();
            if let Some((owner, pool)) = kept.as_ref()
                && *owner == own
            {
                return Ok(Arc::clone(pool));
            }
            let pool = build(0)?;
            // What belongs to the parent must not be dropped here: that would speak to its threads.
            std::mem::forget(kept.replace((own, Arc::clone(&pool))));
            Ok(pool)
        }
    }
}

/// Runs `work` with the interpreter's lock released. On Ctrl-C it sets the flag, waits until the work has stopped, and
/// returns the exception.
pub fn run<T: Send>(py: Python<'_>, count: Option<usize>, work: impl FnOnce(&AtomicBool) -> T + Send) -> PyResult<T> {
    let pool = threads(py, count)?;
    let stop = AtomicBool::new(false);
    py.allow_threads(|| {
        std::thread::scope(|scope| {
            let (send, receive) = mpsc::channel();
            let (pool, flag) = (&pool, &stop);
            let worker = scope.spawn(move || {
                let result = pool.install(|| work(flag));
                // If nobody waits any more, the result is not wanted.
                let _ = send.send(result);
            });
            loop {
                match receive.recv_timeout(LOOK) {
                    Ok(result) => return Ok(result),
                    Err(RecvTimeoutError::Timeout) => {
                        if let Err(interrupt) = Python::with_gil(|py| py.check_signals()) {
                            stop.store(true, Ordering::Relaxed);
                            return Err(interrupt);
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => match worker.join() {
                        Err(panic) => std::panic::resume_unwind(panic),
                        Ok(()) => return Err(request("the work ended without a result", "report this")),
                    },
                }
            }
        })
    })
}

/// As [`run`], for work that cannot be stopped: on Ctrl-C it goes on to its end in the background, and its result is
/// dropped.
pub fn run_apart<T: Send + 'static>(py: Python<'_>, work: impl FnOnce() -> T + Send + 'static) -> PyResult<T> {
    let pool = threads(py, None)?;
    py.allow_threads(|| {
        let (send, receive) = mpsc::channel();
        let worker = std::thread::spawn(move || {
            // As above.
            let _ = send.send(pool.install(work));
        });
        loop {
            match receive.recv_timeout(LOOK) {
                Ok(result) => return Ok(result),
                Err(RecvTimeoutError::Timeout) => Python::with_gil(|py| py.check_signals())?,
                Err(RecvTimeoutError::Disconnected) => match worker.join() {
                    Err(panic) => std::panic::resume_unwind(panic),
                    Ok(()) => return Err(request("the work ended without a result", "report this")),
                },
            }
        }
    })
}
