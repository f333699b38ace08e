"""The JSON Schema of layout files, for editors that check and complete what is typed."""

from typing import Any

from workbook.layout.loading import adapter
from workbook.layout.pieces import COLUMN_FIELDS, MONTHS, SHOWN, STATUS
from workbook.palette import STANDARD
from workbook.plan import HEADING_FIELDS

_ABOUT = (
    "A layout: the form of a plan's workbook. docs/layouts.md teaches writing one; `workbook layouts --check FILE` "
    "judges it."
)


def schema() -> dict[str, Any]:
    """The schema of a layout file: the classes of `form`, as they are written in TOML."""
    found = adapter().json_schema()
    kinds = found["$defs"]
    # A file that extends another one leaves out what that one says; a status that is a standard one, likewise.
    found["required"] = ["name"]
    found["properties"]["extends"] = {
        "type": "string",
        "description": "The name of the layout that this file starts from: one beside it, or one that is shipped.",
    }
    kinds["Status"]["required"] = ["key"]
    found["properties"]["statuses"]["items"] = {
        "anyOf": [{"enum": [*STANDARD], "type": "string"}, {"$ref": "#/$defs/Status"}]
    }
    # The layout's own fields come beside these, so they are offered and not insisted on.
    kinds["Column"]["properties"]["field"]["examples"] = [*COLUMN_FIELDS, MONTHS, STATUS, *SHOWN]
    for kind in ("BlockColumn", "Fact"):
        kinds[kind]["properties"]["field"]["examples"] = [*HEADING_FIELDS]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **found,
        "title": "Layout",
        "description": _ABOUT,
    }
