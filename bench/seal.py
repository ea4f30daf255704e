"""What sealing costs beside bare AES-256-GCM of the same library. Run: python -m bench.seal

Prints MiB/s of sealing and opening together, for a page and for a large document, and their ratio. The two
take turns within a run, so a busy machine slows both alike.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.vault.api_key import ApiKey
from service.vault.caller_key import caller_key_id, public_half, unwrap_as_caller, wrap_to_caller
from service.vault.context import Context, Kind
from service.vault.envelope import DataKey, open_sealed, seal
from service.vault.service_key import wrap_info

MIB = 1024 * 1024
CONTEXT = Context(Kind.INPUT, "tenant", "principal", "job", datetime(2026, 3, 1, tzinfo=UTC))
SIZES = ((0.1, 200), (8.0, 15), (64.0, 5))


def through_the_vault(key: DataKey, plain: bytes) -> None:
    """Seal and open."""
    assert len(open_sealed(key, CONTEXT, seal(key, bytes(16), CONTEXT, plain).data)) == len(plain)


def bare(key: AESGCM, plain: bytes) -> None:
    """Encrypt and decrypt in one call each, without chunks, context or commitment."""
    nonce = os.urandom(12)
    assert len(key.decrypt(nonce, key.encrypt(nonce, plain, None), None)) == len(plain)


def seconds(work: Callable[[], None]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    data_key, aes = DataKey.generate(), AESGCM(os.urandom(32))
    print(f"{'MiB':>6} {'vault MiB/s':>12} {'AES-GCM MiB/s':>14} {'ratio':>6}   (seal + open, median)")
    for size, rounds in SIZES:
        plain = os.urandom(int(size * MIB))
        pairs = [
            (seconds(lambda: through_the_vault(data_key, plain)), seconds(lambda: bare(aes, plain)))  # noqa: B023
            for _ in range(rounds + 1)
        ][1:]
        ours, theirs = (2 * size / statistics.median(times) for times in zip(*pairs, strict=True))
        print(f"{size:>6} {ours:>12.0f} {theirs:>14.0f} {ours / theirs:>6.2f}")
    api_key = ApiKey.generate()
    public = public_half(api_key, "job")
    info = wrap_info(CONTEXT, caller_key_id(public))
    wrapped = wrap_to_caller(public, data_key, info)
    for name, work in (
        ("derive the caller's pair", lambda: public_half(api_key, "job")),
        ("wrap a data key", lambda: wrap_to_caller(public, data_key, info)),
        ("unwrap it as the caller", lambda: unwrap_as_caller(api_key, "job", wrapped, info)),
    ):
        times = [seconds(lambda: work()) for _ in range(200)]  # type: ignore[func-returns-value]  # noqa: B023
        print(f"{1000 * statistics.median(times):>6.2f} ms to {name}")


if __name__ == "__main__":
    main()
