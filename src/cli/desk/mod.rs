//! `stance desk`: serves the pages of the desk to the browser of whoever started it.

use std::io::Write;
use std::sync::{Arc, Mutex};

use stance::error::{Error, Result};

use super::args::DeskArgs;
use super::{Outcome, source, stdout_failed};

mod gate;
mod listen;
mod serve;
mod state;
mod tries;
mod rooms;

use gate::Secrets;
use listen::Doorkeeper;
use state::Desk;

/// Serves until it is interrupted.
pub fn run(args: &DeskArgs) -> Result<Outcome> {
    let folder = source::locate(&args.corpus)?;
    let desk = Desk::open(folder, args.coder.as_deref(), args.locale.into())?;
    let failed = |source: std::io::Error| {
        let what = format!("the desk cannot listen on 127.0.0.1: {source}");
        Error::request(what, "choose another port with --port, or leave the flag out to use a free one")
    };
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).max_blocking_threads(8).enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let listener = Doorkeeper::on(args.port.unwrap_or(0)).await.map_err(failed)?;
        let secrets = Secrets::new(listener.port()).map_err(|error| failed(std::io::Error::other(error)))?;
        let address = secrets.address();
        let mut stdout = super::terminal::out();
        writeln!(stdout, "The desk is open at\n  {address}\nThe address is for you alone. Ctrl-C ends it.")
            .and_then(|()| stdout.flush())
            .map_err(stdout_failed)?;
        if !args.no_open {
            // Some systems wait until the browser ends.
            std::thread::spawn(move || {
                if opener::open_browser(&address).is_err() {
                    let what = "No browser could be started. Open the address yourself.";
                    let _ = writeln!(super::terminal::err(), "{what}");
                }
            });
        }
        serve::serve(listener, secrets, Arc::new(Mutex::new(desk))).await.map_err(failed)
    })?;
    Ok(Outcome::Fine)
}
