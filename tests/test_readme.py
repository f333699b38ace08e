"""What the README shows works: its Python runs, and its commands are commands of the program."""

import re
import shlex

import pytest
import typer

from tests.conftest import ROOT
from workbook.cli import app

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks("python")
    monkeypatch.chdir(ROOT)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102  # our own words
    assert "For the 97 actions highlighted for September 2009" in capsys.readouterr().out


def commands() -> list[list[str]]:
    lines = (line for block in blocks("sh") for line in block.splitlines())
    return [shlex.split(line) for line in lines if line.startswith("workbook ")]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_in_it_is_one_of_the_programs_with_these_options(words: list[str]) -> None:
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has them
    options = {name for param in known[words[1]].params for name in param.opts}
    assert {word for word in words[2:] if word.startswith("-")} <= options


def test_every_command_is_shown() -> None:
    assert {words[1] for words in commands()} | {"demo"} == set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
