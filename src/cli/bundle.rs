//! `stance bundle`: a study as one file, and whether it can be computed again.

use stance::bundle::{self, Bundle, Checked};
use stance::error::{Result, Warning};
use stance::file::json;
use stance::file::kind::OutputKind;
use stance::file::save::{self, Output, Plan};
use stance::program::Program;
use stance::words::many;

use super::args::{BundleArgs, BundleCheckArgs, BundleVerb, TableFormat};
use super::{Outcome, asked, output, source};

/// The first file of a bundle, by which an earlier one is recognised.
const FIRST: &str = "METHODS.md";

/// Makes a bundle, or checks one.
pub fn run(args: &BundleArgs) -> Result<Outcome> {
    match (&args.verb, &args.output) {
        (Some(BundleVerb::Check(args)), _) => check(args),
        (None, Some(path)) => {
            // It may take minutes to compute, so a file that may not be written is refused first.
            save::check(path, OutputKind::Bundle(FIRST), args.force)?;
            let corpus = source::load(&args.ask.corpus)?;
            let asked = asked::asked(&corpus, &args.ask)?;
            let decisions = source::label(&corpus);
            let made = bundle::make(&corpus, &decisions, &asked, &Program::this(), &source::study)?;
            let bytes = bundle::pack(&made.files)?;
            let output = Output { path: path.clone(), kind: OutputKind::Bundle(FIRST), bytes };
            let hash = stance::words::sha256(&output.bytes);
            source::warn(&Plan::new(vec![output], args.force)?.write()?);
            let too_long = |name: &String| {
                let what = format!("{name} has more than {} MiB and is not in the bundle", bundle::LONGEST_TEXT >> 20);
                Warning::new(what, "no verdict rests on it; hand it on beside the bundle if others need it")
            };
            source::warn(&made.left_out.iter().map(too_long).collect::<Vec<_>>());
            if made.licence.is_none() {
                let hint =
                    "write licence = \"CC BY 4.0\" or another into codebook.toml, or add a file LICENSE to the corpus";
                source::warn(&[Warning::new(
                    "the corpus states no licence, so others do not know whether they may use it",
                    hint,
                )]);
            }
            let mut text = format!(
                "written: {}, with {} and {}\nSHA-256 {hash}\n",
                path.display(),
                many(made.files.len(), "file"),
                many(made.verdicts, "verdict")
            );
            for sentence in made.kept.iter().flat_map(|kept| kept.sentences()) {
                text += &output::paragraph(&sentence, "");
            }
            super::terminal::print(&text, TableFormat::Table)?;
            Ok(Outcome::Fine)
        }
        // clap asks for one of them.
        (None, None) => Ok(Outcome::Fine),
    }
}

fn check(args: &BundleCheckArgs) -> Result<Outcome> {
    let bundle = Bundle::open(&args.file)?;
    let checked = bundle.check(&source::study)?;
    if args.json {
        super::terminal::print(&json::pretty(&checked)?, TableFormat::Json)?;
    } else {
        super::terminal::print(&for_people(&checked, &bundle), TableFormat::Table)?;
    }
    let same = checked.differences.is_empty() && checked.unread.is_none();
    Ok(if same { Outcome::Fine } else { Outcome::BundleDiffers })
}

fn for_people(checked: &Checked, bundle: &Bundle) -> String {
    let mut out = String::new();
    let files = many(checked.files, "file");
    match (checked.differences.len(), &checked.unread) {
        (0, None) => {
            let verdicts = many(checked.verdicts.unwrap_or(0), "verdict");
            let sentence = format!(
                "All results were computed again from the corpus, and are the same byte for byte: {files}, {verdicts}. \
                 Texts about the corpus, such as its README and its licence, are those of the manifest."
            );
            out += &output::paragraph(&sentence, "");
            if !checked.packed_as_written {
                let sentence = "The ZIP itself is not as `stance bundle` writes it: somebody packed the same files anew, \
                                or added bytes around them. So its SHA-256 is not that of its authors.";
                out += &output::paragraph(sentence, "");
            }
        }
        (0, Some(_)) => out += "The files are those of the manifest.\n",
        (count, _) => {
            out += &format!("{count} of {files} {}:\n", if count == 1 { "differs" } else { "differ" });
            for difference in &checked.differences {
                out += &output::paragraph(&format!("- {} {}", difference.file, difference.what), "  ");
            }
        }
    }
    if let Some(why) = &checked.unread {
        out += "Nothing could be computed again:\n";
        for line in why.lines() {
            out += &format!("  {line}\n");
        }
    }
    if !checked.same_program {
        let sentence = format!(
            "The bundle was made by Stance {}, and this is Stance {}. If a file differs, compute it again with that \
             program before you conclude anything: its texts may be others, and its verdicts.",
            bundle.made_by(),
            Program::this()
        );
        out += &output::paragraph(&sentence, "");
    }
    if let Some(kept) = &checked.plan {
        out += &output::paragraph(&kept.sentences()[0], "");
    }
    // What a manifest says is worth nothing if the files are others.
    if let Some(mark) = checked.corpus.as_ref().filter(|_| checked.differences.is_empty()) {
        let licence = bundle.manifest.licence.as_deref().unwrap_or("none stated");
        let sentence = format!(
            "Corpus {}, fingerprint {}; rules {}; licence: {licence}.",
            mark.name, mark.fingerprint, mark.rules
        );
        out += &output::paragraph(&sentence, "");
    }
    if let Some(plan) = &checked.plan {
        out += &format!("SHA-256 of the plan: {}\n", plan.sha256);
    }
    out + &format!("SHA-256 of the file: {}\nCompare them with those that its authors gave.\n", checked.sha256)
}
