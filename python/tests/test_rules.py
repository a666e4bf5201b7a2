"""Rules are made, refused, shipped and stopped."""

import concurrent.futures
import multiprocessing
import os
import pathlib
import pickle
import signal
import threading
import time
from typing import Any

import pyarrow as pa
import pytest
from conftest import CODEBOOK, CORPUS, ROOT, RULES

import stance


def test_rules_describe_themselves(rules: stance.Rules, tram: stance.Rules) -> None:
    assert rules.issues == ["territory", "sanctions", "aid"]
    assert tram.levels("tram") == {-1: "Against", 0: "Open", 1: "For"}
    assert repr(tram) == f"<stance.Rules {tram.fingerprint}: 4 rules, on tram>"
    assert len(tram.fingerprint) == 8
    with pytest.raises(stance.Error) as caught:
        tram.levels("trma")
    assert str(caught.value) == "there is no issue `trma`\n  hint: the codebook has: tram"


def test_rules_of_text_are_those_of_files(rules: stance.Rules) -> None:
    texts = [(CORPUS / name).read_text(encoding="utf-8") for name in ("rules.toml", "codebook.toml")]
    assert stance.Rules.from_text(*texts).fingerprint == rules.fingerprint


def test_a_folder_that_is_no_corpus(tmp_path: pathlib.Path) -> None:
    with pytest.raises(stance.Error) as caught:
        stance.Rules(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path} is not a corpus: it has no codebook.toml\n"
        "  hint: name the folder of a corpus, or create one with `stance init DIR`"
    )
    assert caught.value.problems == []


def test_all_faults_are_reported_with_their_places() -> None:
    bad = RULES.replace('issue = "tram"', 'issue = "trma"', 1).replace("position = -1", "position = 7", 1)
    with pytest.raises(stance.Error) as caught:
        stance.Rules.from_text(bad, CODEBOOK)
    first, second = caught.value.problems
    assert (first["path"], first["line"]) == ("rules.toml", 4)
    assert "trma" in first["what"]
    assert "tram" in first["hint"]
    assert second["line"] == 12
    assert str(caught.value).startswith("rules.toml:4:")


def test_rules_that_fail_their_tests_are_refused() -> None:
    bad = RULES.replace("We will build the tram.", "We will build the bridge.")
    with pytest.raises(stance.Error) as caught:
        stance.Rules.from_text(bad, CODEBOOK)
    assert "does not match its test `We will build the bridge.`" in str(caught.value)


def test_pickled_rules_are_the_same(rules: stance.Rules, few: pa.Table) -> None:
    again = pickle.loads(pickle.dumps(rules))
    assert again == rules
    assert hash(again) == hash(rules)
    assert pa.table(again.label(few)).equals(pa.table(rules.label(few)))


def test_the_number_of_threads_changes_nothing(rules: stance.Rules, few: pa.Table) -> None:
    table = pa.concat_tables([few] * 80)
    wanted = pa.table(rules.label(table, threads=1)).combine_chunks()
    for threads in (2, 5, None):
        assert pa.table(rules.label(table, threads=threads)).combine_chunks().equals(wanted)
    with pytest.raises(stance.Error, match="0 threads"):
        rules.label(table, threads=0)


def test_threads_of_python_label_at_once(rules: stance.Rules, few: pa.Table) -> None:
    wanted = pa.table(rules.label(few))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for labels in pool.map(lambda _: pa.table(rules.label(few)), range(8)):
            assert labels.equals(wanted)


def test_the_lock_is_released(rules: stance.Rules, few: pa.Table) -> None:
    table = pa.concat_tables([few] * 200)
    ticks = 0
    done = threading.Event()

    def work() -> None:
        rules.label(table)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.wait(0.001):
        ticks += 1
    thread.join()
    # If the lock were held, this thread could not have looked meanwhile.
    assert ticks > 5


def _in_child(rules: stance.Rules, table: pa.Table, queue: "multiprocessing.Queue[int]") -> None:
    queue.put(len(rules.label(table)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_labels_too(rules: stance.Rules, few: pa.Table) -> None:
    # The parent has threads now, which a fork does not take along.
    wanted = len(rules.label(few))
    for way in ("fork", "spawn"):
        context: Any = multiprocessing.get_context(way)
        queue: multiprocessing.Queue[int] = context.Queue()
        child = context.Process(target=_in_child, args=(rules, few, queue))
        child.start()
        try:
            assert queue.get(timeout=60) == wanted, way
        finally:
            child.join(10)
            child.kill()
    # The parent still works.
    assert len(rules.label(few)) == wanted


def test_ctrl_c_ends_the_work(rules: stance.Rules, few: pa.Table) -> None:
    # A shell that starts this in the background has it ignore the signal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    table = pa.concat_tables([few] * 40_000)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    begin = time.monotonic()
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        rules.label(table)
    assert time.monotonic() - begin < 5
    # And the threads are there for the next call.
    assert len(rules.label(few)) > 0


def test_explain_needs_a_date_if_rules_have_one(tram: stance.Rules) -> None:
    with pytest.raises(stance.Error, match="there is no date for the text"):
        tram.explain("It is not decided.")
    said = tram.explain("It is not decided.", date="2024-03-05")
    assert "tram: 0 Open by rules" in said
    with pytest.raises(stance.Error) as caught:
        tram.explain("It is not decided.", date="March")
    assert "row 0" in str(caught.value)


def test_the_package_has_no_dependency() -> None:
    import importlib.metadata

    assert importlib.metadata.requires("stance") is None
    assert (ROOT / "pyproject.toml").is_file()
