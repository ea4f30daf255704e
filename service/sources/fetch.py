"""Fetching a document from where a caller says it is."""

from __future__ import annotations

import asyncio
import io
from http import HTTPStatus
from typing import Final

import aiohttp
from yarl import URL

from contract.errors import ApiError, Fault
from service.sources.guard import MalformedSource, RefusedSource, SourceRules, Target, check_url

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PIECE_BYTES: Final = 256 * 1024


async def fetch(untrusted_url: str, rules: SourceRules, resolver: aiohttp.abc.AbstractResolver | None = None) -> bytes:
    """The bytes that a URL stands for; `resolver` None is that of the system.

    Each redirect is checked like the first URL. No cookie, no proxy of the environment and no credential
    takes part. The errors name nothing of the URL.

    Raises:
        ApiError: INVALID_CONTENT_SOURCE_FORMAT for a text that is no absolute URL, CONTENT_SOURCE_TIMEOUT
            when the document was not there in time, INVALID_CONTENT_LENGTH when it is larger than
            `max_bytes` after decoding, and CONTENT_SOURCE_NOT_ACCESSIBLE for everything else: refused,
            unreachable, or answered with another status than 200.
    """
    try:
        async with asyncio.timeout(rules.timeout_seconds):
            return await _follow(check_url(untrusted_url, rules), rules, resolver)
    except MalformedSource:
        raise ApiError(Fault.INVALID_CONTENT_SOURCE_FORMAT) from None
    except TimeoutError:
        raise ApiError(Fault.CONTENT_SOURCE_TIMEOUT) from None
    except (OSError, aiohttp.ClientError):
        raise ApiError(Fault.CONTENT_SOURCE_NOT_ACCESSIBLE) from None


async def _follow(target: Target, rules: SourceRules, resolver: aiohttp.abc.AbstractResolver | None) -> bytes:
    for _ in range(rules.max_redirects + 1):
        answer = await _request(target, rules, resolver)
        if isinstance(answer, bytes):
            return answer
        target = answer
    raise RefusedSource


async def _request(target: Target, rules: SourceRules, resolver: aiohttp.abc.AbstractResolver | None) -> bytes | Target:
    """The document, or where the answer redirects to."""
    async with (
        aiohttp.ClientSession(
            connector=target.connector(resolver),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            trust_env=False,
        ) as session,
        session.get(target.url, allow_redirects=False) as response,
    ):
        if response.status in _REDIRECTS:
            return _redirected(response.headers.get("Location", ""), target.url, rules)
        if response.status != HTTPStatus.OK:
            raise RefusedSource
        return await _body(response, rules.max_bytes)


def _redirected(untrusted_location: str, base: URL, rules: SourceRules) -> Target:
    if not untrusted_location:
        raise RefusedSource
    try:
        return check_url(untrusted_location, rules, base)
    except MalformedSource:
        # The caller's own URL was in order.
        raise RefusedSource from None


async def _body(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    # The length is what the source says; it saves a useless transfer but decides nothing.
    if (response.content_length or 0) > max_bytes:
        raise ApiError(Fault.INVALID_CONTENT_LENGTH)
    body = io.BytesIO()
    async for piece in response.content.iter_chunked(_PIECE_BYTES):
        if body.tell() + len(piece) > max_bytes:
            raise ApiError(Fault.INVALID_CONTENT_LENGTH)
        body.write(piece)
    return body.getvalue()
