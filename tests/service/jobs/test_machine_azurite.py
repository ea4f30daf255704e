"""The state machine of test_machine.py over real storage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings

from service.clock import ManualClock
from service.settings import StorageSettings
from service.store.azure import AzureStore, connect
from service.store.contract import Container, Store
from tests.service.jobs.test_machine import Pipeline


class AzuritePipeline(Pipeline):
    """Each example begins with empty containers and, as storage keeps its own time, with the time of now."""

    connection: ClassVar[str]

    def make_store(self) -> Store:
        self.clock = ManualClock(datetime.now(UTC))
        store = AzureStore(connect(StorageSettings(self.connection, "", None)))
        self.run(self.emptied(store))
        return store

    async def emptied(self, store: Store) -> None:
        await store.open()
        for container in Container:
            for name in [listed.name async for listed in store.list(container)]:
                await store.delete(container, name)


@pytest.fixture(scope="module", autouse=True)
def _connection(azurite: str) -> None:
    AzuritePipeline.connection = azurite


TestAzuritePipeline = pytest.mark.slow(pytest.mark.azurite(AzuritePipeline.TestCase))
TestAzuritePipeline.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
