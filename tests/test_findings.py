import ast
from pathlib import Path
from string import Formatter

import pytest

import workbook
from workbook.findings import CATALOGUE, SEVERITIES, Code, Finding, Where, count, finding, grouped, in_file
from workbook.months import Month

HERE = Where(
    file="PS-2009-09.xlsx",
    sheet="CP1",
    cell="P14",
    ref="1.1.1",
    row_id="rabc",
    field="note",
    month=Month(2009, 9),
)


def blanks(code: Code) -> set[str]:
    """The words that a code's sentences are filled in with."""
    return {word for text in (code.message, code.remedy) for _, word, _, _ in Formatter().parse(text) if word}


@pytest.mark.parametrize("code", CATALOGUE)
def test_each_code_says_what_is_wrong_and_what_to_do_in_whole_sentences(code: str) -> None:
    entry = CATALOGUE[code]
    found = finding(code, HERE, **dict.fromkeys(blanks(entry) - {"ref", "month", "row_id"}, "…"))
    assert entry.severity in SEVERITIES
    assert found.message.endswith((".", ":", "…"))
    assert found.remedy.endswith((".", "…"))
    assert not {"{", "}"} & {*found.message, *found.remedy}
    assert "None" not in found.message + found.remedy
    assert code == code.upper()


def test_every_code_in_the_catalogue_can_be_found_and_every_code_found_is_in_it() -> None:
    source = Path(workbook.__file__).parent
    paths = [path for path in source.rglob("*.py") if path.name != "findings.py"]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
    named = [call for call in calls if ast.unparse(call.func).rpartition(".")[2] in ("finding", "find")]
    found = {call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)}
    assert sorted(CATALOGUE.keys() - texts) == []
    assert sorted(code for code in map(str, found) if code.isupper() and code not in CATALOGUE) == []
    assert len(found) > 30


def test_a_finding_is_filled_in_and_stands_at_its_place() -> None:
    found = finding("NOT_REPORTED", HERE)
    assert found.message == "1.1.1 is programmed for September 2009 and nothing is reported."
    assert found.remedy == "Pick a letter for September 2009."
    assert (found.severity, found.place, found.file, found.ref) == ("error", "CP1!P14", "PS-2009-09.xlsx", "1.1.1")


def test_a_finding_on_an_action_without_a_ref_says_so() -> None:
    found = finding("NOT_REPORTED", Where(sheet="HR&OD1", cell="P14", month=Month(2009, 9)))
    assert found.message == "An action without a ref is programmed for September 2009 and nothing is reported."
    assert found.place == "'HR&OD1'!P14"
    assert found.ref is None


def test_what_a_file_says_cannot_break_the_sentence() -> None:
    found = finding("STATUS_UNKNOWN", HERE, text="{oops} {0} %s", letters="G, A")
    assert found.message == "“{oops} {0} %s” was typed for September 2009 of 1.1.1, and is no status."


def test_a_code_that_is_not_in_the_catalogue_and_a_word_that_was_forgotten_are_mistakes_of_ours() -> None:
    with pytest.raises(KeyError):
        finding("NO_SUCH_CODE")
    with pytest.raises(KeyError):
        finding("STATUS_UNKNOWN", HERE)


def test_a_finding_is_printed_as_the_contract_says() -> None:
    assert finding("NOT_REPORTED", HERE).to_json() == {
        "code": "NOT_REPORTED",
        "severity": "error",
        "message": "1.1.1 is programmed for September 2009 and nothing is reported.",
        "remedy": "Pick a letter for September 2009.",
        "file": "PS-2009-09.xlsx",
        "sheet": "CP1",
        "cell": "P14",
        "ref": "1.1.1",
        "row_id": "rabc",
        "field": "note",
        "month": "2009-09",
    }
    assert finding("STYLES_LOST").to_json()["month"] is None


def at(code: str, cell: str, file: str = "a.xlsx") -> Finding:
    return finding(
        code, Where(file=file, sheet="CP1", cell=cell, ref="1.1", month=Month(2009, 9)), text="x", letters="G"
    )


def test_findings_that_say_the_same_are_grouped_and_the_worst_come_first() -> None:
    lost, first, again = finding("DROPDOWNS_LOST"), at("NOT_REPORTED", "A1"), at("NOT_REPORTED", "A2")
    asked, typed = finding("STYLES_LOST"), at("STATUS_UNKNOWN", "A3")
    elsewhere = at("NOT_REPORTED", "A1", file="b.xlsx")
    assert grouped([lost, asked, first, typed, again, elsewhere]) == [
        (first, [first, again]),
        (typed, [typed]),
        (elsewhere, [elsewhere]),
        (asked, [asked]),
        (lost, [lost]),
    ]


def test_findings_are_counted_by_severity_and_put_into_their_file() -> None:
    found = [finding("STYLES_LOST"), finding("DROPDOWNS_LOST"), finding("NOT_REPORTED", HERE)]
    assert [count(found, severity) for severity in SEVERITIES] == [1, 1, 1]
    assert [each.file for each in in_file("b.xlsx", found)] == ["b.xlsx"] * 3
    assert in_file("b.xlsx", found)[2].place == "CP1!P14"


def test_a_ref_in_small_letters_is_said_as_it_is_written() -> None:
    assert finding("NOT_REPORTED", Where(ref="a12", month=Month(2009, 9))).message.startswith("a12 is programmed")
