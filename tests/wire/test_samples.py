"""The samples of the official client's source distribution, run as they are, on a document of ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.wire.conftest import ROOT, Service

pytestmark = pytest.mark.azurite
SAMPLES = ROOT / ".venv" / "sdk-samples" / "samples"
SECONDS = 60

READ = re.compile(r"measured with unit: (LengthUnit\.INCH|inch)\n(?s:.*)\.\.\.with content: '3 March 2025'")
INFO = re.compile(r"Our resource has 0 custom models, and we can have at most \d+ custom models")
NOTHING = re.compile("")
RUN = {
    "sample_analyze_read.py": READ,
    "async_samples/sample_analyze_read_async.py": READ,
    "sample_analyze_result_pdf.py": NOTHING,
    "async_samples/sample_analyze_result_pdf_async.py": NOTHING,
    "sample_analyze_result_figures.py": NOTHING,
    "async_samples/sample_analyze_result_figures_async.py": NOTHING,
    "sample_send_request.py": INFO,
    "async_samples/sample_send_request_async.py": INFO,
    "sample_get_raw_response.py": INFO,
    "async_samples/sample_get_raw_response_async.py": INFO,
}
"""What needs only the models that are here, the files beside results and the resource, and what it must print."""


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A copy of the samples; the documents that they open beside themselves are a PDF of ours."""
    if not SAMPLES.is_dir():
        pytest.skip("the official samples are not there; `make setup` fetches them")
    folder = tmp_path / "samples"
    shutil.copytree(SAMPLES, folder)
    for opened in ("forms/Form_1.jpg", "layout/layout-pageobject.pdf"):
        form = folder / "sample_forms" / opened
        form.parent.mkdir(parents=True)
        shutil.copy(ROOT / "samples" / "letter.pdf", form)
    return folder


@pytest.mark.parametrize(("sample", "printed"), RUN.items(), ids=list(RUN))
def test_a_sample(service: Service, samples: Path, sample: str, printed: re.Pattern[str]) -> None:
    ended = subprocess.run(  # noqa: S603 - a file of the official distribution
        [sys.executable, sample],
        cwd=samples,
        env={
            **os.environ,
            "DOCUMENTINTELLIGENCE_ENDPOINT": service.endpoint,
            "DOCUMENTINTELLIGENCE_API_KEY": service.key,
        },
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert printed.search(ended.stdout), ended.stdout
    if "result_pdf" in sample:
        [made] = samples.glob("*analyze_result.pdf")
        assert made.read_bytes() == (ROOT / "samples" / "letter.pdf").read_bytes()
