"""Every kind of answer, held against the published description of the protocol."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from jsonschema import ValidationError

from contract import routes
from contract.errors import Fault
from contract.ids import API_VERSION
from contract.operation import ErrorResponse
from service.clock import ManualClock
from tests.service.jobs.conftest import FIGURES, PDF
from tests.wire.conftest import ANALYZE, BASE, ROOT, Reply, Service
from tests.wire.door import Door
from tests.wire.swagger import Swagger

DESCRIPTION = ROOT.parent / "shared" / "contract" / "DocumentIntelligence.json"
KINDS = {".pdf", ".docx", ".xlsx", ".pptx", ".html"}
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in KINDS)
VERSION = f"?api-version={API_VERSION}"


@pytest.fixture(scope="session")
def swagger() -> Swagger:
    if not DESCRIPTION.exists():
        pytest.skip(f"the description of the protocol is not at {DESCRIPTION}")
    return Swagger(DESCRIPTION)


def held(swagger: Swagger, verb: str, template: str, reply: Reply) -> Reply:
    """The reply, once it has been held against the description."""
    swagger.check(verb, template, reply.status, reply.headers, reply.body)
    return reply


@pytest.mark.azurite
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("options", ["", "&outputContentFormat=markdown&features=styleFont,languages&pages=1-"])
def test_an_analysis(service: Service, swagger: Swagger, sample: Path, options: str) -> None:
    accepted = held(swagger, "POST", routes.ANALYZE, service.send("POST", ANALYZE + options, sample.read_bytes()))
    done = held(swagger, "GET", routes.RESULT, service.finished(accepted.location))
    assert done.json["status"] == "succeeded"
    assert done.json["analyzeResult"]["pages"]
    assert held(swagger, "DELETE", routes.RESULT, service.send("DELETE", accepted.location)).status == 204
    assert held(swagger, "GET", routes.RESULT, service.send("GET", accepted.location)).status == 404


@pytest.mark.azurite
def test_a_failed_analysis(service: Service, swagger: Swagger, canary_pdf: bytes) -> None:
    accepted = service.send("POST", ANALYZE, canary_pdf[:300])
    done = held(swagger, "GET", routes.RESULT, service.finished(accepted.location))
    assert done.json["status"] == "failed"
    assert done.json["error"]["innererror"]["code"] == "InvalidContent"
    assert "analyzeResult" not in done.json


@pytest.mark.azurite
@pytest.mark.parametrize(
    ("template", "path"),
    [(routes.MODELS, "/documentModels"), (routes.MODEL, "/documentModels/prebuilt-read"), (routes.INFO, "/info")],
)
def test_what_can_be_asked(service: Service, swagger: Swagger, template: str, path: str) -> None:
    mine = str(uuid.uuid4())
    reply = held(swagger, "GET", template, service.send("GET", BASE + path + VERSION, x_ms_client_request_id=mine))
    assert (reply.status, reply.headers["x-ms-client-request-id"]) == (200, mine)


@pytest.mark.azurite
@pytest.mark.parametrize(
    ("template", "path", "status"),
    [
        (routes.MODEL, "/documentModels/no-such-model" + VERSION, 404),
        (routes.MODELS, "/documentModels", 400),
        (routes.RESULT, "/documentModels/prebuilt-read/analyzeResults/nothing" + VERSION, 404),
    ],
)
def test_a_refusal(service: Service, swagger: Swagger, template: str, path: str, status: int) -> None:
    assert held(swagger, "GET", template, service.send("GET", BASE + path)).status == status
    refused = held(swagger, "GET", template, service.send("GET", BASE + path, Ocp_Apim_Subscription_Key="x"))
    assert refused.status == 401


async def test_an_analysis_that_has_not_ended(swagger: Swagger, tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC))
    door = Door(clock, tmp_path / "keys")
    world = door.world
    owner = await world.caller()
    job = await world.submit(owner)
    path = routes.RESULT.format(modelId="prebuilt-read", resultId=job)
    for status in ("notStarted", "running"):
        seen = await door.send("GET", path, owner.api_key.text)
        swagger.check("GET", routes.RESULT, seen.status, {"Content-Type": seen.headers["content-type"]}, seen.body)
        assert json.loads(seen.body)["status"] == status
        assert seen.headers["retry-after"] == "1"
        held_record = await world.records.load(world.name(owner, job))
        assert held_record is not None
        running = held_record.record.claimed("attempt", clock.now(), timedelta(minutes=1))
        await world.records.replace(world.name(owner, job), held_record, running)


@pytest.mark.parametrize(("template", "content"), [(routes.PDF, PDF), (routes.FIGURE, FIGURES["1.1"])])
async def test_files(swagger: Swagger, tmp_path: Path, template: str, content: bytes) -> None:
    door = Door(ManualClock(datetime(2026, 3, 1, 12, 30, tzinfo=UTC)), tmp_path / "keys")
    owner = await door.world.caller()
    for job in (await door.world.finished(owner), await door.world.finished_with_files(owner)):
        path = template.format(modelId="prebuilt-read", resultId=job, figureId="1.1")
        seen = await door.send("GET", path, owner.api_key.text)
        swagger.check("GET", template, seen.status, {"Content-Type": seen.headers["content-type"]}, seen.body)
    assert (seen.status, seen.body) == (200, content)


@pytest.mark.parametrize("fault", Fault)
def test_every_error(swagger: Swagger, fault: Fault) -> None:
    body = msgspec.json.encode(ErrorResponse(error=fault.error(target="1")))
    swagger.check_as("DocumentIntelligenceErrorResponse", json.loads(body))


def test_the_check_sees_what_is_wrong(swagger: Swagger) -> None:
    """This tests ensures that a check that passes says something."""
    good = {"offset": 0, "length": 1}
    swagger.check_as("DocumentSpan", good)
    for wrong in ({"offset": 0}, {**good, "extra": 1}, {**good, "length": -1}, {**good, "length": 2**31}):
        with pytest.raises(ValidationError):
            swagger.check_as("DocumentSpan", wrong)
    operation = {"status": "succeeded", "createdDateTime": "2026-03-01T12:00:00Z"}
    swagger.check_as("AnalyzeOperation", {**operation, "lastUpdatedDateTime": "2026-03-01T12:00:00Z"})
    for moment in ("2026-03-01T12:00:00", "2026-03-01", "now"):
        with pytest.raises(ValidationError):
            swagger.check_as("AnalyzeOperation", {**operation, "lastUpdatedDateTime": moment})
