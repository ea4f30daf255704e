"""Routes."""

from __future__ import annotations

import pytest

from contract import routes


@pytest.mark.parametrize(
    "path",
    [
        "documentintelligence/documentModels",
        "DocumentIntelligence/documentmodels/prebuilt-read",
        "documentintelligence/documentModels/prebuilt-read:analyze",
        "documentintelligence/documentModels/m/analyzeResults/id",
        "documentintelligence/info",
    ],
)
def test_paths_of_the_protocol_are_known(path: str) -> None:
    assert routes.is_known(path)


@pytest.mark.parametrize("path", ["", "documentintelligence", "documentintelligence/documentModels/m/x/y", "info"])
def test_other_paths_are_not(path: str) -> None:
    assert not routes.is_known(path)
