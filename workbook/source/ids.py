"""Identities made of what they stand for, so that the same source gives the same ones."""

import base64
import hashlib
import json
from collections.abc import Iterable

IDENTITY = ("ref", "heading", "action")


def new_row_id(said: str, taken: Iterable[str]) -> str:
    """An identity made of what a row says, so that the same source gives the same ids in any order of rows."""
    taken = set(taken)
    copy = 0
    while (row_id := "r" + _digest(f"{said}|{copy}" if copy else said)) in taken:
        copy += 1
    return row_id


def identity(*said: object) -> str:
    """What an action says that its row id is made of: the `IDENTITY` fields."""
    return json.dumps([str(each or "") for each in said], ensure_ascii=False)


def digest_id(mark: str, *parts: object) -> str:
    """A short id made of what it stands for."""
    return mark + _digest("|".join(map(str, parts)))


def _digest(text: str) -> str:
    # Letters and the digits 2-7: nothing that a spreadsheet takes for a number or a date.
    return base64.b32encode(hashlib.sha256(text.encode()).digest())[:10].decode().lower()
