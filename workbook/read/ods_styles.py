"""The cell styles of an OpenDocument spreadsheet: the fills that they give, and the conditions on which they do."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.palette import Fill

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition as it is written, the style it applies, and the cell that it counts from."""

    written: str
    style: str
    base: str


class Styles:
    """The cell styles of a workbook by name: the fills, worked out when asked for, and the conditions."""

    def __init__(self) -> None:
        self.conditions: dict[str, list[Condition]] = {}
        self.hidden: set[str] = set()  # styles of sheets
        self._common: dict[str, str] = {}  # the parent of each
        self._own: dict[str, str] = {}
        self._shown_as: dict[str, str] = {}
        self._backgrounds: dict[tuple[bool, str], str] = {}
        self._fills: dict[tuple[bool, str], Fill | None] = {}
        self._are_common = False
        self._name = self._family = ""

    def begin(self, name: str, said: Said) -> None:
        """A tag begins that may be a style's."""
        if name in ("office:styles", "office:automatic-styles"):
            self._are_common = name == "office:styles"
        elif name in ("style:style", "style:default-style"):
            self._name, self._family = said.get("style:name", ""), said.get("style:family", "")
            if self._family == "table-cell":
                styles = self._common if self._are_common else self._own
                styles[self._name] = said.get("style:parent-style-name", "")
                self._shown_as[said.get("style:display-name", self._name)] = self._name
        elif name == "style:table-cell-properties" and self._family == "table-cell":
            self._backgrounds[self._are_common, self._name] = said.get("fo:background-color", "")
        elif name == "style:table-properties" and said.get("table:display") == "false":
            self.hidden.add(self._name)
        elif name == "style:map" and self._family == "table-cell":
            style, base = said.get("style:apply-style-name", ""), said.get("style:base-cell-address", "")
            condition = Condition(written=said.get("style:condition", ""), style=style, base=base)
            self.conditions.setdefault(self._name, []).append(condition)

    def fill(self, name: str) -> Fill | None:
        """The fill of a style: its own, or else the one of the nearest parent that says any."""
        at = (name not in self._own, name)
        if at in self._fills:
            return self._fills[at]
        passed: dict[tuple[bool, str], None] = {}
        fill = None
        while at not in self._fills and at not in passed:
            passed[at] = None
            common, name = at
            if said := self._backgrounds.get(at):
                fill = _fill(said)
                break
            # The style without a name is the one that all others stand on.
            at = True, (self._common if common else self._own).get(name, "")
        else:
            fill = self._fills.get(at)
        self._fills.update(dict.fromkeys(passed, fill))
        return fill

    def shown(self, name: str) -> Fill | None:
        """The fill of the style that people know by that name."""
        return self.fill(self._shown_as.get(name, name))


def _fill(said: str) -> Fill | None:
    return Fill(rgb=said.removeprefix("#").upper()) if said != "transparent" else None
