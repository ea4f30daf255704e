"""The key that `up` shows."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from local.keys import FIRST_TENANT, first_key
from service.clock import SystemClock
from service.identity import Keys
from service.store.memory import MemoryStore
from service.vault.key_files import KeyFiles


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    files = KeyFiles(tmp_path / "keys")
    clock = SystemClock()
    return Keys(MemoryStore(clock), files.record_keys(), files.api_key_hasher(), clock)


async def test_it_is_made_once_and_kept_in_a_private_file(keys: Keys, tmp_path: Path) -> None:
    path = tmp_path / "first.key"
    made = await first_key(keys, path)
    assert (await first_key(keys, path)).text == made.text
    assert path.read_text() == made.text + "\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [record.tenant async for record in keys.list()] == [FIRST_TENANT]


async def test_after_it_is_revoked_there_is_another_one(keys: Keys, tmp_path: Path) -> None:
    path = tmp_path / "first.key"
    made = await first_key(keys, path)
    await keys.revoke((await keys.authenticate(made.text)).principal.key_id)
    another = await first_key(keys, path)
    assert another.text != made.text
    assert (await keys.authenticate(another.text)).principal.tenant == FIRST_TENANT


@pytest.mark.parametrize("content", ["", "eph_of-another-store\n", "\n\n"])
async def test_a_file_that_holds_no_valid_key_is_replaced(keys: Keys, tmp_path: Path, content: str) -> None:
    path = tmp_path / "first.key"
    path.write_text(content)
    made = await first_key(keys, path)
    assert path.read_text() == made.text + "\n"
