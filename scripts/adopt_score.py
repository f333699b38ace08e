"""Say how well `workbook adopt` reads the spreadsheets of the corpus in tests/adopted; `-v` says what it misses.

.venv/bin/python scripts/adopt_score.py [-v] [--write FOLDER] [NAME ...]
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.adopted import CASES
from tests.adopted.case import Case
from tests.adopted.score import TALLIES, Score, score
from workbook import verbs


def main() -> None:
    """Judge the cases, and print a line for each and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="say what is missed, and what is wrong")
    parser.add_argument("names", nargs="*", help="cases; all if none is named")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the spreadsheets there, to look at them")
    options = parser.parse_args()
    cases = [case for case in CASES if not options.names or case.name in options.names]
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        for case in cases:
            case.write(options.write / f"{case.name}.xlsx")
    total = Score()
    _line("", TALLIES)
    for case in cases:
        judged = _judged(case)
        _line(case.name, [str(getattr(judged, name)) for name in TALLIES])
        for sentence in judged.missed if options.verbose else ():
            print("    " + sentence)
        total += judged
    _line(f"{len(cases)} cases", [str(getattr(total, name)) for name in TALLIES])


def _judged(case: Case) -> Score:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{case.name}.xlsx"
        case.write(path)
        try:
            found = _found(path)
        except Exception as error:  # noqa: BLE001  # whatever breaks on one file must not hide the others
            return score(case, {"sheets": []}) + Score(missed=(f"broke: {error!r}",))
    return score(case, found)


def _found(path: Path) -> Any:
    """The document as whoever calls the command gets it."""
    return json.loads(json.dumps(verbs.adopt(path).to_json()))


def _line(name: str, cells: tuple[str, ...] | list[str]) -> None:
    print(f"{name:28}" + "".join(f"{cell:>13}" for cell in cells))


if __name__ == "__main__":
    main()
