"""What sealing costs beside bare AES-256-GCM of the OpenSSL of the system. Run: python -m bench.seal

Prints MiB/s of sealing and opening together, for a page and for a large document, and their ratio. Bare is what
`openssl speed` says of blocks of the same size: one call each, without chunks, context, commitment or fresh memory.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

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


def bare(openssl: str, size: int, *direction: str) -> float:
    """Bytes a second of AES-256-GCM in blocks of `size` bytes."""
    asked = (
        openssl,
        "speed",
        "-elapsed",
        "-mr",
        *direction,
        "-evp",
        "aes-256-gcm",
        "-bytes",
        str(size),
        "-seconds",
        "1",
    )
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout  # noqa: S603 - fixed but for a number
    return float(said.rpartition(":")[2])


def seconds(work: Callable[[], None]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    openssl = shutil.which("openssl")
    if openssl is None:
        sys.exit("openssl is not installed: there is nothing to compare with")
    data_key = DataKey.generate()
    print(f"{'MiB':>6} {'vault MiB/s':>12} {'AES-GCM MiB/s':>14} {'ratio':>6}   (seal + open, median)")
    for size, rounds in SIZES:
        plain = os.urandom(int(size * MIB))
        times = [seconds(lambda: through_the_vault(data_key, plain)) for _ in range(rounds + 1)][1:]  # noqa: B023
        ours = 2 * size / statistics.median(times)
        both = 1 / bare(openssl, len(plain)) + 1 / bare(openssl, len(plain), "-decrypt")
        theirs = 2 / both / MIB
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
