//! Reading, working and writing at the same time, with the results in the order of the input.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::error::Result;

/// Gives each piece to one of the workers, and their results to `put`, in the order of the pieces. Reading, the workers
/// and `put` run at the same time. The first failure, in the order of the pieces, ends it.
///
/// Of each worker no more than a few pieces wait, so memory does not depend on how many pieces there are.
///
/// # Errors
/// The first error of `next`, of a worker or of `put`.
pub fn run<P: Send, T: Send, W: FnMut(P) -> Result<T>>(
    threads: usize,
    mut next: impl FnMut() -> Result<Option<P>> + Send,
    worker: impl Fn() -> W + Sync,
    mut put: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    const WAITING: usize = 3;
    let threads = threads.max(1);
    thread::scope(|scope| {
        let (permit, permits) = mpsc::channel();
        for _ in 0..threads * WAITING {
            // The other end is below, so this cannot fail.
            let _ = permit.send(());
        }
        let (to_work, work) = mpsc::channel();
        let (to_put, results) = mpsc::channel();
        let from_reader = to_put.clone();
        scope.spawn(move || {
            for number in 0.. {
                // It is sent when a result was put. There is none left if that has ended.
                if permits.recv().is_err() {
                    return;
                }
                let sent = match next() {
                    Ok(Some(piece)) => to_work.send((number, piece)).is_ok(),
                    Ok(None) => false,
                    Err(error) => {
                        let _ = from_reader.send((number, Err(error)));
                        false
                    }
                };
                if !sent {
                    return;
                }
            }
        });
        let work = Arc::new(Mutex::new(work));
        for _ in 0..threads {
            let (to_put, worker, work) = (to_put.clone(), &worker, work.clone());
            scope.spawn(move || {
                let mut worker = worker();
                while let Some((number, piece)) = take(&work) {
                    if to_put.send((number, worker(piece))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to_put);
        let mut early: BTreeMap<usize, Result<T>> = BTreeMap::new();
        let mut due = 0;
        for (number, result) in results {
            early.insert(number, result);
            while let Some(result) = early.remove(&due) {
                put(result?)?;
                due += 1;
                let _ = permit.send(());
            }
        }
        Ok(())
    })
}

fn take<P>(work: &Mutex<Receiver<P>>) -> Option<P> {
    work.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    /// Runs over numbers; a worker fails at one of them, and later ones are done sooner.
    fn through(count: usize, threads: usize, fails: Option<usize>) -> (Vec<usize>, Option<String>) {
        let (mut given, mut put) = (0, Vec::new());
        let next = || {
            given += 1;
            Ok((given <= count).then_some(given - 1))
        };
        let worker = || {
            |number: usize| {
                thread::sleep(std::time::Duration::from_micros((number as u64 * 7) % 13 * 50));
                if fails.is_some_and(|fails| number >= fails) {
                    Err(Error::request(number.to_string(), ""))
                } else {
                    Ok(number * 2)
                }
            }
        };
        let result = run(threads, next, worker, |number| {
            put.push(number);
            Ok(())
        });
        (put, result.err().map(|error| error.to_string()))
    }

    #[test]
    fn results_come_in_order_and_the_first_failure_ends_it() {
        for threads in [1, 2, 5] {
            let (put, failed) = through(100, threads, None);
            assert_eq!((put, failed), ((0..100).map(|number| number * 2).collect(), None));
            let (put, failed) = through(1000, threads, Some(40));
            assert_eq!(put.len(), 40);
            assert!(failed.unwrap().starts_with("40\n"));
        }
        assert_eq!(through(0, 2, None).0.len(), 0);
    }

    #[test]
    fn reading_waits_for_writing() {
        let (read, mut most) = (std::sync::atomic::AtomicUsize::new(0), 0);
        let next = || {
            let count = read.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            Ok((count < 200).then_some(count))
        };
        let put = |number: usize| {
            thread::sleep(std::time::Duration::from_micros(200));
            most = most.max(read.load(std::sync::atomic::Ordering::SeqCst) - number);
            Ok(())
        };
        run(2, next, || Ok, put).unwrap();
        assert!(most <= 8, "{most} were in memory");
    }

    #[test]
    fn a_failure_of_reading_or_of_writing_ends_it() {
        let mut count = 0;
        let next = || {
            count += 1;
            if count > 10 { Err(Error::request("read", "")) } else { Ok(Some(count)) }
        };
        let mut put = Vec::new();
        let error = run(
            2,
            next,
            || Ok,
            |number| {
                put.push(number);
                Ok(())
            },
        );
        assert!(put.len() == 10 && error.unwrap_err().to_string().starts_with("read"));
        let error = run(2, || Ok(Some(1)), || Ok, |_| Err(Error::request("write", "")));
        assert!(error.unwrap_err().to_string().starts_with("write"));
    }
}
