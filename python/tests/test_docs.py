"""What the pages show is what the package prints, and what R prints. `SNAPSHOTS=overwrite pytest` writes it there."""

import contextlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT

DOCS = ROOT / "docs"
OVERWRITE = os.environ.get("SNAPSHOTS") == "overwrite"


def without_comments(block: str) -> list[tuple[str, str]]:
    """The inputs of a block of Python, each with what is shown below it."""
    parts: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith(">>> "):
            parts.append((line, ""))
        elif line.startswith("..."):
            source, shown = parts[-1]
            parts[-1] = (source + line, shown)
        else:
            source, shown = parts[-1]
            parts[-1] = (source, shown + line)
    return parts


def printed(source: str, names: dict[str, Any]) -> str:
    """What an input prints, as the prompt of Python does."""
    code = "".join(line[4:] or "\n" for line in source.splitlines(keepends=True))
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(code, "docs", "single"), names)
        except Exception as error:
            module = type(error).__module__
            name = type(error).__name__ if module == "builtins" else f"{module}.{type(error).__name__}"
            print(f"{name}: {error}")
    return out.getvalue()


def replay(page: str, block: str, again: Callable[[re.Match[str]], str]) -> None:
    """Replaces every match of a block by what it gives, and compares."""
    path = DOCS / page
    text = path.read_text(encoding="utf-8")
    new, count = re.subn(block, again, text, flags=re.DOTALL | re.MULTILINE)
    assert count > 0, f"{page} has no such block"
    if OVERWRITE:
        path.write_text(new, encoding="utf-8")
    assert new == text or OVERWRITE


def test_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}

    def again(match: re.Match[str]) -> str:
        parts = [(source, printed(source, names)) for source, _ in without_comments(match[1])]
        return "```pycon\n" + "".join(source + out for source, out in parts) + "```"

    replay("python.md", r"^```pycon\n(.*?)^```", again)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r(tmp_path: pathlib.Path) -> None:
    text = (DOCS / "r.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```r\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    # All blocks are one session. A mark is printed between them.
    script = tmp_path / "page.R"
    begin = "options(width = 100)\n"
    script.write_text(begin + 'cat("\\x01")\n'.join(f"withAutoprint({{\n{block}}}, echo = FALSE)\n" for block in blocks))
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["Rscript", "--vanilla", str(script)],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    outs = iter(done.stdout.split("\x01"))

    def again(match: re.Match[str]) -> str:
        return f"{match[1]}```text\n{next(outs)}```"

    replay("r.md", r"(^```r\n.*?^```\n\n)```text\n.*?^```", again)


def test_the_page_on_spark_names_what_is_there() -> None:
    text = (DOCS / "spark.md").read_text(encoding="utf-8")
    example = (ROOT / "python/examples/spark.py").read_text(encoding="utf-8")
    for option in set(re.findall(r" (--[a-z-]+)", text)):
        assert f'"{option}"' in example, option
    for setting in ("spark.archives", "spark.executorEnv.PYTHONPATH", "stance_wheel"):
        assert setting in text
        assert setting in example
    message = re.search(r"^this worker .*", text, flags=re.MULTILINE)
    assert message is not None
    assert f'"{message[0]}"' in example
    for name in re.findall(r"\(\.\./(python/examples/\w+\.py)\)", text):
        assert (ROOT / name).is_file(), name
