//! Pages in a real browser: Chromium, led by its driver. `.ci/run` installs both and runs these.

/// The browser, led over the WebDriver protocol.
mod driver;
/// The report.
mod report;
