"""Two clients for long runs: the official one, and plain HTTP, which costs a tenth of it."""

from __future__ import annotations

import io
from http import HTTPStatus
from types import TracebackType
from typing import Any, Protocol, Self

import aiohttp
import msgspec
from azure.ai.documentintelligence.aio import DocumentIntelligenceClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError

from contract.ids import API_VERSION
from local.endpoint import Endpoint

MODEL = "prebuilt-read"
NOT_FOUND = "not found"
SUCCEEDED = "succeeded"


class Client(Protocol):
    """Sends documents one at a time; used as an async context."""

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, kind: Any, error: Any, at: Any) -> None: ...

    async def send(self, document: bytes) -> str:
        """The result id."""

    async def end(self, result: str) -> str:
        """Waits for the end of what was sent last: `succeeded`, `not found`, or the inner code of its error."""

    async def delete(self, result: str) -> None:
        """Deletes a result."""


class Official:
    """The official client over aiohttp."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._client = DocumentIntelligenceClient(endpoint.endpoint, AzureKeyCredential(endpoint.key))
        self._poller: Any = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._client.close()

    async def send(self, document: bytes) -> str:
        """The result id."""
        self._poller = await self._client.begin_analyze_document(MODEL, io.BytesIO(document), retry_total=0)
        return str(self._poller.details["operation_id"])

    async def end(self, result: str) -> str:
        """Waits for the end of what was sent last."""
        try:
            await self._poller.result()
        except HttpResponseError as refused:
            if refused.status_code == HTTPStatus.NOT_FOUND:
                return NOT_FOUND
            return str(((refused.error and refused.error.innererror) or {}).get("code"))
        return SUCCEEDED

    async def delete(self, result: str) -> None:
        """Deletes a result."""
        await self._client.delete_analyze_result(MODEL, result)


class Plain:
    """Requests as the protocol has them."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._model = f"{endpoint.endpoint}/documentintelligence/documentModels/{MODEL}"
        self._session = aiohttp.ClientSession(
            headers={"Ocp-Apim-Subscription-Key": endpoint.key}, raise_for_status=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._session.close()

    async def send(self, document: bytes) -> str:
        """The result id."""
        async with self._session.post(f"{self._model}:analyze?api-version={API_VERSION}", data=document) as answer:
            answer.raise_for_status()
            return answer.headers["Operation-Location"].rpartition("/")[2].partition("?")[0]

    async def end(self, result: str) -> str:
        """Waits for the end of a result."""
        while True:
            async with self._session.get(self._of(result)) as answer:
                if answer.status == HTTPStatus.NOT_FOUND:
                    return NOT_FOUND
                answer.raise_for_status()
                operation = msgspec.json.decode(await answer.read())
            if operation["status"] == SUCCEEDED:
                return SUCCEEDED
            if operation["status"] == "failed":
                return str(operation["error"]["innererror"]["code"])

    async def delete(self, result: str) -> None:
        """Deletes a result."""
        async with self._session.delete(self._of(result)) as answer:
            answer.raise_for_status()

    def _of(self, result: str) -> str:
        return f"{self._model}/analyzeResults/{result}?api-version={API_VERSION}"
