"""Key files are private, made once, and read only by the role they are for."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from service.vault.api_key import ApiKey
from service.vault.context import RecordContext
from service.vault.envelope import DataKey
from service.vault.key_file import UnusableKeyFile
from service.vault.key_files import KeyFiles

NAME = RecordContext("a record")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "keys"


def everything(folder: Path) -> None:
    files = KeyFiles(folder)
    files.record_keys()
    files.api_key_hasher()
    files.key_wrapper()
    files.key_unwrapper()


def test_absent_files_are_made_private(folder: Path) -> None:
    everything(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == dict.fromkeys(["record.key", "names.key", "api.pepper", "service.private", "service.public"], 0o600)


async def test_two_views_of_one_folder_agree(folder: Path) -> None:
    door, worker = KeyFiles(folder), KeyFiles(folder)
    sealed = door.record_keys().seal(NAME, b"text")
    assert worker.record_keys().open(NAME, sealed.data) == b"text"
    assert door.record_keys().tenant_tag("t") == worker.record_keys().tenant_tag("t")
    key = ApiKey.generate()
    assert door.api_key_hasher().digest(key) == worker.api_key_hasher().digest(key)
    wrapper, data_key = door.key_wrapper(), DataKey.generate()
    wrapped = await wrapper.wrap(data_key, b"info")
    assert await worker.key_unwrapper().unwrap(wrapper.key_id, wrapped, b"info") == data_key


def test_the_door_needs_no_private_half(folder: Path) -> None:
    key_id = KeyFiles(folder).key_wrapper().key_id
    (folder / "service.private").unlink()
    assert KeyFiles(folder).key_wrapper().key_id == key_id
    assert not (folder / "service.private").exists()


def test_the_worker_needs_nothing_of_the_door(folder: Path) -> None:
    files = KeyFiles(folder)
    files.record_keys()
    files.key_unwrapper()
    assert not (folder / "api.pepper").exists()
    assert not (folder / "service.public").exists()


@pytest.mark.parametrize("name", ["record.key", "names.key", "api.pepper", "service.private"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_secret_open_to_others_is_refused(folder: Path, name: str, mode: int) -> None:
    everything(folder)
    (folder / name).chmod(mode)
    with pytest.raises(UnusableKeyFile, match=name):
        everything(folder)


def test_the_public_half_may_be_open_to_others(folder: Path) -> None:
    everything(folder)
    (folder / "service.public").chmod(0o644)
    everything(folder)


@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_the_public_half_may_not_be_replaced_by_others(folder: Path, mode: int) -> None:
    everything(folder)
    (folder / "service.public").chmod(mode)
    with pytest.raises(UnusableKeyFile, match=r"service\.public"):
        everything(folder)


@pytest.mark.parametrize("name", ["record.key", "names.key", "api.pepper", "service.private", "service.public"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"canary", b"ephemera-record-key-1 canary", b"x " + b"00" * 32])
def test_a_malformed_file_is_refused_without_its_content(folder: Path, name: str, content: bytes) -> None:
    everything(folder)
    (folder / name).write_bytes(content)
    with pytest.raises(UnusableKeyFile, match=name) as error:
        everything(folder)
    assert "canary" not in str(error.value)


def test_a_file_of_another_type_or_longer_is_refused(folder: Path) -> None:
    everything(folder)
    record, names = folder / "record.key", folder / "names.key"
    kept = record.read_bytes()
    for content in (names.read_bytes(), kept.strip() + b"00\n", kept + kept):
        record.write_bytes(content)
        with pytest.raises(UnusableKeyFile):
            KeyFiles(folder).record_keys()


def test_processes_that_start_at_once_get_the_same_keys(folder: Path) -> None:
    start, tags, ids = threading.Barrier(8), [], []

    def run() -> None:
        start.wait()
        files = KeyFiles(folder)
        tags.append(files.record_keys().tenant_tag("t"))
        ids.append(files.key_wrapper().key_id)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tags) == 8
    assert len(set(tags)) == 1
    assert len(set(ids)) == 1
    assert not list(folder.glob(".*"))
