"""Makes the frozen vectors. Run from the root of the project: python -m tests.vectors.make

The inputs are fixed, the sealed bytes are not: sealing draws salts and encapsulations at random. So run it
only for a new format, into new files; the files of an old format stay as long as it must be readable.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from service.vault.api_key import ApiKey, ApiKeyHasher
from service.vault.caller_key import caller_key_id, public_half, wrap_to_caller
from service.vault.context import AnyContext, Context, Kind, RecordContext
from service.vault.envelope import DataKey, seal
from service.vault.hybrid import Seed, public_of
from service.vault.record_key import RecordKeyRing, RootKey
from service.vault.service_key import LocalKeyWrapper, wrap_info

HERE = Path(__file__).parent
ACCEPTED = datetime.fromisoformat("2026-03-01T12:30:00.123456+00:00")
JOB = "019ca9a5-d93b-7000-8000-000000000001"
INPUT = Context(Kind.INPUT, "clinic", "0123456789abcdef", JOB, ACCEPTED)
RECORD = RecordContext(f"2026030112/{'0' * 32}/{JOB}/record")
HEADER, PREFIX, CHUNK = 17, 56, 16 * 1024 + 16


def fixed(label: str, length: int) -> bytes:
    """Bytes that look random and are the same each time."""
    return hashlib.shake_256(f"ephemera vectors/{label}".encode()).digest(length)


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def fields(context: AnyContext) -> dict[str, str]:
    """A context as the vectors have it."""
    if isinstance(context, RecordContext):
        return {"name": context.name}
    named = {name: str(getattr(context, name)) for name in ("kind", "tenant", "principal", "job", "part")}
    return {**named, "accepted": context.accepted.isoformat()}


def sealed_vectors() -> list[dict[str, Any]]:
    """Objects that open, and objects that must not."""
    key, key_id = fixed("data key", 32), fixed("key id", 16)
    small = seal(DataKey(key), key_id, INPUT, fixed("small", 20)).data
    large = seal(DataKey(key), key_id, INPUT, fixed("large", 2 * 16 * 1024 + 7)).data
    first = HEADER + PREFIX
    second, third = first + CHUNK, first + 2 * CHUNK
    vectors: list[dict[str, Any]] = []

    def add(
        name: str, stored: bytes, context: AnyContext = INPUT, plain: bytes | None = None, data_key: bytes = key
    ) -> None:
        opens = {"opens": plain is not None, "sha256": hashlib.sha256(plain).hexdigest() if plain is not None else None}
        where = {"data_key": data_key.hex(), "context": fields(context)}
        vectors.append({"name": name, **where, **opens, "object": text(stored)})

    def flipped(data: bytes, position: int) -> bytes:
        return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]

    add("an input of 20 bytes", small, plain=fixed("small", 20))
    add("an input of two chunks and 7 bytes", large, plain=fixed("large", 2 * 16 * 1024 + 7))
    for label, context, length in (
        ("an empty result", replace(INPUT, kind=Kind.RESULT, part="a1"), 0),
        ("a part as long as a chunk", replace(INPUT, kind=Kind.PART, part="0"), 16 * 1024),
        ("a part one byte short of a chunk", replace(INPUT, kind=Kind.PART, part="1"), 16 * 1024 - 1),
        ("a record", RECORD, 300),
        (
            "names beyond ASCII, time before 1970",
            replace(INPUT, tenant="Klinik Süd", accepted=datetime.fromisoformat("1969-12-31T23:59:59.999999+00:00")),
            3,
        ),
    ):
        plain = fixed(label, length)
        add(label, seal(DataKey(key), key_id, context, plain).data, context, plain)

    add("another kind", small, replace(INPUT, kind=Kind.RESULT))
    add("another tenant", small, replace(INPUT, tenant="clinic2"))
    add("another principal", small, replace(INPUT, principal="fedcba9876543210"))
    add("another job", small, replace(INPUT, job=JOB[:-1] + "2"))
    add("another time", small, replace(INPUT, accepted=ACCEPTED + timedelta(microseconds=1)))
    add("another part", small, replace(INPUT, part="0"))
    add(
        "a letter moved from one field to the next",
        small,
        replace(INPUT, tenant="clini", principal="c0123456789abcdef"),
    )
    add("an input as a record", small, RECORD)
    add("another key", small, data_key=fixed("another key", 32))
    add("an unknown format byte", b"\x02" + small[1:])
    add("another key id", flipped(small, 16))
    add("a flipped bit in the salt", flipped(small, HEADER))
    add("a flipped bit in the commitment", flipped(small, HEADER + 24))
    add("a flipped bit in the text", flipped(small, first))
    add("a flipped bit in the last tag", flipped(small, len(small) - 1))
    add("one byte less", small[:-1])
    add("one byte more", small + b"\x00")
    add("nothing at all", b"")
    add("the header alone", small[:HEADER])
    add("chunks swapped", large[:first] + large[second:third] + large[first:second] + large[third:])
    add("cut at the edge of a chunk", large[:third])
    add("a chunk left out", large[:first] + large[second:])
    return vectors


async def wrapped_vectors() -> list[dict[str, Any]]:
    """Wrapped data keys that unwrap, and ones that must not."""
    data_key = fixed("data key", 32)
    seed, api_key = Seed(fixed("service seed", 96)), ApiKey(fixed("api key", 32))
    service, caller = public_of(seed), public_half(api_key, JOB)
    result = replace(INPUT, kind=Kind.RESULT, part="a1")
    completed = ACCEPTED + timedelta(seconds=3)
    wrapper = LocalKeyWrapper(service)
    to_service = await wrapper.wrap(DataKey(data_key), wrap_info(INPUT, wrapper.key_id))
    to_caller = wrap_to_caller(caller, DataKey(data_key), wrap_info(result, caller_key_id(caller), completed))
    for_service = {
        "seed": seed.reveal().hex(),
        "context": fields(INPUT),
        "completed": None,
        "wrapped": text(to_service),
    }
    for_caller = {
        "api_key": api_key.reveal().hex(),
        "job": JOB,
        "context": fields(result),
        "completed": completed.isoformat(),
        "wrapped": text(to_caller),
    }
    broken = bytes([to_caller[0] ^ 1]) + to_caller[1:]
    later = (completed + timedelta(microseconds=1)).isoformat()
    opening = [{"name": "to the service", **for_service}, {"name": "to the caller", **for_caller}]
    failing = [
        {"name": "another service key", **for_service, "seed": fixed("another seed", 96).hex()},
        {"name": "another API key", **for_caller, "api_key": fixed("another API key", 32).hex()},
        {"name": "another job's pair", **for_caller, "job": JOB[:-1] + "2"},
        {"name": "another completion", **for_caller, "completed": later},
        {"name": "no completion", **for_caller, "completed": None},
        {"name": "another tenant", **for_service, "context": fields(replace(INPUT, tenant="clinic2"))},
        {"name": "a flipped bit in the encapsulation", **for_caller, "wrapped": text(broken)},
        {
            "name": "a flipped bit in the tag",
            **for_caller,
            "wrapped": text(to_caller[:-1] + bytes([to_caller[-1] ^ 1])),
        },
        {"name": "one byte less", **for_caller, "wrapped": text(to_caller[:-1])},
        {"name": "one byte more", **for_caller, "wrapped": text(to_caller + b"\x00")},
        {
            "name": "a point of small order",
            **for_caller,
            "wrapped": text(to_caller[:1088] + bytes(32) + to_caller[1120:]),
        },
        {"name": "nothing at all", **for_caller, "wrapped": ""},
    ]
    return [
        *({**vector, "data_key": data_key.hex()} for vector in opening),
        *({**vector, "data_key": None} for vector in failing),
    ]


def key_vectors() -> dict[str, Any]:
    """What is derived from keys and kept in names, where a change would lose what is stored."""
    api_key, pepper, root = ApiKey(fixed("api key", 32)), RootKey(fixed("pepper", 32)), RootKey(fixed("record key", 32))
    ring = RecordKeyRing.of(root, (), RootKey(fixed("names key", 32)))
    return {
        "api_key": {"bytes": api_key.reveal().hex(), "text": api_key.text},
        "api_key_digest": {"pepper": pepper.reveal().hex(), "digest": ApiKeyHasher(pepper).digest(api_key)},
        "tenant_tag": {
            "names_key": fixed("names key", 32).hex(),
            "tenant": "Klinik Süd",
            "tag": ring.tenant_tag("Klinik Süd"),
        },
        "record": {
            "record_key": root.reveal().hex(),
            "name": RECORD.name,
            "object": text(ring.seal(RECORD, b"a record").data),
        },
        "public_half": {"job": JOB, "sha256": hashlib.sha256(public_half(api_key, JOB)).hexdigest()},
    }


def main() -> None:
    """Write the three files."""
    made = {"sealed-1": sealed_vectors(), "wrapped-1": asyncio.run(wrapped_vectors()), "keys-1": key_vectors()}
    for name, vectors in made.items():
        (HERE / f"{name}.json").write_text(json.dumps(vectors, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
