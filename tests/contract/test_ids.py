"""Result ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contract.ids import accepted_at, is_result_id, new_result_id

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_an_id_tells_its_time_to_the_millisecond(moment: datetime) -> None:
    result_id = new_result_id(moment)
    assert is_result_id(result_id)
    assert timedelta(0) <= moment - accepted_at(result_id) < timedelta(milliseconds=2)


def test_ids_of_one_moment_differ() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert len({new_result_id(moment) for _ in range(1000)}) == 1000


@given(st.text())
def test_other_text_is_no_result_id(text: str) -> None:
    assert not is_result_id(text)
