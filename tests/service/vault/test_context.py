"""A context has one encoding, and no two contexts share it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.vault.context import AnyContext, Context, Kind, RecordContext
from service.vault.service_key import wrap_info

# A small alphabet makes collisions by moved letters likely, if there are any.
words = st.text(alphabet="ab\x00\x01/ü", max_size=4)
times = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7))]),
)
jobs = st.builds(
    Context, kind=st.sampled_from(Kind), tenant=words, principal=words, job=words, accepted=times, part=words
)
contexts: st.SearchStrategy[AnyContext] = st.one_of(jobs, st.builds(RecordContext, name=words))


@given(contexts, contexts)
def test_two_contexts_encode_alike_only_when_they_are_equal(one: AnyContext, other: AnyContext) -> None:
    assert (one.encode() == other.encode()) == (one == other)


@given(jobs, jobs, st.sampled_from([bytes(16), b"k" * 16]), st.one_of(st.none(), times), st.one_of(st.none(), times))
def test_so_do_the_infos_of_wrapped_keys(
    one: Context, other: Context, key_id: bytes, ended: datetime | None, other_ended: datetime | None
) -> None:
    same = (one, key_id, ended) == (other, bytes(16), other_ended)
    assert (wrap_info(one, key_id, ended) == wrap_info(other, bytes(16), other_ended)) == same


@given(words, words)
def test_a_letter_cannot_move_between_fields(tenant: str, principal: str) -> None:
    time = datetime(2026, 3, 1, tzinfo=UTC)
    whole = Context(Kind.INPUT, tenant + principal, "", "job", time)
    parted = Context(Kind.INPUT, tenant, principal, "job", time)
    assert (whole.encode() == parted.encode()) == (principal == "")


def test_a_time_is_the_same_in_every_zone_and_needs_one() -> None:
    time = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    east = Context(Kind.INPUT, "t", "p", "j", time.astimezone(timezone(timedelta(hours=5, minutes=30))))
    assert east.encode() == Context(Kind.INPUT, "t", "p", "j", time).encode()
    with pytest.raises(ValueError, match="zone"):
        Context(Kind.INPUT, "t", "p", "j", time.replace(tzinfo=None)).encode()


def test_a_key_id_has_its_length() -> None:
    context = Context(Kind.INPUT, "t", "p", "j", datetime(2026, 3, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="16 bytes"):
        wrap_info(context, b"short")
