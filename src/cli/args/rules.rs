//! The verbs for people who write rules: `find`, `explain`, `rules`.

use chrono::NaiveDate;
use clap::{Parser, Subcommand};

use crate::cli::args::shared::{CorpusArg, SELECTION, TableFormat, day};

/// Find a pattern in the statements.
///
/// Use it before you write a rule, to see what the rule would catch. It prints each place with the words around
/// it, the date, the speaker and the labels that the statement already has. It also searches statements that
/// nobody has confirmed yet, but none that is set aside (see [unseen] in the codebook). With --rule, it prints the
/// beginning of a rule instead.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance find 'land swap*'                            find \"land swap\", \"land swapping\"
  stance find 'swap* ... (territory|land)'            allow up to 5 words between
  stance find '<sanctions>' --from 2025-09-01         find the words in a list
  stance find '=US'                                   find \"US\" and not \"us\"

Patterns, as in rules.toml:
  land swap   these words, next to one another, in upper or lower case
  swap*       one word that begins with \"swap\"
  *           any one word
  ...         a gap of 0 to 5 words; ...8 is a gap of 0 to 8 words
  (a|b c)     \"a\" or \"b c\"; (a|) is \"a\" or nothing
  <name>      a list from [lists] in rules.toml
  =US         exactly these letters, in this case
  /.../       a regular expression

Write the pattern in single quotes, so that the shell does not change it.
")]
pub struct FindArgs {
    /// The pattern to find
    pub pattern: String,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Print a rule in TOML with the pattern, the position that coders gave most often, and tests from the places
    #[arg(long)]
    pub rule: bool,
    /// Show only this speaker; repeat the flag for more
    #[arg(long, value_name = "NAME", help_heading = SELECTION)]
    pub speaker: Vec<String>,
    /// Read only statements from this day on (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = SELECTION)]
    pub from: Option<NaiveDate>,
    /// Read only statements up to and including this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = SELECTION)]
    pub to: Option<NaiveDate>,
}

/// Explain why a statement has its labels, or why it has none.
///
/// Use it if a label surprises you, or to try a sentence on your rules. It prints the labels by hand,
/// each rule that fires with its evidence, pattern and rule contexts, and what decided between the rules. If no rule fires on an issue, it prints the rules that came nearest and what stopped them.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance explain trump-2025-08-11-swapping-changes-in-land
  stance explain --text 'There is no land swap.'
  stance explain --text 'No land swap.' --speaker 'Donald Trump' --date 2025-08-11
  stance explain --text 'We will see.' --context 'Will you lift the sanctions?'
")]
pub struct ExplainArgs {
    /// The statement to explain, by its id
    #[arg(required_unless_present = "text", conflicts_with = "text")]
    pub statement: Option<String>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Explain a statement even if it is set aside; unseen.csv records that you read it
    #[arg(long, conflicts_with = "text")]
    pub show_unseen: bool,
    /// Explain this text instead of a statement in the corpus
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Explain the text as the answer to this question, which may name the issue
    #[arg(long, requires = "text", value_name = "WORDS")]
    pub context: Option<String>,
    /// Explain the text as if this speaker said it [default: anyone]
    #[arg(long, requires = "text", value_name = "NAME")]
    pub speaker: Option<String>,
    /// Explain the text as if it was said on this day [default: the last day in the corpus]
    #[arg(long, requires = "text", value_name = "DATE", value_parser = day)]
    pub date: Option<NaiveDate>,
}

/// Compare the rules with the labels by hand, or test the rules.
///
/// Use it to see how far you can trust your rules. Without a command, it first prints what is known about statements
/// that the author of the rules has not seen. Then come totals per issue and a row per rule, on the other statements.
/// Below are the rules that never fire, the statements on which rules differ, the statements on which rules and coders
/// differ, the worst first, and what coders labelled and no rule finds, in groups that share words.
#[derive(Debug, Parser)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  stance rules                           compare with the labels by hand
  stance rules --suggest                 list phrases that tell the levels apart
  stance rules --unseen                  compare on the statements set aside
  stance rules --format csv > rules.csv  write a row per rule
  stance rules test                      run the tests in rules.toml
  stance rules lint                      find rules that will cause trouble
  stance rules diff HEAD                 compare with the last commit
  stance rules diff other-rules.toml     compare with another file

In brackets is the interval that covers the true share in 95 % of cases
(Wilson's method).

Columns of the issues:
  Found so far        how many of the positions by hand have a position by rules
  Exact, Within 1     how many of those found have the same position, or one at
                      most 1 level away
  False alarms        how many of the statements that coders read and gave no
                      position have one by rules
  Conflicts           statements on which the rules are in conflict

Columns of the rules:
  Gives               the rule's position
  Coverage            the share of the statements on which the rule fires
  Overlaps            the share on which another rule on the issue fires, too
  Conflicts           the share on which that rule gives another position
  Correct             of the statements on which it fires and that coders have
                      read, how many have its position (\"empirical accuracy\")
  Within 1            how many have a position at most 1 level away
"
)]
pub struct RulesArgs {
    #[command(subcommand)]
    pub verb: Option<RulesVerb>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Compare on the statements that are set aside, without printing any; unseen.csv records that you looked
    #[arg(long)]
    pub unseen: bool,
    /// List phrases that are more frequent at one level than at the others, by log-odds ratio
    #[arg(long, conflicts_with = "unseen")]
    pub suggest: bool,
    /// Choose how to print the table
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

/// What to do with the rules.
#[derive(Debug, Subcommand)]
pub enum RulesVerb {
    Test(RulesTestArgs),
    Lint(RulesLintArgs),
    Diff(RulesDiffArgs),
}

/// Run the tests in rules.toml: the sentences under match, reject and todo.
///
/// Use it after every change to a rule. While a test under match or reject fails, `label`, `shifts`, `agree` and
/// `chart` refuse to run. Sentences under todo are counted and never fail.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules test
  stance rules test && stance chart      draw only if every test passes

Exit codes:
  0   every test passes
  1   a test fails
  2   the tests could not run
")]
pub struct RulesTestArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// List rules that will cause trouble: untested, badly named, unreachable or too eager.
///
/// Use it before you rely on your rules. An unreachable rule is one that other rules always outrank. A rule that
/// is too eager matches nearly anything. Patterns that occur in no statement are listed, too.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules lint
  stance rules lint --corpus my-corpus

Exit codes:
  0   there is nothing to report
  1   there is something to report
  2   the rules could not be read
")]
pub struct RulesLintArgs {
    #[command(flatten)]
    pub corpus: CorpusArg,
}

/// Compare the rules with another file, or with a git revision of rules.toml.
///
/// Use it after you change a rule, to see every label that the change gained, lost or moved, each with its words.
/// It also prints how many labels each level had before and has after.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance rules diff HEAD                 list what your uncommitted changes do
  stance rules diff old-rules.toml       list what has changed since that file
")]
pub struct RulesDiffArgs {
    /// The rules to compare with: a file, or a git revision such as HEAD~1
    #[arg(value_name = "FILE|REVISION")]
    pub other: String,
    #[command(flatten)]
    pub corpus: CorpusArg,
}
