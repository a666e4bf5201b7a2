//! The verbs for people who write rules: `find`, `explain`, `rules`.

use chrono::NaiveDate;
use clap::{Parser, Subcommand};

use crate::cli::args::shared::{CorpusArg, TableFormat, day};

/// Find a pattern in the statements: how a rule begins.
///
/// Prints each place with the words around it, the date, the speaker and the labels that the
/// statement has already. The pattern language is that of rules.toml, its named lists included.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance find 'land swap*'                               these words, the second completed
  stance find 'swap* ... (territory|land)'               with up to five words between
  stance find '<weapons>' --speaker 'Donald Trump'       a list of rules.toml
  stance find '=US'                                      in exactly these letters

Patterns:
  land swap     these words, next to one another, whatever their case
  swap*         a word that begins so            *        any one word
  ...           a gap of up to five words        ...8     of up to eight
  (a|b c)       either; (a|) may be missing      <name>   a list of [lists] in rules.toml
  =US           exactly these letters            /…/      a regular expression
")]
pub struct FindArgs {
    /// The pattern to find
    pub pattern: String,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Only these speakers (may be given several times)
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// Only statements from this day on, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<NaiveDate>,
    /// Only statements up to this day, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<NaiveDate>,
}

/// Explain why a statement has the label it has, or none.
///
/// Shows the text with the evidence underlined, each rule that fires with its pattern, place and
/// contexts, what was decided and why; and for each issue without a label the rules that came
/// nearest and what stopped them.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance explain trump-2025-08-11-swapping-changes-in-land
  stance explain --text 'There is no land swap.' --speaker 'Donald Trump' --date 2025-08-11
")]
pub struct ExplainArgs {
    /// The statement's id
    #[arg(required_unless_present = "text", conflicts_with = "text")]
    pub statement: Option<String>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Explain this text instead of a statement of the corpus
    #[arg(long)]
    pub text: Option<String>,
    /// Who says the text
    #[arg(long, requires = "text", value_name = "NAME")]
    pub speaker: Option<String>,
    /// When the text is said; without it, the corpus' last day
    #[arg(long, requires = "text", value_name = "DATE", value_parser = day)]
    pub date: Option<NaiveDate>,
}

/// See how the rules do: against hand labels, against one another, against other rules.
///
/// Without a further word, a table with a row per rule, totals per issue, rules that never fire,
/// conflicts, and the statements on which hands and rules do not agree, worst first.
///
/// Coverage, Overlaps and Conflicts are shares of all statements: those a rule fires on, those
/// another rule on the issue fires on too, those on which it gives another position. Correct and
/// Incorrect count statements on which hands settled; Emp. Acc. is the share of correct ones, and
/// Within 1 of those at most one level away.
#[derive(Debug, Parser)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  stance rules                           the table
  stance rules --format csv > rules.csv  a row per rule
  stance rules test                      run the match, reject and todo sentences
  stance rules lint                      untested, unreachable or too eager rules
  stance rules diff HEAD~1               what changed since the last commit
  stance rules diff other-rules.toml     or against another file
"
)]
pub struct RulesArgs {
    #[command(subcommand)]
    pub verb: Option<RulesVerb>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// What to do with the rules.
#[derive(Debug, Subcommand)]
pub enum RulesVerb {
    /// Run the match, reject and todo sentences that stand in rules.toml
    Test(RulesTestArgs),
    /// List rules that are untested, unreachable, badly named or too eager; exit code 1 if any
    Lint(RulesLintArgs),
    /// Compare with another rule file, or with a git revision of this one
    Diff(RulesDiffArgs),
}

/// Run the match, reject and todo sentences that stand in rules.toml.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules test                      exit code 1 if a test fails
")]
pub struct RulesTestArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// List rules that are untested, unreachable, badly named or too eager.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules lint                      exit code 1 if there is anything to say
")]
pub struct RulesLintArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// Compare with another rule file, or with a git revision of this one: labels gained, lost and
/// moved, each with its sentence, and the effect on the counts per level.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules diff HEAD                 what your changes do that are not committed yet
  stance rules diff old-rules.toml       what has changed since that file
")]
pub struct RulesDiffArgs {
    /// A rule file, or a git revision
    pub other: String,
    #[command(flatten)]
    pub corpus: CorpusArg,
}
