"""The kinds of damage: each a small function on a desk, with the sentence that the table says of it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.damage.desk import Desk
from tests.office import months
from workbook.layout import Layout

Damage = Callable[[Desk], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of damage.

    `form` is the only form in which it can be done, `whole` is True of what happens to the file as a whole, so that
    no other program opens it and nothing is combined with it. `only` is the one program that can do it, `not_by` those
    that show the officer something else already when they open the file, or never finish with it.
    """

    name: str
    sentence: str
    topic: str
    damage: Damage
    form: str = ""
    whole: bool = False
    only: str = ""
    not_by: tuple[str, ...] = ()

    def fits(self, layout: Layout) -> bool:
        """Whether it can be done in a form."""
        return self.form in ("", layout.bands)


KINDS: dict[str, Kind] = {}


def kind(
    topic: str, sentence: str, *, form: str = "", whole: bool = False, only: str = "", not_by: tuple[str, ...] = ()
) -> Callable[[Damage], Damage]:
    """Enter a function as a kind of damage, under the function's name."""

    def enter(damage: Damage) -> Damage:
        name = getattr(damage, "__name__", "").strip("_")
        assert name not in KINDS, name
        KINDS[name] = Kind(
            name=name,
            sentence=sentence,
            topic=topic,
            damage=damage,
            form=form,
            whole=whole,
            only=only,
            not_by=not_by,
        )
        return damage

    return enter


def visit(desk: Desk) -> None:
    """What the officer reports in every case, before anything goes wrong: letters, words, paint, notes."""
    jul, sep, octo = (months(name)[0] for name in ("Jul", "Sep", "Oct"))
    row = desk.row_id
    desk.type(row("1.1.1"), sep, "G", "green")
    desk.paint(row("1.1.1"), jul, "FF0000", "red")  # over an issued G: the colour is what has changed
    desk.paint(row("1.1.2"), sep, "FFC000", "amber")
    desk.write(row("1.1.2"), "note", "Late: the designer was ill.\nWe meet on the 9th.")
    desk.type(row("1.1.3"), sep, "red", "red")
    desk.type(row("1.2.1"), sep, "H", "revised")
    desk.type(row("1.2.1"), octo, "H", "revised")
    desk.paint(row("2.1.1"), sep, "FFC000", "amber")
    desk.type(row("2.1.1"), sep, "A", "amber")
    desk.paint(row("2.1.2"), sep, "92D050", "green")
    desk.type(row("2.1.3"), sep, "B", "suspended")
    desk.type(row("2.10"), sep, "g", "green")
    desk.write(row("2.10"), "note", "Ten of them are let.")
