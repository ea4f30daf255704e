"""Who may do what: every verb of every route, for every caller and every state a job can be in."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest

from contract import routes
from contract.errors import ApiError, Fault
from contract.ids import new_result_id
from service.clock import ManualClock
from service.identity import Caller
from service.jobs.record import RETENTION
from tests.service.jobs.faults import Killed
from tests.wire.conftest import one_page_pdf
from tests.wire.door import Door, Seen

MODEL = "prebuilt-read"
FIGURE = "1.1"


@dataclass(frozen=True)
class Row:
    """What the owner of a valid key gets, and what is sent for it."""

    status: int
    body: bytes = b""


ROWS: dict[tuple[str, str], Row] = {
    ("POST", routes.ANALYZE): Row(202, one_page_pdf("x")),
    ("GET", routes.RESULT): Row(200),
    ("DELETE", routes.RESULT): Row(204),
    ("GET", routes.PDF): Row(200),
    ("GET", routes.FIGURE): Row(200),
    ("GET", routes.MODELS): Row(200),
    ("GET", routes.MODEL): Row(200),
    ("GET", routes.INFO): Row(200),
    ("GET", routes.RECEIPTS): Row(200),
}
OF_A_RESULT = [row for row in ROWS if "{resultId}" in row[1]]
OF_NO_RESULT = [row for row in ROWS if row not in OF_A_RESULT]
OTHER_VERBS = [
    (verb, template)
    for template, verbs in routes.VERBS.items()
    for verb in ("GET", "POST", "PUT", "PATCH", "DELETE")
    if verb not in verbs and template.startswith(routes.EVERYTHING_ELSE.partition("{")[0])
]
"""Elsewhere the host itself answers a verb that no function takes."""


class Who(StrEnum):
    """Callers. The last four have no key that is valid."""

    OWNER = "owner"
    OTHER_KEY = "another key of the tenant"
    OTHER_TENANT = "a key of another tenant"
    NO_KEY = "no key"
    MALFORMED = "a malformed key"
    UNKNOWN = "a key that was never made here"
    REVOKED = "a revoked key"

    @property
    def known(self) -> bool:
        return self in (Who.OWNER, Who.OTHER_KEY, Who.OTHER_TENANT)


class Which(StrEnum):
    """Jobs in every state. Only the first four are there for anybody, and that is the owner."""

    FINISHED = "finished"
    FAILED = "failed"
    WAITING = "not started"
    RUNNING = "running"
    DELETED = "deleted"
    DELETED_WAITING = "deleted before it started"
    EXPIRED = "expired"
    EXPIRED_WAITING = "expired before it started"
    REVOKED = "erased with the key that brought it in"
    UNKNOWN = "unknown"
    NO_ID = "not an id"

    @property
    def there(self) -> bool:
        return self in (Which.FINISHED, Which.FAILED, Which.WAITING, Which.RUNNING)

    def answers(self, template: str) -> bool:
        """Whether the owner gets something at a route."""
        if template == routes.RECEIPTS:
            return self.has_receipts
        return self is Which.FINISHED if template in (routes.PDF, routes.FIGURE) else self.there

    @property
    def has_receipts(self) -> bool:
        """Something of the job was erased: its input, or everything by a delete."""
        return self in (Which.FINISHED, Which.FAILED, Which.DELETED, Which.DELETED_WAITING, Which.EXPIRED)


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(ManualClock(datetime(2026, 3, 1, 12, 30, tzinfo=UTC)), tmp_path / "keys")


async def owner_of(door: Door) -> Caller:
    return await door.world.caller("clinic")


async def key_of(door: Door, who: Who, owner: Caller) -> str | None:
    """The key that this caller sends."""
    if who is Who.NO_KEY:
        return None
    if who is Who.OWNER:
        return owner.api_key.text
    if who is Who.MALFORMED:
        return owner.api_key.text[:-1] + ("A" if owner.api_key.text[-1] != "A" else "B")
    if who is Who.UNKNOWN:
        return type(owner.api_key).generate().text
    caller = await door.world.caller("bank" if who is Who.OTHER_TENANT else "clinic")
    if who is Who.REVOKED:
        await door.world.keys.revoke(caller.principal.key_id)
    return caller.api_key.text


async def job_of(door: Door, which: Which, owner: Caller) -> str:
    """The id that is asked for. Moving the clock is the last step, so that other jobs expire as well."""
    world = door.world
    if which is Which.NO_ID:
        return "no-id"
    if which is Which.UNKNOWN:
        return new_result_id(world.clock.now())
    if which in (Which.FAILED, Which.RUNNING):
        world.engine.behave = refuse if which is Which.FAILED else die
    waiting = which in (Which.WAITING, Which.RUNNING, Which.DELETED_WAITING, Which.EXPIRED_WAITING)
    job = await (world.submit(owner) if waiting else world.finished_with_files(owner))
    if which is Which.RUNNING:
        with pytest.raises(Killed):
            await world.worker.run(world.name(owner, job))
    if which is Which.REVOKED:
        await world.purge.revocations.revoke(world.keys, owner.principal.key_id)
    if which in (Which.DELETED, Which.DELETED_WAITING):
        await world.reader.delete(owner, MODEL, job)
    if which in (Which.EXPIRED, Which.EXPIRED_WAITING):
        world.clock.advance(RETENTION)
    return job


def refuse() -> bytes:
    """An engine that finds no document."""
    raise ApiError(Fault.INVALID_CONTENT)


def die() -> bytes:
    """An engine whose process ends here, so that the job stays as a running one is."""
    raise Killed


def path_of(template: str, job: str) -> str:
    return template.replace("{modelId}", MODEL).replace("{resultId}", job).replace("{figureId}", FIGURE)


async def refusal(door: Door, fault: Fault) -> Seen:
    """The one answer that a fault has, whatever was asked: taken from a path that is no route at all."""
    path = routes.EVERYTHING_ELSE.replace("{*rest}", "nothing")
    key = None if fault is Fault.UNAUTHORIZED else (await owner_of(door)).api_key.text
    seen = await door.send("GET", path, key)
    assert seen.status == fault.status
    return seen


def test_every_verb_of_every_route_has_a_row() -> None:
    assert set(ROWS) == {(verb, template) for template, verbs in routes.VERBS.items() for verb in verbs}


def test_every_function_is_on_a_route_of_the_table(door: Door) -> None:
    served = {function.route.name: function.route for function in door.functions.values()}
    public = [(verb, template) for template, verbs in routes.PUBLIC.items() for verb in verbs]
    for verb, template in [*ROWS, *public]:
        path = path_of(template, "x").split("/")
        takers = [r.name for r in served.values() if verb in r.verbs and r.template.match(path) is not None]
        assert takers, f"{verb} {template} has no function"
        served.pop(min(takers, key=str.upper), None)
    assert set(served) == {"ZzNoRoute"}


@pytest.mark.parametrize("path", routes.PUBLIC)
async def test_what_is_public_is_the_same_for_everybody(door: Door, path: str) -> None:
    owner = await owner_of(door)
    await job_of(door, Which.DELETED, owner)
    await door.world.sweep.run()
    seen = [await door.send("GET", path, await key_of(door, who, owner)) for who in Who]
    assert seen == [seen[0]] * len(seen)
    assert seen[0].status == 200
    assert owner.principal.key_id.encode() not in seen[0].body


@pytest.mark.parametrize(("verb", "template"), OF_A_RESULT)
@pytest.mark.parametrize(("who", "which"), list(itertools.product(Who, Which)))
async def test_a_result(door: Door, verb: str, template: str, who: Who, which: Which) -> None:
    owner = await owner_of(door)
    key = await key_of(door, who, owner)
    job = await job_of(door, which, owner)
    seen = await door.send(verb, path_of(template, job), key, ROWS[verb, template].body)
    if not who.known or (who is Who.OWNER and which is Which.REVOKED):
        assert seen == await refusal(door, Fault.UNAUTHORIZED)
        assert key is None or key.encode() not in seen.body
    elif who is Who.OWNER and which.answers(template):
        assert seen.status == ROWS[verb, template].status
    else:
        assert seen == await refusal(door, Fault.NOT_FOUND)


@pytest.mark.parametrize(("who", "which"), list(itertools.product(Who, Which)))
async def test_other_verbs_tell_and_change_nothing(door: Door, who: Who, which: Which) -> None:
    owner = await owner_of(door)
    key = await key_of(door, who, owner)
    job = await job_of(door, which, owner)
    before = await door.world.objects()
    known = who.known and not (who is Who.OWNER and which is Which.REVOKED)
    unknown = new_result_id(door.world.clock.now())
    for verb, template in OTHER_VERBS:
        seen = await door.send(verb, path_of(template, job), key)
        assert seen.status in ((404, 405) if known else (401,))
        assert seen == await door.send(verb, path_of(template, unknown), key)
    assert await door.world.objects() == before


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize(("verb", "template"), OF_NO_RESULT)
async def test_what_is_of_no_result(door: Door, verb: str, template: str, who: Who) -> None:
    key = await key_of(door, who, await owner_of(door))
    seen = await door.send(verb, path_of(template, ""), key, ROWS[verb, template].body)
    if who.known:
        assert seen.status == ROWS[verb, template].status
    else:
        assert seen == await refusal(door, Fault.UNAUTHORIZED)
        assert await door.world.objects() == []


@pytest.mark.parametrize("who", [who for who in Who if who is not Who.OWNER])
async def test_nobody_else_changes_anything(door: Door, who: Who) -> None:
    """This tests ensures that a refused DELETE leaves the result to its owner."""
    owner = await owner_of(door)
    job = await job_of(door, Which.FINISHED, owner)
    before = await door.world.objects()
    path = path_of(routes.RESULT, job)
    assert (await door.send("DELETE", path, await key_of(door, who, owner))).status in (401, 404)
    assert await door.world.objects() == before
    assert (await door.send("GET", path, owner.api_key.text)).status == 200


@pytest.mark.parametrize("act", [pytest.param(str.upper, id="upper"), pytest.param(lambda t: t + " ", id="blank")])
async def test_an_id_has_one_spelling(door: Door, act: Callable[[str], str]) -> None:
    owner = await owner_of(door)
    job = await job_of(door, Which.FINISHED, owner)
    seen = await door.send("GET", path_of(routes.RESULT, act(job)), owner.api_key.text)
    assert seen == await refusal(door, Fault.NOT_FOUND)


@pytest.mark.parametrize("path", ["/pdf", "/figures/1.1"])
async def test_what_was_not_made_is_not_there(door: Door, path: str) -> None:
    owner = await owner_of(door)
    bare, made = await door.world.finished(owner), await job_of(door, Which.FINISHED, owner)
    seen = [await door.send("GET", path_of(routes.RESULT, job) + path, owner.api_key.text) for job in (bare, made)]
    assert seen[0] == await refusal(door, Fault.NOT_FOUND)
    assert seen[1].status == 200


async def test_a_figure_that_is_not_there(door: Door) -> None:
    owner = await owner_of(door)
    path = path_of(routes.RESULT, await job_of(door, Which.FINISHED, owner)) + "/figures/"
    for figure in ("1.3", "0.1", "1", "1.1.", "pdf", "..%2Fpdf"):
        assert await door.send("GET", path + figure, owner.api_key.text) == await refusal(door, Fault.NOT_FOUND)


async def test_a_result_is_there_until_the_last_moment(door: Door) -> None:
    owner = await owner_of(door)
    path = path_of(routes.RESULT, await job_of(door, Which.FINISHED, owner))
    door.world.clock.advance(RETENTION - timedelta(microseconds=1))
    assert (await door.send("GET", path, owner.api_key.text)).status == 200
    door.world.clock.advance(timedelta(microseconds=1))
    assert await door.send("GET", path, owner.api_key.text) == await refusal(door, Fault.NOT_FOUND)
