//! Statements that are no corpus: labelled and counted in any format, in order, and whatever is wrong with them.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;

use polars_arrow::array::{
    Array, DictionaryArray, ListArray, MutableArray, PrimitiveArray, TryExtend, Utf8Array, Utf8ViewArray,
};
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field, TimeUnit};
use polars_arrow::io::ipc::write::{StreamWriter, WriteOptions};
use polars_arrow::record_batch::RecordBatchT;
use stance::stream::source::{ColumnsAsked, RowSource};

use crate::support::{Run, Workdir, bundled};

/// A folder with a corpus `c` as `stance init` makes it.
fn corpus() -> Workdir {
    let workdir = Workdir::new();
    let made = workdir.run(&["init", "c"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    workdir
}

fn fine(run: Run) -> Run {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

/// The rows of a CSV by their text, without the order.
fn rows(text: &str) -> BTreeSet<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = format!("{:?}", reader.headers().unwrap());
    reader.records().map(|record| format!("{:?}", record.unwrap())).chain([header]).collect()
}

/// Runs the binary with a text as its standard input.
fn piped(workdir: &Workdir, args: &[&str], input: &[u8]) -> Run {
    let mut command = workdir.command(args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that ends early closes the pipe.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}

#[test]
fn the_statements_of_a_corpus_get_the_labels_of_the_corpus() {
    for path in bundled() {
        let workdir = Workdir::new();
        let corpus = path.to_str().unwrap();
        let statements = path.join("statements.csv");
        for more in [&[][..], &["--all"], &["--issue", "sanctions", "--from", "2025-06-01"]] {
            let whole = fine(workdir.run(&[&["label", "--corpus", corpus][..], more].concat()));
            let args = ["label", statements.to_str().unwrap(), "--corpus", corpus];
            let streamed = fine(workdir.run(&[&args[..], more].concat()));
            assert!(rows(&whole.stdout).len() > 20);
            assert_eq!(rows(&streamed.stdout), rows(&whole.stdout), "{more:?}");
        }
    }
}

/// Statements whose words are those of a rule of the new corpus, and its labels by hand.
fn many(workdir: &Workdir, count: usize) -> String {
    let mut texts: Vec<String> = Vec::new();
    let file = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let column = reader.headers().unwrap().iter().position(|name| name == "text").unwrap();
    texts.extend(reader.records().map(|record| record.unwrap()[column].to_owned()));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["speaker", "date", "text", "id", "mood"]).unwrap();
    for number in 0..count {
        let day = format!("2025-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
        let text = format!("{}\nNumber {number}, \"quoted\".", texts[number % texts.len()]);
        let mood = if number % 3 == 0 { "" } else { "calm" };
        writer.write_record([["Ann", "Ben Über"][number % 2], &day, &text, &format!("s{number}"), mood]).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// The labels of some statements.
fn labels(workdir: &Workdir, file: &str, more: &[&str]) -> String {
    fine(workdir.run(&[&["label", file, "--corpus", "c", "--all"][..], more].concat())).stdout
}

#[test]
fn every_format_and_every_number_of_threads_gives_the_same_rows_in_the_order_of_the_input() {
    let workdir = corpus();
    // Several pieces of text, and of columns.
    let text = many(&workdir, 12_000);
    workdir.write("a.csv", &text);
    let expected = labels(&workdir, "a.csv", &[]);
    let ids: Vec<String> =
        csv::Reader::from_reader(expected.as_bytes()).records().map(|record| record.unwrap()[0].to_owned()).collect();
    let mut in_order = ids.clone();
    in_order.sort_by_key(|id| id[1..].parse::<usize>().unwrap());
    assert_eq!(ids, in_order);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 12_000);
    assert!(expected.contains(",rules,"), "a rule fires");
    for threads in ["1", "5"] {
        let mut command = workdir.command(&["label", "a.csv", "--corpus", "c", "--all", "-o", "again.csv"]);
        assert!(command.env("RAYON_NUM_THREADS", threads).status().unwrap().success());
        assert!(workdir.read("again.csv") == expected.as_bytes(), "with {threads} threads");
    }
    // What it writes in a format, it reads in that format.
    let plain = ["--column", "id=statement_id"];
    let again = labels(&workdir, "again.csv", &plain);
    for ending in ["ndjson", "parquet", "arrow", "arrows"] {
        let name = format!("b.{ending}");
        fine(workdir.run(&["label", "a.csv", "--corpus", "c", "--all", "-o", &name]));
        let read = labels(&workdir, &name, &plain);
        assert!(read == again, "{ending}: {} and {} bytes", read.len(), again.len());
        // Its own earlier file is replaced, another is not.
        fine(workdir.run(&["label", "a.csv", "--corpus", "c", "--all", "-o", &name]));
        workdir.write(&name, "mine");
        let refused = workdir.run(&["label", "a.csv", "--corpus", "c", "-o", &name]);
        assert!(refused.code == 2 && refused.stderr.contains("already exists"), "{}", refused.stderr);
        assert_eq!(workdir.read(&name), b"mine");
    }
    // Two files are one after the other.
    let (head, _) = text.split_once('\n').unwrap();
    workdir.write("tail.csv", format!("{head}\nCleo,2025-02-02,Nothing here.,last,\n"));
    let both = fine(workdir.run(&["label", "a.csv", "tail.csv", "--corpus", "c", "--all"])).stdout;
    assert!(both.starts_with(&expected) && both[expected.len()..].starts_with("last,2025-02-02,day,Cleo"));
}

#[test]
fn compressed_files_and_the_standard_input_are_read() {
    let workdir = corpus();
    let text = many(&workdir, 30);
    workdir.write("a.csv", &text);
    let expected = labels(&workdir, "a.csv", &[]);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(text.as_bytes(), 3).unwrap();
    workdir.write("a.csv.gz", &gzip);
    workdir.write("a.csv.zst", &zstd);
    workdir.write("no ending", &zstd);
    for name in ["a.csv.gz", "a.csv.zst", "no ending"] {
        assert_eq!(labels(&workdir, name, &[]), expected, "{name}");
    }
    for input in [text.as_bytes(), &gzip, &zstd] {
        let run = fine(piped(&workdir, &["label", "-", "--corpus", "c", "--all"], input));
        assert_eq!(run.stdout, expected);
        assert!(run.stderr.contains("stance: 30 statements read"), "{}", run.stderr);
    }
    workdir.write("cut.csv.gz", &gzip[..gzip.len() / 2]);
    let cut = workdir.run(&["label", "cut.csv.gz", "--corpus", "c", "-o", "o.csv"]);
    assert!(cut.code == 2 && cut.stderr.contains("cut.csv.gz: cannot read"), "{}", cut.stderr);
    assert!(!workdir.path().join("o.csv").exists());
}

#[test]
fn columns_with_other_names_are_named_and_the_nearest_is_told() {
    let workdir = corpus();
    workdir.write("a.csv", "who;day;body;text\nAnn;2025-02-03;The tram must be built.;x\n");
    let run = workdir.run(&["label", "a.csv", "--corpus", "c"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("the column `speaker` is missing"), "{}", run.stderr);
    assert!(run.stderr.contains("the column `date` is missing"), "all at once: {}", run.stderr);
    let names = ["--column", "speaker=who", "--column", "date=day", "--column", "text=body"];
    let run = fine(workdir.run(&[&["label", "a.csv", "--corpus", "c", "--all"][..], &names].concat()));
    assert!(run.stdout.contains("The tram must be built.") && run.stdout.contains("other_text"), "{}", run.stdout);
    // Without a column of ids, a row is named by its line.
    assert!(run.stdout.contains("\n2,2025-02-03,day,Ann"), "{}", run.stdout);
    let run = workdir.run(&["label", "a.csv", "--corpus", "c", "--column", "speaker=whoo"]);
    assert!(
        run.stderr.contains("there is no column `whoo`") && run.stderr.contains("--column speaker=who"),
        "{}",
        run.stderr
    );
    let run = workdir.run(&["label", "a.csv", "--corpus", "c", "--column", "speaker"]);
    assert!(run.code == 2 && run.stderr.contains("text=body"), "{}", run.stderr);
}

#[test]
fn the_first_fault_ends_it_and_skipped_ones_are_listed_by_place() {
    let workdir = corpus();
    let text = "speaker,date,text,id\nAnn,2025-02-03,One.,a\nAnn,03.02.2025,Two.,b\n,2025-02-03,\"Th\nree.\",c\n\
                Ann,2025-02-03,Four.\nAnn,2025-02-03,Five.,e\n";
    workdir.write("a.csv", text);
    let run = workdir.run(&["label", "a.csv", "--corpus", "c", "-o", "o.csv"]);
    assert_eq!(run.code, 2);
    for place in
        ["a.csv:3:5: `03.02.2025` is not a date", "a.csv:4:1: the speaker is empty", "a.csv:6:1: the row has 3 cells"]
    {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
    assert!(!workdir.path().join("o.csv").exists());
    let args = ["label", "a.csv", "--corpus", "c", "--all", "-o", "o.csv", "--skip-faults", "faults.csv"];
    for _ in 0..2 {
        let run = fine(workdir.run(&args));
        assert!(run.stderr.contains("3 faults in rows that are left out; see faults.csv"), "{}", run.stderr);
    }
    let kept = String::from_utf8(workdir.read("o.csv")).unwrap();
    assert!(kept.lines().count() == 3 && kept.contains("\na,") && kept.contains("\ne,"), "{kept}");
    let listed = String::from_utf8(workdir.read("faults.csv")).unwrap();
    assert!(listed.starts_with("file,place,fault,hint\r\na.csv,3:5,"), "{listed}");
    assert_eq!(listed.lines().count(), 4);
    // A file of another kind is not replaced.
    workdir.write("faults.csv", "mine\n");
    assert_eq!(workdir.run(&args).code, 2);
    assert_eq!(workdir.read("faults.csv"), b"mine\n");
}

#[test]
fn lines_of_json_are_read_and_their_faults_have_lines() {
    let workdir = corpus();
    let good =
        "{\"id\":\"a\",\"speaker\":\"Ann\",\"date\":\"2025-02-03\",\"text\":\"One.\",\"tags\":[1,2],\"likes\":3}\n";
    workdir.write(
        "a.jsonl",
        format!("{good}\n{{\"speaker\":\"Ben\",\"date\":null,\"text\":\"Two.\"}}\n[1]\n{{\"speaker\":\n"),
    );
    let run = workdir.run(&["label", "a.jsonl", "--corpus", "c"]);
    for place in ["a.jsonl:3:1: the date is empty", "a.jsonl:4:", "a.jsonl:5:", "is not a JSON object"] {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
    workdir.write("a.jsonl", good);
    let run = fine(workdir.run(&["label", "a.jsonl", "--corpus", "c", "--all"]));
    assert!(run.stdout.contains("likes") && run.stdout.contains("\"[1,2]\",3"), "{}", run.stdout);
    let filler = good.repeat(20_000);
    workdir.write("late.jsonl", format!("{filler}{}", good.replace("likes", "loves")));
    let run = workdir.run(&["label", "late.jsonl", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("late.jsonl:20001:1: the key `loves`"), "{}", run.stderr);
}

/// An Arrow stream with these columns.
fn arrow(columns: Vec<(&str, Box<dyn Array>)>) -> Vec<u8> {
    let fields = columns.iter().map(|(name, array)| Field::new((*name).into(), array.dtype().clone(), true));
    let schema: ArrowSchema = fields.map(|field| (field.name.clone(), field)).collect();
    let mut writer = StreamWriter::new(Vec::new(), WriteOptions { compression: None });
    writer.start(&schema, None).unwrap();
    let (length, arrays) = (columns[0].1.len(), columns.into_iter().map(|(_, array)| array).collect());
    writer.write(&RecordBatchT::new(length, Arc::new(schema), arrays), None).unwrap();
    writer.finish().unwrap();
    writer.into_inner()
}

fn dictionary(keys: &[Option<u8>], values: &[&str]) -> Box<dyn Array> {
    let keys = PrimitiveArray::<u8>::from(keys.to_vec());
    let values = Utf8Array::<i32>::from_slice(values).boxed();
    DictionaryArray::try_from_keys(keys, values, false).unwrap().boxed()
}

#[test]
fn dictionaries_views_dates_and_moments_are_read_and_what_is_missing_is_named() {
    let workdir = corpus();
    let speakers = || dictionary(&[Some(1), Some(0), None], &["Ann", "Ben"]);
    let texts = || {
        Utf8ViewArray::from_slice([Some("A tram."), Some("No tram at all, and a long text beside it."), Some("So?")])
            .boxed()
    };
    let days = || PrimitiveArray::<i32>::from(vec![Some(20_000), Some(20_001), None]).to(ArrowDataType::Date32).boxed();
    let midnight =
        PrimitiveArray::<i64>::from(vec![Some(20_000 * 86_400_000), Some(20_001 * 86_400_000 + 1), Some(i64::MAX)]);
    let midnight = midnight.to(ArrowDataType::Timestamp(TimeUnit::Millisecond, None)).boxed();
    let mut lists =
        polars_arrow::array::MutableListArray::<i64, polars_arrow::array::MutablePrimitiveArray<i32>>::new();
    lists.try_extend([Some(vec![Some(1), None]), None, Some(vec![])]).unwrap();
    let lists: Box<dyn Array> = lists.as_box();
    assert!(lists.as_any().is::<ListArray<i64>>());
    workdir
        .write("a.arrow", arrow(vec![("speaker", speakers()), ("date", days()), ("text", texts()), ("codes", lists)]));
    let args = ["label", "a.arrow", "--corpus", "c", "--all", "--skip-faults", "f.csv", "-o", "o.csv"];
    fine(workdir.run(&args));
    let kept = String::from_utf8(workdir.read("o.csv")).unwrap();
    assert!(kept.contains("\n1,2024-10-04,day,Ben,") && kept.contains("\n2,2024-10-05,day,Ann,"), "{kept}");
    let faults = String::from_utf8(workdir.read("f.csv")).unwrap();
    assert!(
        faults.contains("a.arrow,row 3,\"the speaker is empty") && faults.contains("a.arrow,row 3,\"the date is empty"),
        "{faults}"
    );
    workdir.write("a.arrow", arrow(vec![("speaker", speakers()), ("date", midnight), ("text", texts())]));
    // It has other columns, and would not be written over.
    std::fs::remove_file(workdir.path().join("o.csv")).unwrap();
    fine(workdir.run(&args));
    let kept = String::from_utf8(workdir.read("o.csv")).unwrap();
    assert!(kept.contains("\n1,2024-10-04,day,Ben,") && kept.lines().count() == 2, "{kept}");
    let faults = String::from_utf8(workdir.read("f.csv")).unwrap();
    assert!(faults.contains("row 2,\"`2024-10-05T00:00:00` is not a date"), "{faults}");
    workdir.write("a.arrow", arrow(vec![("speakers", speakers()), ("datum", days()), ("text", texts())]));
    let run = workdir.run(&args);
    assert!(run.stderr.contains("if you mean `speakers`, add --column speaker=speakers"), "{}", run.stderr);
}

#[test]
fn a_file_that_is_cut_off_or_damaged_is_a_fault() {
    let workdir = corpus();
    workdir.write("a.csv", many(&workdir, 3_000));
    for ending in ["parquet", "arrow", "arrows"] {
        let (name, cut) = (format!("a.{ending}"), format!("cut.{ending}"));
        fine(workdir.run(&["label", "a.csv", "--corpus", "c", "--all", "-o", &name]));
        let whole = workdir.read(&name);
        for part in [0, 3, 40, whole.len() / 3, whole.len() * 9 / 10] {
            workdir.write(&cut, &whole[..part]);
            let run = workdir.run(&["label", &cut, "--corpus", "c", "--column", "id=statement_id", "-o", "o.csv"]);
            assert_eq!(run.code, 2, "{ending}, {part} bytes: {}", run.stderr);
            assert!(
                run.stderr.contains(&cut) && !run.stderr.contains("panicked"),
                "{ending}, {part} bytes: {}",
                run.stderr
            );
            assert!(!workdir.path().join("o.csv").exists());
        }
        // Wrong numbers anywhere in it: a fault or other rows, and never a panic.
        for place in (0..whole.len()).step_by(whole.len() / 20 + 1) {
            let mut damaged = whole.clone();
            damaged[place] ^= 0xff;
            workdir.write(&cut, damaged);
            let run = workdir.run(&["label", &cut, "--corpus", "c", "--column", "id=statement_id"]);
            assert!(
                [0, 2].contains(&run.code) && !run.stderr.contains("panicked"),
                "{ending} at {place}: {}",
                run.stderr
            );
        }
    }
    let run = piped(&workdir, &["label", "-", "--corpus", "c"], &workdir.read("a.parquet"));
    assert!(run.code == 2 && run.stderr.contains("cannot come from the standard input"), "{}", run.stderr);
    for (text, what) in [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("a\rb\r", "carriage returns"),
        ("PK\u{3}\u{4}", "a workbook"),
    ] {
        workdir.write("b.csv", text);
        let run = workdir.run(&["label", "b.csv", "--corpus", "c"]);
        assert!(run.code == 2 && run.stderr.contains(what), "{text:?}: {}", run.stderr);
    }
    let run = workdir.run(&["label", "c", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("this is a folder"), "{}", run.stderr);
}

#[test]
fn a_file_that_another_program_changes_while_it_is_read_is_a_fault() {
    let workdir = corpus();
    workdir.write("a.csv", many(&workdir, 3_000));
    for ending in ["csv", "ndjson", "parquet", "arrow", "arrows"] {
        let name = format!("b.{ending}");
        match ending {
            "csv" => workdir.write(&name, workdir.read("a.csv")),
            _ => drop(fine(workdir.run(&["label", "a.csv", "--corpus", "c", "--all", "-o", &name]))),
        }
        let (path, whole) = (workdir.path().join(&name), workdir.read(&name));
        for changed in [&b"x"[..], b""] {
            workdir.write(&name, &whole);
            let asked = |_: &[String]| ColumnsAsked { required: &[], only: None };
            let mut source = RowSource::open(&path, None, None, asked, || Box::new(std::io::empty())).unwrap();
            assert!(source.piece().unwrap().is_some(), "{ending}");
            // As an editor saves: the same rows and something more, or a shorter file.
            let kept = if changed.is_empty() { whole.len() / 2 } else { whole.len() };
            workdir.write(&name, [&whole[..kept], changed].concat());
            let error = loop {
                match source.piece() {
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("{ending}: nothing was said"),
                    Err(error) => break error.to_string(),
                }
            };
            // What was read in part may be damaged, which is said first.
            let is_said = error.contains("another program changed") || error.contains("not a whole");
            assert!(is_said && error.contains(&name), "{ending}: {error}");
        }
    }
}

#[test]
fn a_gigabyte_on_one_line_is_a_fault_before_it_is_read_whole() {
    const BLOCK: usize = 1 << 20;
    const BLOCKS: usize = 1 << 10;
    let workdir = corpus();
    for (start, format) in [
        ("speaker,date,text\nAnn,2025-01-01,\"", "csv"),
        ("speaker,date,text\nAnn,2025-01-01,", "csv"),
        ("{\"text\": \"", "ndjson"),
    ] {
        let mut command = workdir.command(&["label", "-", "--input-format", format, "--corpus", "c"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that ends early closes the pipe.
        let writer = std::thread::spawn(move || {
            let block = vec![b'a'; BLOCK];
            let _ = stdin.write_all(start.as_bytes());
            (0..BLOCKS).take_while(|_| stdin.write_all(&block).is_ok()).count()
        });
        let run: Run = child.wait_with_output().unwrap().into();
        let written = writer.join().unwrap();
        assert_eq!(run.code, 2, "{format}: {}", run.stderr);
        assert!(run.stderr.contains("has more than 64 MiB") || run.stderr.contains("no line begins"), "{}", run.stderr);
        assert!(written < BLOCKS / 4, "{written} MiB were read");
    }
}

#[test]
fn labels_by_hand_are_those_of_the_same_words_only() {
    let workdir = corpus();
    let mut reader = csv::Reader::from_reader(std::fs::File::open(workdir.path().join("c/statements.csv")).unwrap());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let labelled = String::from_utf8(workdir.read("c/labels/me.csv")).unwrap();
    let row = rows.iter().find(|row| labelled.contains(&format!("\n{},", &row[place("id")]))).unwrap();
    let (id, speaker, date, text) =
        (&row[place("id")], &row[place("speaker")], &row[place("date")], &row[place("text")]);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in [["id", "speaker", "date", "text"], [id, speaker, date, text], [id, speaker, date, "Other words."]] {
        writer.write_record(record).unwrap();
    }
    workdir.write("a.csv", writer.into_inner().unwrap());
    let run = fine(workdir.run(&["label", "a.csv", "--corpus", "c"]));
    assert_eq!(run.stdout.matches(",hand,").count(), 1, "{}", run.stdout);
    assert!(run.stderr.contains("1 statement with labels by hand"), "{}", run.stderr);
    assert!(run.stderr.contains("1 statement with the id of the corpus and other words"), "{}", run.stderr);
}

#[test]
fn counts_of_statements_labels_and_counts_are_the_same_and_give_the_verdicts_of_the_corpus() {
    for path in bundled() {
        let workdir = Workdir::new();
        let (corpus, statements) = (path.to_str().unwrap(), path.join("statements.csv"));
        let count = |file: &str, more: &[&str]| {
            let args = ["count", file, "--corpus", corpus];
            fine(workdir.run(&[&args[..], more].concat())).stdout
        };
        let counts = count(statements.to_str().unwrap(), &[]);
        workdir.write("counts.csv", &counts);
        for ending in ["csv", "parquet", "arrow", "ndjson"] {
            let (labels, again) = (format!("l.{ending}"), format!("n.{ending}"));
            fine(workdir.run(&["label", "--corpus", corpus, "-o", &labels]));
            assert_eq!(count(&labels, &[]), counts, "{labels}");
            count("counts.csv", &["-o", &again]);
            assert_eq!(count(&again, &[]), counts, "{again}");
        }
        // Counts of parts add up to the whole.
        let mut parts = String::new();
        for more in [&["--to", "2025-06-30"][..], &["--from", "2025-07-01"]] {
            let part = count(statements.to_str().unwrap(), more);
            parts += part.split_once('\n').unwrap().1;
        }
        workdir.write("parts.csv", format!("{}\n{parts}", counts.split_once('\n').unwrap().0));
        let by_month = |text: &str| text.lines().filter(|line| line.contains(",month,")).count();
        if by_month(&counts) == 0 {
            assert_eq!(count("parts.csv", &[]), counts);
        }
        let shifts = |more: &[&str]| -> Vec<Vec<String>> {
            let text =
                fine(workdir.run(&[&["shifts", "--corpus", corpus, "--format", "csv"][..], more].concat())).stdout;
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            // What counts cannot know: statements, and verdicts reached again.
            let without = ["statement_id", "relabelled", "recoded", "handover", "coder_", "stress", "mix_changes"];
            let kept: Vec<usize> = reader
                .headers()
                .unwrap()
                .iter()
                .enumerate()
                .filter(|(_, name)| !without.iter().any(|part| name.contains(part)))
                .map(|(place, _)| place)
                .collect();
            reader
                .records()
                .map(|record| {
                    let record = record.unwrap();
                    kept.iter().map(|place| record[*place].to_owned()).collect()
                })
                .collect()
        };
        for more in [&[][..], &["--grain", "month"], &["--event", "2025-08-15", "--correction", "bh"]] {
            let whole = shifts(more);
            assert!(whole.len() > 5);
            for file in ["counts.csv", "l.parquet"] {
                assert_eq!(shifts(&[more, &["--labels", file]].concat()), whole, "{file} {more:?}");
            }
        }
        let args = ["shifts", "--corpus", corpus, "--labels", "counts.csv", "--speaker", "Donald Trump"];
        let told = fine(workdir.run(&args)).stdout.replace('\n', " ");
        assert!(told.contains("there are no quotations"), "{told}");
    }
}

#[test]
fn counts_of_another_program_are_checked_by_place() {
    let workdir = corpus();
    let good = "speaker,issue,day,position,n\nAnn,tram,2025-02-03,-2,3\n";
    workdir.write("n.csv", good);
    let run = fine(workdir.run(&["shifts", "--corpus", "c", "--labels", "n.csv"]));
    assert!(run.stdout.contains("Ann") && run.stdout.contains("3 statements"), "{}", run.stdout);
    workdir.write("n.csv", format!("{good}Ann,trams,2025-02-03,9,3\nAnn,tram,2025-02-03,9,-3\n,tram,,1,1\n"));
    let run = workdir.run(&["shifts", "--corpus", "c", "--labels", "n.csv"]);
    assert_eq!(run.code, 2);
    for told in [
        "n.csv:3:5: there is no issue `trams`",
        "did you mean `tram`?",
        "n.csv:4:21: `9` is not a level",
        "n.csv:4:23: `-3`",
        "n.csv:5:1: the speaker is missing",
        "n.csv:5:7: the day is missing",
    ] {
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    workdir.write("n.csv", "speaker,issue,day,positon,n\nAnn,tram,2025-02-03,1,1\n");
    let run = workdir.run(&["shifts", "--corpus", "c", "--labels", "n.csv"]);
    assert!(
        run.stderr.contains("the column `position` is missing") && run.stderr.contains("positon"),
        "{}",
        run.stderr
    );
    for (more, what) in [
        (&["--stress"][..], "--stress"),
        (&["--origin", "hand"], "--origin"),
        (&["--by", "role"], "--by"),
        (&["--speaker", "Anne"], "there is no speaker `Anne`"),
    ] {
        workdir.write("n.csv", good);
        let run = workdir.run(&[&["shifts", "--corpus", "c", "--labels", "n.csv"][..], more].concat());
        assert!(run.code == 2 && run.stderr.contains(what), "{}", run.stderr);
    }
    let run = workdir.run(&["shifts", "--corpus", "c", "--labels", "c/statements.csv"]);
    assert!(run.code == 2 && run.stderr.contains("count them first"), "{}", run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_is_reported_and_a_reader_that_has_enough_is_not() {
    let workdir = corpus();
    workdir.write("a.csv", many(&workdir, 3_000));
    let run = workdir.run(&["label", "a.csv", "--corpus", "c", "--all", "-o", "/dev/full"]);
    assert!(run.code == 2 && run.stderr.contains("cannot write"), "{}", run.stderr);
    let mut command = workdir.command(&["label", "a.csv", "--corpus", "c", "--all"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn labels_of_any_format_are_judged_drawn_and_reported() {
    let workdir = Workdir::new();
    let path = bundled().remove(0);
    let corpus = path.to_str().unwrap();
    let statements = path.join("statements.csv");
    let mut told: Option<(String, Vec<u8>)> = None;
    for file in ["l.csv", "l.ndjson", "l.parquet", "l.arrow"] {
        fine(workdir.run(&["label", statements.to_str().unwrap(), "--corpus", corpus, "-o", file]));
        let with = |args: &[&str]| fine(workdir.run(&[args, &["--corpus", corpus, "--labels", file]].concat()));
        let shifts = with(&["shifts", "--format", "json"]).stdout.replace(file, "");
        let drawn = with(&["chart", "months", "shift", "--format", "svg"]).stdout;
        assert!(drawn.contains("charts/l/months-") && drawn.contains("charts/l/shift.svg"), "{drawn}");
        with(&["report", "-o", "r.html"]);
        let this = (shifts, workdir.read("charts/l/shift.svg"));
        match &told {
            None => told = Some(this),
            Some(first) => assert!(*first == this, "{file}"),
        }
    }
    // A shift is the same picture as from the corpus, but for its footer.
    fine(workdir.run(&["chart", "shift", "--corpus", corpus, "--format", "svg", "-o", "w"]));
    assert_eq!(workdir.read("w/shift.csv"), workdir.read("charts/l/shift.csv"));
    let page = String::from_utf8(workdir.read("r.html")).unwrap();
    assert!(page.contains("at most 4 statements") && page.contains("only counted"));
    let told = fine(workdir.run(&["shifts", "--corpus", corpus, "--labels", "l.csv"])).stdout.replace('\n', " ");
    assert!(told.contains("are there to be quoted"), "{told}");
}

#[test]
fn what_labels_cannot_show_is_said_with_what_can() {
    let workdir = corpus();
    let good = "speaker,issue,day,position,n\nAnn,tram,2025-02-03,-2,3\nAnn,tram,2025-02-05,2,1\n";
    workdir.write("n.csv", good);
    let run = fine(workdir.run(&["chart", "--corpus", "c", "--labels", "n.csv", "--format", "svg"]));
    assert_eq!(run.stdout.lines().filter(|line| line.ends_with(".svg")).count(), 5, "{}", run.stdout);
    let fails = |args: &[&str], told: &[&str]| {
        let run = workdir.run(&[args, &["--corpus", "c", "--labels", "n.csv"]].concat());
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        for told in told {
            assert!(run.stderr.contains(told), "{args:?}: {told}: {}", run.stderr);
        }
    };
    fails(&["chart", "card"], &["a card sets a quotation", "draw another kind", "with the column text"]);
    fails(&["chart", "--quote", "a"], &["none can be asked for", "--quote none"]);
    fails(&["chart", "--by", "role"], &["--by"]);
    fails(&["chart", "--speaker", "Anne"], &["there is no speaker `Anne`"]);
    fails(&["chart", "--issue", "trams"], &["there is no issue `trams`"]);
    fails(&["chart", "--include-unverified"], &["--include-unverified", "stance label"]);
    fails(&["chart", "--from", "2025-03-01", "--to", "2025-02-01"], &["swap them"]);
    fails(&["chart", "--from", "2030-01-01"], &["no statement with a position"]);
    fails(&["report", "--stress", "-o", "r.html"], &["--stress"]);
    fails(&["agree"], &["coders"]);
    let of = |text: &str, told: &[&str]| {
        workdir.write("n.csv", text);
        for verb in ["shifts", "chart", "report"] {
            fails(&[verb], told);
        }
    };
    of("", &["n.csv"]);
    of("speaker,issue,day,position,n\n", &["no row with a position"]);
    of(
        "statement_id,speaker,issue,position,text\na,Ann,tram,1,Yes\n",
        &["the column `date` is missing", "give this name"],
    );
    of("speaker,date,issue,position\nAnn,,tram,2\n", &["n.csv:2:5: the day is missing"]);
    of("speaker,date,issue,position\nAnn,2025-02-03,pensions,1\n", &["there is no issue `pensions`", "tram"]);
    of("speaker,date,issue,position\nAnn,2025-02-03,tram,\"2\n", &["n.csv"]);
    let written = fine(workdir.run(&["label", "c/statements.csv", "--corpus", "c", "-o", "l.parquet"]));
    assert!(written.stderr.contains("read"), "{}", written.stderr);
    let mut cut = workdir.read("l.parquet");
    cut.truncate(cut.len() / 2);
    workdir.write("cut.parquet", cut);
    for verb in ["shifts", "chart", "report"] {
        let run = workdir.run(&[verb, "--corpus", "c", "--labels", "cut.parquet"]);
        assert!(run.code == 2 && run.stderr.contains("cut.parquet"), "{verb}: {}", run.stderr);
    }
    assert!(!workdir.path().join("report.html").exists());
}

#[test]
fn positions_agree_in_labels_as_in_their_corpus() {
    for path in bundled() {
        let workdir = Workdir::new();
        let corpus = path.to_str().unwrap();
        let statements = path.join("statements.csv");
        let agree = |more: &[&str]| {
            let args = ["agree", "--corpus", corpus, "--format", "csv", "--by", "issue", "--by", "month"];
            let run = fine(workdir.run(&[&args[..], more].concat())).stdout;
            let mut reader = csv::Reader::from_reader(run.as_bytes());
            // Labels leave out what all found to have no position. Intervals, which go by speaker and day, count those days too.
            let ends = ["_low", "_high"];
            let unknown = |name: &str| {
                name == "read" || name.starts_with("presence") || ends.iter().any(|end| name.ends_with(end))
            };
            let header = reader.headers().unwrap().clone();
            let kept: Vec<usize> = (0..header.len()).filter(|place| !unknown(&header[*place])).collect();
            let both = header.iter().position(|name| name == "both").unwrap();
            let one = header.iter().position(|name| name == "one").unwrap();
            let records = reader.records().map(Result::unwrap);
            // A month in which nobody gave a position has no row in labels.
            let taken = records.filter(|row| &row[both] != "0" || &row[one] != "0");
            taken.map(|row| kept.iter().map(|place| row[*place].to_owned()).collect()).collect::<Vec<Vec<String>>>()
        };
        let whole = agree(&[]);
        assert!(whole.len() > 3, "{}", whole.len());
        for file in ["l.csv", "l.parquet"] {
            fine(workdir.run(&["label", statements.to_str().unwrap(), "--corpus", corpus, "-o", file]));
            assert_eq!(agree(&["--labels", file]), whole, "{file}");
        }
        let told = fine(workdir.run(&["agree", "--corpus", corpus, "--labels", "l.csv"])).stdout;
        assert!(told.contains("Which position?") && !told.contains("Is there a position?"), "{told}");
        assert!(told.replace('\n', " ").contains("can be told from the corpus alone"), "{told}");
    }
}

#[test]
fn what_is_wrong_with_the_answers_of_coders_is_told_by_place() {
    let workdir = corpus();
    let agree = |text: &str, told: &[&str]| {
        workdir.write("l.csv", text);
        let run = workdir.run(&["agree", "--corpus", "c", "--labels", "l.csv"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        for told in told {
            assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
        }
    };
    let header = "statement_id,date,speaker,issue,position,origin,rule_id,rule_position,text,hand_labels\n";
    let row = |id: &str, issue: &str, text: &str, hands: &str| {
        format!("{id},2025-02-03,Ann,{issue},2,hand,,,{text},{hands}\n")
    };
    let of = |rows: &[String]| header.to_owned() + &rows.concat();
    agree(header, &["l.csv has no labels by hand"]);
    agree(
        "statement_id,speaker,date,issue,position\na,Ann,2025-02-03,tram,2\n",
        &["the column `hand_labels` is missing"],
    );
    agree("speaker,issue,day,position,n\nAnn,tram,2025-02-03,2,3\n", &["no labels of coders", "stance label"]);
    agree(&of(&[row("a", "tram", "Yes", "me +7; ann none")]), &["l.csv:2", "`+7` of me is not a level of `tram`"]);
    agree(&of(&[row("a", "tram", "Yes", "x/../me +2")]), &["`x/../me` is not the name of a coder"]);
    agree(&of(&[row("a", "tram", "Yes", "me")]), &["`me` has no answer of a coder"]);
    agree(&of(&[row("a", "pensions", "Yes", "me +2")]), &["there is no issue `pensions`"]);
    let twice = [row("a", "tram", "Yes", "me +2"), row("a", "tram", "No", "me +2")];
    agree(&of(&twice), &["`a` has other words"]);
    let same = [row("a", "tram", "Yes", "me +2"), row("a", "tram", "Yes", "me +2")];
    agree(&of(&same), &["`a` has a second label on `tram`"]);
}
