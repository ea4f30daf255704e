"""Signatures of ours verify elsewhere, and nothing else verifies here."""

from __future__ import annotations

import base64
import json
import string

import jwt
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.vault.signing import BadSignature, JwkSet, LocalSigner, SigningScalar, verified

SIGNER = LocalSigner(SigningScalar.generate())
KEYS = JwkSet(keys=(SIGNER.public,))
PAYLOAD = b'{"reason":"deleted"}'


async def test_another_library_verifies_with_the_published_half() -> None:
    token = await SIGNER.sign(PAYLOAD, "receipt")
    [published] = jwt.PyJWKSet.from_json(msgspec.json.encode(KEYS).decode()).keys
    assert published.key_id == jwt.get_unverified_header(token)["kid"]
    assert jwt.api_jws.decode(token, published.key, algorithms=["ES256"]) == PAYLOAD
    assert jwt.get_unverified_header(token)["typ"] == "receipt"


async def test_what_was_signed_comes_back() -> None:
    assert verified(await SIGNER.sign(PAYLOAD, "receipt"), "receipt", KEYS) == PAYLOAD


async def test_another_kind_or_key_is_refused() -> None:
    token = await SIGNER.sign(PAYLOAD, "receipt")
    other = JwkSet(keys=(LocalSigner(SigningScalar.generate()).public,))
    renamed = JwkSet(keys=(msgspec.structs.replace(other.keys[0], kid=SIGNER.public.kid),))
    for typ, keys in (("head", KEYS), ("receipt", other), ("receipt", renamed), ("receipt", JwkSet(keys=()))):
        with pytest.raises(BadSignature):
            verified(token, typ, keys)


@given(st.data())
async def test_no_other_character_passes(data: st.DataObject) -> None:
    token = await SIGNER.sign(PAYLOAD, "receipt")
    at = data.draw(st.integers(0, len(token) - 1))
    to = data.draw(st.characters(max_codepoint=255).filter(lambda character: character != token[at]))
    with pytest.raises(BadSignature):
        verified(token[:at] + to + token[at + 1 :], "receipt", KEYS)


async def test_a_token_has_one_spelling() -> None:
    """The last character of a signature stands for two bits and four that a lax decoder ignores."""
    token = await SIGNER.sign(PAYLOAD, "receipt")
    letters = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
    with pytest.raises(BadSignature):
        verified(token[:-1] + letters[letters.index(token[-1]) ^ 1], "receipt", KEYS)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES384"])
async def test_the_token_does_not_choose_its_algorithm(algorithm: str) -> None:
    header = {"alg": algorithm, "kid": SIGNER.public.kid, "typ": "receipt"}
    parts = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (json.dumps(header).encode(), PAYLOAD)]
    for signature in ("", "AAAA", (await SIGNER.sign(PAYLOAD, "receipt")).rpartition(".")[2]):
        with pytest.raises(BadSignature):
            verified(".".join([*parts, signature]), "receipt", KEYS)


@given(st.text(max_size=200))
def test_text_is_no_token(text: str) -> None:
    with pytest.raises(BadSignature):
        verified(text, "receipt", KEYS)
