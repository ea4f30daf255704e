"""`service.vault.envelope`: stored bytes open to exactly what was sealed, or raise TamperedError.

`recognize` gives back the bytes it was given, or raises the same.
"""

from __future__ import annotations

from contextlib import suppress

from service.vault.context import RecordContext
from service.vault.envelope import DataKey, TamperedError, open_sealed, recognize, seal

_KEY = DataKey(bytes(range(32)))
_CONTEXT = RecordContext("fuzz")
_PLAINTEXTS = frozenset({b"", b"a document", b"x" * 16 * 1024, b"x" * 40_000})

SEEDS = tuple(seal(_KEY, bytes(16), _CONTEXT, plaintext).data for plaintext in sorted(_PLAINTEXTS))


def check(data: bytes) -> None:
    """Hold one input to the contract."""
    with suppress(TamperedError):
        assert recognize(data).data == data
    with suppress(TamperedError):
        assert open_sealed(_KEY, _CONTEXT, data) in _PLAINTEXTS
