"""What was sealed once stays readable, what was forged once stays refused, and a second reader agrees."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from service.vault.api_key import ApiKey, ApiKeyHasher
from service.vault.caller_key import caller_key_id, public_half, unwrap_as_caller, wrap_to_caller
from service.vault.context import AnyContext, Context, Kind, RecordContext
from service.vault.envelope import DataKey, TamperedError, open_sealed, seal
from service.vault.hybrid import Seed, key_id_of, public_of
from service.vault.record_key import RecordKeyRing, RootKey
from service.vault.service_key import LocalKeyUnwrapper, LocalKeyWrapper, wrap_info
from tests.vectors import independent

FOLDER = Path(__file__).parents[2] / "vectors"
KEYS = json.loads((FOLDER / "keys-1.json").read_text())
SEALED = json.loads((FOLDER / "sealed-1.json").read_text())
WRAPPED = json.loads((FOLDER / "wrapped-1.json").read_text())

each_sealed = pytest.mark.parametrize("vector", SEALED, ids=lambda vector: vector["name"])
each_wrapped = pytest.mark.parametrize("vector", WRAPPED, ids=lambda vector: vector["name"])


def context_of(fields: dict[str, str]) -> AnyContext:
    if "name" in fields:
        return RecordContext(fields["name"])
    return Context(
        **{**fields, "kind": Kind(fields["kind"]), "accepted": datetime.fromisoformat(fields["accepted"])}  # type: ignore[arg-type]
    )


@each_sealed
def test_the_vault_opens_what_must_open_and_nothing_else(vector: dict[str, Any]) -> None:
    key, stored = DataKey(bytes.fromhex(vector["data_key"])), base64.b64decode(vector["object"])
    if vector["opens"]:
        plain = open_sealed(key, context_of(vector["context"]), stored)
        assert hashlib.sha256(plain).hexdigest() == vector["sha256"]
    else:
        with pytest.raises(TamperedError):
            open_sealed(key, context_of(vector["context"]), stored)


@each_sealed
def test_the_second_reader_agrees(vector: dict[str, Any]) -> None:
    key, stored = bytes.fromhex(vector["data_key"]), base64.b64decode(vector["object"])
    if vector["opens"]:
        plain = independent.open_object(key, vector["context"], stored)
        assert hashlib.sha256(plain).hexdigest() == vector["sha256"]
    else:
        with pytest.raises(independent.Wrong):
            independent.open_object(key, vector["context"], stored)


@pytest.mark.parametrize("length", [0, 1, 16_383, 16_384, 16_385, 32_768, 1_048_576, 1_100_000])
def test_the_second_reader_opens_what_is_sealed_now(length: int) -> None:
    fields = SEALED[0]["context"]
    key, plain = DataKey.generate(), hashlib.shake_128(b"plain").digest(length)
    stored = seal(key, bytes(16), context_of(fields), plain).data
    assert independent.open_object(key.reveal(), fields, stored) == plain


@each_sealed
def test_the_second_encoding_of_a_context_is_the_same(vector: dict[str, Any]) -> None:
    assert independent.encode(vector["context"]) == context_of(vector["context"]).encode()


@each_wrapped
async def test_a_wrapped_key_unwraps_only_where_it_must(vector: dict[str, Any]) -> None:
    if vector["data_key"] is None:
        with pytest.raises(TamperedError):
            await unwrapped(vector)
    else:
        assert await unwrapped(vector) == DataKey(bytes.fromhex(vector["data_key"]))


@each_wrapped
def test_the_second_reader_agrees_on_wrapped_keys(vector: dict[str, Any]) -> None:
    seed = seed_of(vector)
    info = independent.wrap_info(vector["context"], independent.public_of(seed), vector["completed"])
    wrapped = base64.b64decode(vector["wrapped"])
    if vector["data_key"] is None:
        with pytest.raises(independent.Wrong):
            independent.unwrap(seed, wrapped, info)
    else:
        assert independent.unwrap(seed, wrapped, info).hex() == vector["data_key"]


async def test_the_second_reader_unwraps_what_is_wrapped_now() -> None:
    service, caller = WRAPPED[0], WRAPPED[1]
    data_key = DataKey.generate()
    for vector in (service, caller):
        seed = seed_of(vector)
        public = independent.public_of(seed)
        completed = datetime.fromisoformat(vector["completed"]) if vector["completed"] else None
        context = context_of(vector["context"])
        assert isinstance(context, Context)
        info = wrap_info(context, caller_key_id(public), completed)
        made = wrap_to_caller(public, data_key, info)
        if vector is service:
            made = await LocalKeyWrapper(public).wrap(data_key, info)
        expected = independent.wrap_info(vector["context"], public, vector["completed"])
        assert independent.unwrap(seed, made, expected) == data_key.reveal()


def test_what_is_derived_from_keys_never_changes() -> None:
    api_key = ApiKey(bytes.fromhex(KEYS["api_key"]["bytes"]))
    assert api_key.text == KEYS["api_key"]["text"]
    assert ApiKey.parse(KEYS["api_key"]["text"]) == api_key
    hasher = ApiKeyHasher(RootKey(bytes.fromhex(KEYS["api_key_digest"]["pepper"])))
    assert hasher.digest(api_key) == KEYS["api_key_digest"]["digest"]
    record = KEYS["record"]
    names = RootKey(bytes.fromhex(KEYS["tenant_tag"]["names_key"]))
    ring = RecordKeyRing.of(RootKey(bytes.fromhex(record["record_key"])), (), names)
    assert ring.tenant_tag(KEYS["tenant_tag"]["tenant"]) == KEYS["tenant_tag"]["tag"]
    assert ring.open(RecordContext(record["name"]), base64.b64decode(record["object"])) == b"a record"
    public = public_half(api_key, KEYS["public_half"]["job"])
    assert hashlib.sha256(public).hexdigest() == KEYS["public_half"]["sha256"]


def seed_of(vector: dict[str, Any]) -> bytes:
    if "seed" in vector:
        return bytes.fromhex(vector["seed"])
    return independent.caller_seed(bytes.fromhex(vector["api_key"]), vector["job"])


async def unwrapped(vector: dict[str, Any]) -> DataKey:
    context = context_of(vector["context"])
    assert isinstance(context, Context)
    completed = datetime.fromisoformat(vector["completed"]) if vector["completed"] else None
    wrapped = base64.b64decode(vector["wrapped"])
    if "seed" in vector:
        seed = Seed(bytes.fromhex(vector["seed"]))
        key_id = key_id_of(public_of(seed))
        return await LocalKeyUnwrapper((seed,)).unwrap(key_id, wrapped, wrap_info(context, key_id))
    api_key = ApiKey(bytes.fromhex(vector["api_key"]))
    key_id = caller_key_id(public_half(api_key, vector["job"]))
    return unwrap_as_caller(api_key, vector["job"], wrapped, wrap_info(context, key_id, completed))
