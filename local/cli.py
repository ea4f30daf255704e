"""The command line: `python -m local ...`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from azure.core.exceptions import AzureError, HttpResponseError

from engine.cage import CageLost
from local import analysis, demo, erasure, keys, service, show
from local.analysis import Output, waiting
from local.azurite import AzuriteFailed
from local.child import ServiceFailed
from local.data_folder import DataFolder, StorageTaken
from local.endpoint import Endpoint, NotRunning
from service.identity import KeyRecord
from service.ledger.verify import LedgerRefuted
from service.settings import InvalidSetting
from service.vault import rotation
from service.vault.key_file import UnusableKeyFile

# A pretty traceback may show local variables, and those may hold keys.
app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Run Ephemera on this machine."
)
key_commands = typer.Typer(no_args_is_help=True, help="Make, list and revoke API keys, also while the service runs.")
app.add_typer(key_commands, name="keys")
ledger_commands = typer.Typer(no_args_is_help=True, help="The ledger of receipts of erasure.")
app.add_typer(ledger_commands, name="ledger")

DataDir = Annotated[
    Path, typer.Option("--data-dir", envvar="DATA_DIR", file_okay=False, help="Folder that everything is kept in.")
]
DEFAULT_DATA_DIR = Path(".data")
MAX_TENANT_LENGTH = 64
_Answer = TypeVar("_Answer")


@app.command()
def up(
    data_dir: DataDir = DEFAULT_DATA_DIR,
    port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535, help="0 takes a free one.")] = 7071,
) -> None:
    """Run the service in the foreground until Ctrl-C."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("ephemera").setLevel(logging.INFO)
    folder = _folder(data_dir)
    typer.echo("Starting storage and service ...", err=True)
    try:
        service.run(folder, port, _say_ready)
    except (StorageTaken, AzuriteFailed, InvalidSetting, UnusableKeyFile, CageLost) as failure:
        _fail(str(failure))
    except OSError as failure:
        _fail(f"cannot listen on port {port}: {failure.strerror}; set PORT to another one, or to 0")


def _say_ready(endpoint: Endpoint) -> None:
    typer.echo(f"Ready: endpoint {endpoint.endpoint} key {endpoint.key}")


@app.command()
def analyze(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The document.")],
    model: Annotated[str, typer.Option(help="Id of the model.")] = "prebuilt-read",
    output: Annotated[Output, typer.Option(help="What to print.")] = Output.TEXT,
    data_dir: DataDir = DEFAULT_DATA_DIR,
) -> None:
    """Analyze a document with the running service, through the official SDK."""
    with _failures():
        endpoint = Endpoint.read(_folder(data_dir).endpoint)
        typer.echo(analysis.analyze(endpoint, file, model, output))


@contextmanager
def _failures() -> Iterator[None]:
    """Ends with one line that says why the running service gave no result."""
    try:
        yield
    except (NotRunning, CageLost) as failure:
        _fail(str(failure))
    except HttpResponseError as failure:
        _fail(_innermost(failure))
    except AzureError as failure:
        _fail(f"the service does not answer: {type(failure).__name__}")


def _innermost(failure: HttpResponseError) -> str:
    """The sentence of an error that says what to do."""
    inner = failure.error.innererror if failure.error else None
    return str((inner or {}).get("message") or failure.message)


@app.command("show")
def show_document(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The document.")],
    model: Annotated[str, typer.Option(help="Id of the model.")] = "prebuilt-layout",
    feature: Annotated[list[str], typer.Option(help="An optional feature, such as keyValuePairs.")] = [],  # noqa: B006
    to: Annotated[Path | None, typer.Option(dir_okay=False, help="The page; FILE.show.html in this folder.")] = None,
    data_dir: DataDir = DEFAULT_DATA_DIR,
) -> None:
    """Analyze a document with the running service and write a page that shows what was found, and where."""
    target = to or Path(f"{file.name}.show.html")
    with _failures():
        endpoint = Endpoint.read(_folder(data_dir).endpoint)
        target.write_text(show.show(endpoint, file, model, feature), encoding="utf-8")
    typer.echo(f"Written: {target}")


@app.command("demo")
def run_demo() -> None:
    """Analyze the samples, show that only their key reads them, and that nothing stays behind."""
    try:
        demo.run()
    except (AzuriteFailed, ServiceFailed, demo.DemoFailed) as failure:
        _fail(str(failure))


@key_commands.command("create")
def create_key(
    tenant: Annotated[str, typer.Option(help="Who the key is for.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="Print the key alone.")] = False,
    data_dir: DataDir = DEFAULT_DATA_DIR,
) -> None:
    """Make a key. It is shown once and stored nowhere."""
    if not 0 < len(tenant) <= MAX_TENANT_LENGTH or not tenant.isprintable():
        raise typer.BadParameter(f"must be 1 to {MAX_TENANT_LENGTH} printable characters", param_hint="--tenant")

    text = _with_storage(data_dir, lambda folder, connection: keys.create(folder, connection, tenant))
    typer.echo(text if quiet else f"Key for tenant {tenant}, shown this once: {text}")


@key_commands.command("list")
def list_keys(data_dir: DataDir = DEFAULT_DATA_DIR) -> None:
    """List the keys: id, time of creation, tenant."""

    async def collect(folder: DataFolder, connection: str) -> list[KeyRecord]:
        async with keys.opened(folder, connection) as opened:
            return [record async for record in opened.list()]

    for record in sorted(_with_storage(data_dir, collect), key=lambda record: record.created):
        typer.echo(f"{record.key_id}  {record.created:%Y-%m-%d %H:%M:%S}Z  {record.tenant}")


@key_commands.command("revoke")
def revoke_key(
    key_id: Annotated[str, typer.Argument(help="An id that `keys list` shows.")], data_dir: DataDir = DEFAULT_DATA_DIR
) -> None:
    """Refuse a key from now on, and erase all that it brought in."""
    count = _with_storage(data_dir, lambda folder, connection: erasure.revoke(folder, connection, key_id))
    if count is None:
        _fail(f"there is no key {key_id}; `keys list` shows the ids of those there are")
    typer.echo(f"Revoked, and {count} job(s) erased.")


@key_commands.command("rotate")
def rotate_keys(
    record: Annotated[bool, typer.Option("--record", help="Replace the key that seals job records.")] = False,
    service_key: Annotated[bool, typer.Option("--service", help="Replace the key pair that opens uploads.")] = False,
    data_dir: DataDir = DEFAULT_DATA_DIR,
) -> None:
    """Replace keys of the service; the ones before still open for 25 hours. A running service takes them up."""
    if not record and not service_key:
        raise typer.BadParameter("says which keys: --record, --service or both", param_hint="keys rotate")
    folder = _folder(data_dir).keys
    try:
        if record:
            rotation.rotate_record_key(folder, datetime.now(UTC))
        if service_key:
            rotation.rotate_service_key(folder, datetime.now(UTC))
    except FileNotFoundError as absent:
        _fail(f"there is no {Path(absent.filename).name} yet; the first start makes it")


@ledger_commands.command("verify")
def verify_ledger(
    head: Annotated[str, typer.Option(help="A signed head that was published earlier: shows a cut tail.")] = "",
    receipt_days: Annotated[int, typer.Option(envvar="RECEIPT_DAYS", min=1, help="How long receipts are kept.")] = 400,
    data_dir: DataDir = DEFAULT_DATA_DIR,
) -> None:
    """Check chain, signatures, head and gaps of the ledger of receipts, also while the service runs."""
    kept = timedelta(days=receipt_days)
    try:
        found = _with_storage(data_dir, lambda folder, connection: erasure.verify(folder, connection, kept, head))
    except LedgerRefuted as refuted:
        for finding in refuted.findings:
            typer.echo(f"{finding.name}: {finding.kind}", err=True)
        _fail(f"the ledger is broken in {len(refuted.findings)} place(s)")
    typer.echo(f"{found.pages} page(s), {found.receipts} receipt(s), {found.waiting} waiting for the next sweep")


def _with_storage(data_dir: Path, work: Callable[[DataFolder, str], Coroutine[None, None, _Answer]]) -> _Answer:
    """Do something with the storage of a data folder: that of the running service, else one for the moment."""
    folder = _folder(data_dir)
    try:
        with waiting("Opening the storage"), folder.storage() as connection:
            return asyncio.run(work(folder, connection))
    except (StorageTaken, AzuriteFailed, UnusableKeyFile) as failure:
        _fail(str(failure))


def _folder(data_dir: Path) -> DataFolder:
    try:
        return DataFolder(data_dir)
    except OSError as failure:
        _fail(f"{data_dir} cannot be the data folder: {failure.strerror}; set DATA_DIR to another one")


def _fail(message: str) -> NoReturn:
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(1)
