"""An API key has one text, and everything else is no key."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.vault.api_key import ApiKey, ApiKeyHasher, MalformedKey
from service.vault.record_key import RootKey

KEY = ApiKey(bytes(range(32)))


@given(st.binary(min_size=32, max_size=32))
def test_a_key_survives_its_text(raw: bytes) -> None:
    text = ApiKey(raw).text
    assert re.fullmatch(r"eph_[A-Za-z0-9_-]{48}", text)
    assert ApiKey.parse(text) == ApiKey(raw)


@given(st.integers(0, 51), st.characters())
def test_a_typo_is_malformed(at: int, letter: str) -> None:
    assume(KEY.text[at] != letter)
    with pytest.raises(MalformedKey):
        ApiKey.parse(KEY.text[:at] + letter + KEY.text[at + 1 :])


@given(st.text(max_size=60))
def test_any_other_text_is_malformed(text: str) -> None:
    for untrusted in (text, "eph_" + text, KEY.text + text if text else ""):
        with pytest.raises(MalformedKey):
            ApiKey.parse(untrusted)


def test_a_key_has_only_one_text() -> None:
    key = ApiKey(b"\xff" * 32)
    assert "_" in key.text[4:]
    with pytest.raises(MalformedKey):
        ApiKey.parse("eph_" + key.text[4:].replace("_", "/"))
    with pytest.raises(MalformedKey):
        ApiKey.parse(key.text.replace("eph_", "EPH_"))


def test_a_malformed_key_is_not_repeated_in_the_error() -> None:
    with pytest.raises(MalformedKey) as error:
        ApiKey.parse(KEY.text[:-1] + "!")
    assert error.value.args == ()
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_keys_are_not_made_twice() -> None:
    assert len({ApiKey.generate().text for _ in range(100)}) == 100


def test_a_digest_depends_on_the_key_and_the_pepper() -> None:
    one, other = ApiKeyHasher(RootKey(bytes(32))), ApiKeyHasher(RootKey(b"p" * 32))
    digests = {one.digest(KEY), other.digest(KEY), one.digest(ApiKey.generate())}
    assert len(digests) == 3
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in digests)
