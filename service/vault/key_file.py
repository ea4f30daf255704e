"""One key file: a line of its type with a version, a space, and the bytes in hex; another form gets another version."""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path


class UnusableKeyFile(Exception):
    """A key file is malformed or open to others; the message names the file and the reason, never content."""


@dataclass(frozen=True)
class Form:
    """What a key file must be: its type with a version, and its length in bytes."""

    label: str
    length: int
    secret: bool = True


RECORD = Form("ephemera-record-key-1", 32)
NAMES = Form("ephemera-names-key-1", 32)
PEPPER = Form("ephemera-api-pepper-1", 32)
SERVICE_PRIVATE = Form("ephemera-service-private-1", 96)
SERVICE_PUBLIC = Form("ephemera-service-public-1", 1216, secret=False)
RECEIPTS = Form("ephemera-receipts-private-1", 32)


def create(path: Path, form: Form, content: bytes) -> None:
    """Write a key file whole and only when it is absent; of two processes at once, the first one wins."""
    draft = _draft(path, form, content)
    try:
        # A link, unlike a rename, does not replace a file that came first.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def replace(path: Path, form: Form, content: bytes) -> None:
    """Write a key file whole over the one that is there."""
    _draft(path, form, content).replace(path)


def _draft(path: Path, form: Form, content: bytes) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{form.label} {content.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    return draft


def read(path: Path, form: Form) -> bytes:
    """The bytes in a key file; raises UnusableKeyFile, and FileNotFoundError when there is none."""
    with path.open("rb") as file:
        open_to_others = stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077
        if form.secret and open_to_others:
            raise UnusableKeyFile(f"{path.name} can be read or written by others; its mode must be 0600")
        if open_to_others & 0o022:
            # Whoever puts a half of their own in its place can open what is sealed to it.
            raise UnusableKeyFile(f"{path.name} can be written by others; its mode must be 0600 or 0644")
        line = file.read(len(form.label) + 2 * form.length + 3)
    try:
        found, _, digits = line.decode("ascii").rstrip("\n").partition(" ")
        content = bytes.fromhex(digits)
    except ValueError:
        raise UnusableKeyFile(f"{path.name} is not a line of {form.label} and hex digits") from None
    if found != form.label or len(content) != form.length:
        raise UnusableKeyFile(f"{path.name} is not a line of {form.label} and {2 * form.length} hex digits")
    return content
