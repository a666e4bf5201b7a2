"""The package and the command line say the same."""

import csv
import io
import pathlib

import pyarrow as pa
import pytest
from conftest import CORPUS, command

import stance


def test_labels_are_those_of_the_command_line_row_by_row(rules: stance.Rules, statements: pa.Table) -> None:
    labels = pa.table(rules.label(statements, keep=["id"])).to_pylist()
    ours = {(row["id"], row["issue"]): row for row in labels}
    printed = command("label", "--corpus", str(CORPUS), "--all")
    assert printed.returncode == 0, printed.stderr
    theirs = [row for row in csv.DictReader(io.StringIO(printed.stdout)) if row["rule_id"]]
    # The command line has a row also where only coders gave a label.
    assert {(row["statement_id"], row["issue"]) for row in theirs} <= set(ours)
    assert len(theirs) > 300
    for row in theirs:
        own = ours.pop((row["statement_id"], row["issue"]))
        position = "" if own["position"] is None else str(own["position"])
        assert position == row["rule_position"], row["statement_id"]
        for name in ("rule_id", "evidence", "evidence_start", "evidence_end", "speaker"):
            assert str(own[name]) == row[name], (row["statement_id"], name)
        assert (own["contexts"] or "") == row["contexts"]
        assert str(own["date"]) == row["date"]
    # What is left are labels of rules where coders found that the statement takes none.
    assert all(row["position"] is not None for row in ours.values())


def test_agreement_is_that_of_the_command_line(hands: pa.Table, rules: stance.Rules) -> None:
    agreement = stance.agree(hands, rules)
    ours = {row["issue"]: row for row in pa.table(agreement).to_pylist()}
    printed = command("agree", "--corpus", str(CORPUS), "--between", "coders", "--format", "csv")
    assert printed.returncode == 0, printed.stderr
    theirs = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert [row["issue"] for row in theirs] == list(ours)
    for row in theirs:
        for name, cell in ours[row["issue"]].items():
            assert str(cell) == row[name], (row["issue"], name)


def test_agreement_without_a_codebook(hands: pa.Table) -> None:
    agreement = stance.agree(hands)
    assert {row["issue"] for row in pa.table(agreement).to_pylist()} == {"aid", "sanctions", "territory"}
    assert "Krippendorff's, ordinal" in str(agreement)
    by_month = pa.table(stance.agree(hands, by="month"))
    assert "2025-03" in by_month["group"].to_pylist()


def test_a_chart_is_that_of_the_command_line(
    rules: stance.Rules, statements: pa.Table, tmp_path: pathlib.Path
) -> None:
    drawn = command("chart", "speakers", "--corpus", str(CORPUS), "--out", str(tmp_path), "--theme", "dark")
    assert drawn.returncode == 0, drawn.stderr
    picture = stance.chart(CORPUS, kind="speakers", theme="dark")
    assert picture.name == "speakers"
    assert picture.svg == (tmp_path / "speakers.svg").read_text(encoding="utf-8")
    assert picture.png == (tmp_path / "speakers.png").read_bytes()
    assert picture._repr_svg_() == picture.svg
    assert picture._repr_png_().startswith(b"\x89PNG")


def test_a_chart_of_a_table(rules: stance.Rules, statements: pa.Table, hands: pa.Table) -> None:
    picture = stance.chart(statements, rules, speaker="Donald Trump", issue=["territory", "aid"])
    assert picture.name == "timeline-donald-trump_on_territory__aid"
    assert "<svg" in picture.svg
    by_hand = stance.chart(statements, rules, labels=hands, speaker="Donald Trump", issue=["territory", "aid"])
    assert by_hand.svg != picture.svg


def test_explanations_are_those_of_the_command_line(rules: stance.Rules) -> None:
    text = "We will impose very severe tariffs on Russia if there is no deal."
    printed = command("explain", "--corpus", str(CORPUS), "--text", text)
    assert printed.returncode == 0, printed.stderr
    assert rules.explain(text) == printed.stdout.split("\n", 1)[1]
    asked = rules.explain("Yes, I am.", context="Are you for sanctions on Russia?")
    assert "sanctions" in asked


def test_the_command_is_there() -> None:
    assert command("--version").stdout.startswith(f"stance {stance.__version__} (build ")
    assert "Usage: stance" in command("--help").stdout
    wrong = command("chrat")
    assert wrong.returncode == 2
    assert "chart" in wrong.stderr


def test_the_command_fails_as_the_program_does(tmp_path: pathlib.Path) -> None:
    failed = command("shifts", "--corpus", str(tmp_path))
    assert failed.returncode == 2
    with pytest.raises(stance.Error) as caught:
        stance.chart(tmp_path)
    assert f"stance: {caught.value}\n" == failed.stderr
