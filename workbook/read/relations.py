"""What the parts of an Office Open XML file refer to."""

import posixpath
from collections.abc import Mapping

from workbook.read.archive import Archive
from workbook.read.xml import attribute, children, tree

Relations = Mapping[str, tuple[str, str]]  # id -> (kind, part)


def relations_of(archive: Archive, part: str, home: str) -> Relations:
    """What a part refers to by id; the kind is the last word of the relation's type, alike in both dialects."""
    found = {}
    for each in children(tree(archive, part), "Relationship"):
        if attribute(each, "TargetMode") != "External":
            target = attribute(each, "Target")
            name = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(home), target)
            found[attribute(each, "Id")] = (attribute(each, "Type").rpartition("/")[2], posixpath.normpath(name))
    return found


def of_kind(relations: Relations, kind: str) -> str:
    """The part of that kind, or an empty text."""
    return next((part for its_kind, part in relations.values() if its_kind == kind), "")


def rels_of(part: str) -> str:
    """The part that says what a part refers to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
