"""The parts of a function app, put together from its settings."""

from __future__ import annotations

from dataclasses import dataclass

from engine.analyzer import Analyzer
from engine.cage import Cage, Limits
from service.clock import Clock
from service.gate import Gate
from service.identity import Keys
from service.jobs.accept import Acceptance
from service.jobs.bell import Bell
from service.jobs.purge import purge
from service.jobs.read import Reader
from service.jobs.record import RETENTION
from service.jobs.records import Records
from service.jobs.redrive import Redrive
from service.jobs.report import SweepReports
from service.jobs.sweep import Sweep
from service.jobs.work import Worker
from service.ledger.lookup import Lookup
from service.settings import Settings
from service.sources.guard import SourceRules
from service.store.azure import AzureStore, connect
from service.store.contract import Store
from service.store.host_traces import HostTraces
from service.store.preflight import BlobPreflight, Preflight
from service.vault.key_files import KeyFiles

_MAX_REDIRECTS = 5


@dataclass(frozen=True)
class Door:
    """What the HTTP functions need; nothing here can open an upload."""

    settings: Settings
    keys: Keys
    gate: Gate
    acceptance: Acceptance
    reader: Reader
    lookup: Lookup
    reports: SweepReports
    preflight: Preflight
    source_rules: SourceRules


@dataclass(frozen=True)
class Workshop:
    """What the blob trigger and the timers need; nothing here knows an API key."""

    settings: Settings
    cage: Cage
    worker: Worker
    sweep: Sweep
    redrive: Redrive
    host_traces: HostTraces | None

    async def close(self) -> None:
        """End what runs and let go of connections."""
        await self.cage.close()
        if self.host_traces is not None:
            await self.host_traces.close()


def azure_store(settings: Settings) -> AzureStore:
    """The store that the settings name."""
    return AzureStore(connect(settings.storage))


def azure_preflight(store: AzureStore, clock: Clock) -> BlobPreflight:
    """The preflight of the account behind a store."""
    return BlobPreflight(store.client, clock)


def door(settings: Settings, store: Store, preflight: Preflight, bell: Bell, clock: Clock) -> Door:
    """Put a door together."""
    files = KeyFiles(settings.keys_dir, clock)
    ring = files.record_keys()
    records = Records(store, ring)
    erasing = purge(store, records, ring, files.receipt_signer(), settings.receipts_kept, clock)
    keys = Keys(store, ring, files.api_key_hasher(), clock)
    return Door(
        settings=settings,
        keys=keys,
        gate=Gate(keys, settings.public_endpoint),
        acceptance=Acceptance(store, records, files.key_wrapper(), clock),
        reader=Reader(store, records, erasing.eraser, erasing.receipts, bell, clock, settings.hold),
        lookup=erasing.lookup,
        reports=erasing.reports,
        preflight=preflight,
        source_rules=SourceRules(
            allowed_origins=settings.allowed_source_origins,
            max_bytes=settings.max_body_bytes,
            timeout_seconds=settings.source_timeout.total_seconds(),
            max_redirects=_MAX_REDIRECTS,
        ),
    )


def workshop(settings: Settings, store: Store, bell: Bell, clock: Clock) -> Workshop:
    """Put a workshop together; its cage starts with the first document."""
    files = KeyFiles(settings.keys_dir, clock)
    ring = files.record_keys()
    records = Records(store, ring)
    erasing = purge(store, records, ring, files.receipt_signer(), settings.receipts_kept, clock)
    cage = Cage(
        limits=Limits(
            memory_bytes=settings.document_memory_bytes,
            cpu_seconds=settings.document_seconds,
            wall_seconds=float(settings.document_seconds),
        )
    )
    analyzer = Analyzer(cage, range_pages=settings.range_pages, parallel=settings.parallel_children)
    return Workshop(
        settings=settings,
        cage=cage,
        worker=Worker(store, records, files.key_unwrapper(), analyzer, erasing.eraser, bell, clock, settings),
        sweep=erasing.sweep,
        redrive=Redrive(store, records, clock, settings.lease),
        host_traces=HostTraces.connect(settings.host_storage, clock, RETENTION) if settings.host_storage else None,
    )
