"""The error table."""

from __future__ import annotations

import msgspec
import pytest

from contract.errors import ApiError, Fault
from contract.operation import ErrorResponse


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_the_one_shape(fault: Fault) -> None:
    shown = msgspec.json.decode(msgspec.json.encode(ErrorResponse(error=fault.error())))
    assert set(shown) == {"error"}
    assert set(shown["error"]) <= {"code", "message", "innererror"}
    assert shown["error"]["code"]
    assert shown["error"]["message"].endswith((".", "resource"))
    if "innererror" in shown["error"]:
        assert set(shown["error"]["innererror"]) == {"code", "message"}
    assert fault.status in {400, 401, 404, 405, 500, 503}


def test_a_detail_replaces_the_innermost_sentence() -> None:
    error = ApiError(Fault.INVALID_PARAMETER, "The parameter pages is invalid.", "pages").error()
    assert error.message == "Invalid argument."
    assert error.target == "pages"
    assert error.innererror is not None
    assert error.innererror.message == "The parameter pages is invalid."


def test_an_error_says_nothing_of_its_detail_in_a_traceback() -> None:
    assert "secret" not in repr(ApiError(Fault.INVALID_CONTENT, "secret"))
