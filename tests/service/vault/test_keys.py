"""The keys: who can wrap, who can unwrap, and that none of them shows itself."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.vault.api_key import ApiKey, ApiKeyHasher
from service.vault.caller_key import caller_key_id, public_half, unwrap_as_caller, wrap_to_caller
from service.vault.context import Context, Kind, RecordContext
from service.vault.envelope import DataKey, TamperedError
from service.vault.hybrid import PUBLIC_BYTES, WRAPPED_BYTES, Seed, public_of, wrap
from service.vault.record_key import RecordKeyRing, RootKey
from service.vault.secret import Secret
from service.vault.service_key import LocalKeyUnwrapper, LocalKeyWrapper, wrap_info

ACCEPTED = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
CONTEXT = Context(Kind.INPUT, "clinic", "p", "j", ACCEPTED)
CANARY = b"canary that sings in the dark mine at noon, and again in the evening, until nobody listens to it"
SECRETS = [
    Secret(CANARY),
    DataKey(CANARY[:32]),
    Seed(CANARY[:96]),
    RootKey(CANARY[:32]),
    ApiKey(CANARY[:32]),
]
HOLDERS = [
    ApiKeyHasher(RootKey(CANARY[:32])),
    RecordKeyRing.of(RootKey(CANARY[:32]), (), RootKey(CANARY[:32])),
    LocalKeyUnwrapper((Seed(CANARY[:96]),)),
]


@pytest.mark.parametrize("secret", [*SECRETS, *HOLDERS], ids=lambda secret: type(secret).__name__)
def test_a_secret_shows_itself_nowhere(secret: object, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("any").info("%s %r", secret, secret)
    shown = [repr(secret), str(secret), f"{secret}", f"{[secret]}", caplog.text, repr(getattr(secret, "__dict__", {}))]
    for text in shown:
        for form in (CANARY[:16].decode(), CANARY[:16].hex(), "Y2FuYXJ5"):
            assert form not in text


@pytest.mark.parametrize("secret", [*SECRETS, *HOLDERS], ids=lambda secret: type(secret).__name__)
def test_a_secret_is_neither_pickled_nor_copied(secret: object) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(secret, protocol)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)
    with pytest.raises(TypeError):
        json.dumps(secret)


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: type(secret).__name__)
def test_secrets_compare_by_class_and_bytes_and_do_not_hash(secret: Secret) -> None:
    assert secret == type(secret)(secret.reveal())
    assert secret != type(secret)(secret.reveal()[::-1])
    assert secret != secret.reveal()
    with pytest.raises(TypeError):
        hash(secret)


@pytest.mark.parametrize("kind", [DataKey, Seed, RootKey, ApiKey])
def test_a_key_has_its_length(kind: type[Secret]) -> None:
    with pytest.raises(ValueError, match="bytes"):
        kind(b"short")


async def test_the_worker_unwraps_what_the_door_wrapped() -> None:
    seed, data_key = Seed(CANARY[:96]), DataKey.generate()
    door, worker = LocalKeyWrapper(public_of(seed)), LocalKeyUnwrapper((seed,))
    info = wrap_info(CONTEXT, door.key_id)
    wrapped = await door.wrap(data_key, info)
    assert len(wrapped) == WRAPPED_BYTES
    assert await worker.unwrap(door.key_id, wrapped, info) == data_key
    with pytest.raises(TamperedError):
        await worker.unwrap(door.key_id, wrapped, wrap_info(replace(CONTEXT, tenant="other"), door.key_id))
    with pytest.raises(TamperedError):
        await worker.unwrap(bytes(16), wrapped, info)


async def test_an_older_service_key_still_unwraps() -> None:
    old, new, data_key = Seed(CANARY[:96]), Seed(CANARY[:96][::-1]), DataKey.generate()
    door = LocalKeyWrapper(public_of(old))
    info = wrap_info(CONTEXT, door.key_id)
    wrapped = await door.wrap(data_key, info)
    assert await LocalKeyUnwrapper((new, old)).unwrap(door.key_id, wrapped, info) == data_key
    with pytest.raises(TamperedError):
        await LocalKeyUnwrapper((new,)).unwrap(door.key_id, wrapped, info)


def test_only_the_key_that_submitted_unwraps_and_only_its_job_and_completion() -> None:
    mine, other, data_key = ApiKey.generate(), ApiKey.generate(), DataKey.generate()
    public = public_half(mine, "job-1")
    assert len(public) == PUBLIC_BYTES
    assert public == public_half(mine, "job-1")
    assert len({public, public_half(mine, "job-2"), public_half(other, "job-1")}) == 3
    info = wrap_info(CONTEXT, caller_key_id(public), ACCEPTED)
    wrapped = wrap_to_caller(public, data_key, info)
    assert unwrap_as_caller(mine, "job-1", wrapped, info) == data_key
    later = wrap_info(CONTEXT, caller_key_id(public), ACCEPTED.replace(second=1))
    for key, job, said in ((other, "job-1", info), (mine, "job-2", info), (mine, "job-1", later)):
        with pytest.raises(TamperedError):
            unwrap_as_caller(key, job, wrapped, said)


@pytest.mark.parametrize("public", [b"", bytes(PUBLIC_BYTES - 1), b"\xff" * PUBLIC_BYTES, bytes(PUBLIC_BYTES)])
def test_nothing_is_wrapped_to_a_public_half_that_is_none(public: bytes) -> None:
    with pytest.raises(ValueError, match=r"key|bytes"):
        wrap(public, DataKey.generate(), b"")


def test_a_record_opens_under_its_own_name_and_its_own_key() -> None:
    names = RootKey(bytes(32))
    old, new = RootKey(b"o" * 32), RootKey(b"n" * 32)
    before, after = RecordKeyRing.of(old, (), names), RecordKeyRing.of(new, (old,), names)
    sealed = before.seal(RecordContext("a"), b"text")
    assert before.open(RecordContext("a"), sealed.data) == b"text"
    assert after.open(RecordContext("a"), sealed.data) == b"text"
    for ring, context in ((after, RecordContext("b")), (RecordKeyRing.of(new, (), names), RecordContext("a"))):
        with pytest.raises(TamperedError):
            ring.open(context, sealed.data)
    fresh = after.seal(RecordContext("a"), b"text")
    assert fresh.key_id != sealed.key_id
    with pytest.raises(TamperedError):
        before.open(RecordContext("a"), fresh.data)


def test_a_tenant_tag_outlives_a_change_of_the_record_key() -> None:
    names = RootKey(bytes(32))
    tag = RecordKeyRing.of(RootKey(b"o" * 32), (), names).tenant_tag("clinic")
    assert tag == RecordKeyRing.of(RootKey(b"n" * 32), (), names).tenant_tag("clinic")
    assert len(tag) == 32
    assert int(tag, 16) >= 0
    other = RecordKeyRing.of(RootKey(b"o" * 32), (), RootKey(b"x" * 32))
    assert len({tag, other.tenant_tag("clinic"), other.tenant_tag("clinic2")}) == 3
