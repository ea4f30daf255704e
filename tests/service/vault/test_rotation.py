"""Keys are replaced while processes run; the ones before open for 25 hours and are gone then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.clock import ManualClock
from service.vault import key_file, rotation
from service.vault.context import RecordContext
from service.vault.envelope import DataKey, TamperedError
from service.vault.key_files import KeyFiles

NAME = RecordContext("a record")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 3, 1, 12, 30, tzinfo=UTC))


@pytest.fixture
def files(tmp_path: Path, clock: ManualClock) -> KeyFiles:
    return KeyFiles(tmp_path, clock)


def names(folder: Path, pattern: str) -> set[str]:
    return {path.name for path in folder.glob(pattern)}


def test_a_running_process_takes_up_a_new_record_key(files: KeyFiles, tmp_path: Path, clock: ManualClock) -> None:
    running, other = files.record_keys(), files.record_keys()
    before = running.seal(NAME, b"before")
    rotation.rotate_record_key(tmp_path, clock.now())
    after = running.seal(NAME, b"after")
    assert after.key_id != before.key_id
    assert other.open(NAME, after.data) == b"after"
    assert other.open(NAME, before.data) == b"before"


def test_an_older_record_key_retires_without_a_restart(files: KeyFiles, tmp_path: Path, clock: ManualClock) -> None:
    running = files.record_keys()
    before = running.seal(NAME, b"before")
    rotation.rotate_record_key(tmp_path, clock.now())
    clock.advance(timedelta(hours=25, seconds=-1))
    assert running.open(NAME, before.data) == b"before"
    clock.advance(timedelta(hours=1))
    with pytest.raises(TamperedError):
        running.open(NAME, before.data)
    assert names(tmp_path, "record.*") == {"record.key"}


def test_what_outlives_a_record_key_stays_readable(files: KeyFiles, tmp_path: Path, clock: ManualClock) -> None:
    ring = files.record_keys()
    lasting, tag = ring.lasting.seal(NAME, b"lasting"), ring.tenant_tag("clinic")
    rotation.rotate_record_key(tmp_path, clock.now())
    clock.advance(timedelta(days=3))
    after = KeyFiles(tmp_path, clock).record_keys()
    assert after.lasting.open(NAME, lasting.data) == b"lasting"
    assert after.tenant_tag("clinic") == tag


async def test_a_new_service_key_wraps_and_the_one_before_unwraps(
    files: KeyFiles, tmp_path: Path, clock: ManualClock
) -> None:
    wrapper, unwrapper = files.key_wrapper(), files.key_unwrapper()
    older, data_key = wrapper.present(), DataKey.generate()
    before = await older.wrap(data_key, b"info")
    rotation.rotate_service_key(tmp_path, clock.now())
    assert wrapper.key_id != older.key_id
    after = await wrapper.wrap(data_key, b"info")
    assert await unwrapper.unwrap(wrapper.key_id, after, b"info") == data_key
    assert await unwrapper.unwrap(older.key_id, before, b"info") == data_key
    clock.advance(rotation.OPENS_FOR)
    with pytest.raises(TamperedError):
        await unwrapper.unwrap(older.key_id, before, b"info")
    assert names(tmp_path, "service.*") == {"service.private", "service.public"}


async def test_a_rotation_that_is_cut_off_between_its_halves_loses_nothing(
    files: KeyFiles, tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapper, unwrapper = files.key_wrapper(), files.key_unwrapper()
    replace = key_file.replace

    def cut_off(path: Path, form: key_file.Form, content: bytes) -> None:
        if form is key_file.SERVICE_PUBLIC:
            raise KeyboardInterrupt
        replace(path, form, content)

    with monkeypatch.context() as patched:
        patched.setattr(key_file, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            rotation.rotate_service_key(tmp_path, clock.now())
    clock.advance(timedelta(days=3))
    data_key = DataKey.generate()
    wrapped = await wrapper.wrap(data_key, b"info")
    assert await unwrapper.unwrap(wrapper.key_id, wrapped, b"info") == data_key
    rotation.rotate_service_key(tmp_path, clock.now())
    wrapped = await wrapper.wrap(data_key, b"info")
    assert await unwrapper.unwrap(wrapper.key_id, wrapped, b"info") == data_key


def test_keys_that_somebody_kept_by_hand_open_and_stay(files: KeyFiles, tmp_path: Path, clock: ManualClock) -> None:
    sealed = files.record_keys().seal(NAME, b"text")
    (tmp_path / "record.key").rename(tmp_path / "record.old-kept.key")
    clock.advance(timedelta(days=30))
    assert files.record_keys().open(NAME, sealed.data) == b"text"


def test_every_replacement_keeps_the_key_before(files: KeyFiles, tmp_path: Path, clock: ManualClock) -> None:
    ring = files.record_keys()
    sealed = []
    for text in (b"1", b"2", b"3"):
        sealed.append(ring.seal(NAME, text))
        rotation.rotate_record_key(tmp_path, clock.now())
        clock.advance(timedelta(hours=1))
    assert [ring.open(NAME, each.data) for each in sealed] == [b"1", b"2", b"3"]


def test_only_a_key_that_is_there_is_replaced(tmp_path: Path, clock: ManualClock) -> None:
    for rotate in (rotation.rotate_record_key, rotation.rotate_service_key):
        with pytest.raises(FileNotFoundError):
            rotate(tmp_path, clock.now())
