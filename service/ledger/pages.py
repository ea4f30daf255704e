"""The form of the ledger.

Pages are numbered from 1. A page names the hash of the page before, so none can be changed or taken out of
the middle; the head, which is signed and published, names the last one, so that a cut tail shows to
everybody who kept an earlier head. Hashes are SHA-256 in hex: of a page over its JSON as it was written, of
a receipt over its compact JWS. Both forms are for good; a change raises `format`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

import msgspec

from service.vault.signing import BadSignature, JwkSet, verified

HEAD_TYPE: Final = "ephemera-ledger-head+jws"
HEAD_NAME: Final = "head"
BEFORE_THE_FIRST: Final = "0" * 64
"""What the first page names as the page before."""


class Entry(msgspec.Struct, frozen=True):
    """A receipt in a page: the name of its object and the hash of its compact JWS."""

    receipt: str
    sha256: str


class Page(msgspec.Struct, kw_only=True, frozen=True):
    """The receipts of one sweep."""

    format: int = 1
    sequence: int
    previous: str
    folded: datetime
    entries: tuple[Entry, ...]


class Head(msgspec.Struct, kw_only=True, frozen=True):
    """The last page: its number, its hash, when it was written."""

    format: int = 1
    sequence: int
    page: str
    folded: datetime


def page_name(sequence: int) -> str:
    """The name of a page; names sort as numbers do."""
    return f"page-{sequence:010}"


def digest(data: bytes) -> str:
    """The hash of a page or a receipt."""
    return hashlib.sha256(data).hexdigest()


def read_head(untrusted_token: str, keys: JwkSet) -> Head:
    """The head in a compact JWS; raises BadSignature."""
    try:
        return msgspec.json.decode(verified(untrusted_token, HEAD_TYPE, keys), type=Head)
    except msgspec.MsgspecError:
        raise BadSignature from None
