"""Workbooks that are locked: with a password, which is tried, or by a rights label, which only its owner takes off."""

import io

from workbook.errors import ReadError

_OLE = b"\xd0\xcf\x11\xe0"
_NO_LABEL = "Ask for a copy that is saved without the label."
_OPENABLE = "Give the password with --password, or ask for a copy that is saved without one."
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_RIGHTS = tuple(name.encode("utf-16-le") for name in ("DRMEncryptedTransform", "DRMEncryptedDataSpace", "DRMContent"))


def is_encrypted(data: bytes) -> bool:
    """Whether the file holds a workbook that is locked."""
    if not data.startswith(_OLE):
        return False
    return _PACKAGE in data or any(name in data for name in _RIGHTS) or _is_old_and_locked(data)


def _is_old_and_locked(data: bytes) -> bool:
    """Whether it is a workbook of before 2007 that is locked, which only its records say."""
    import msoffcrypto  # noqa: PLC0415  # slow to import, and seldom needed

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:  # noqa: BLE001  # it is damaged, or another kind of document, which is told when it is read
        return False


def decrypted(data: bytes, password: str | None) -> bytes:
    """The workbook inside; ReadError when there is no password, or it is not the right one."""
    if any(name in data for name in _RIGHTS):
        raise ReadError(
            "a sensitivity label or rights management locks it to certain people.",
            code="FILE_ENCRYPTED",
            remedy=_NO_LABEL,
        )
    if password is None:
        raise ReadError("a password is needed to open it.", code="FILE_ENCRYPTED", remedy=_OPENABLE)
    import msoffcrypto  # noqa: PLC0415  # slow to import, and seldom needed
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # noqa: PLC0415

    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password)
        file.decrypt(opened)
    except (InvalidKeyError, DecryptionError) as error:
        why = "the password that was given does not open it."
        raise ReadError(why, code="FILE_ENCRYPTED", remedy=_OPENABLE) from error
    return opened.getvalue()
