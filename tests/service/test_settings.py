"""Settings out of an environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from service.settings import InvalidSetting, Role, Settings, TriggerSource

LEAST = {"DOCUMENTS": "UseDevelopmentStorage=true;AccountKey=topsecret", "KEYS_DIR": "/keys"}


def test_defaults() -> None:
    settings = Settings.from_environment(LEAST)
    assert settings.role is Role.ALL
    assert settings.trigger_source is TriggerSource.EVENT_GRID
    assert settings.keys_dir == Path("/keys")
    assert settings.max_body_bytes == 500 * 1024 * 1024
    assert settings.hold == timedelta(seconds=5)
    assert settings.allowed_source_origins == frozenset()


def test_managed_identity() -> None:
    environment = {"DOCUMENTS__blobServiceUri": "https://a.blob.core.windows.net", "KEYS_DIR": "/keys"}
    assert Settings.from_environment(environment).storage.service_uri == "https://a.blob.core.windows.net"


def test_the_storage_of_the_host() -> None:
    assert Settings.from_environment(LEAST).host_storage is None
    named = Settings.from_environment({**LEAST, "AzureWebJobsStorage__accountName": "a"}).host_storage
    assert named is not None
    assert (named.blob_uri, named.queue_uri) == ("https://a.blob.core.windows.net", "https://a.queue.core.windows.net")
    local = Settings.from_environment({**LEAST, "AzureWebJobsStorage": LEAST["DOCUMENTS"]}).host_storage
    assert local is not None
    assert local.connection_string == LEAST["DOCUMENTS"]
    half = {**LEAST, "AzureWebJobsStorage__blobServiceUri": "https://a.blob.core.windows.net"}
    assert Settings.from_environment(half).host_storage is None


@pytest.mark.parametrize("given", ["https://docs.example.org", "https://docs.example.org/", "http://[::1]:7071"])
def test_the_public_endpoint(given: str) -> None:
    settings = Settings.from_environment({**LEAST, "PUBLIC_ENDPOINT": given})
    assert settings.public_endpoint == given.rstrip("/")


def test_lists_of_origins() -> None:
    settings = Settings.from_environment({**LEAST, "ALLOWED_SOURCE_ORIGINS": "http://127.0.0.1:1, HTTP://B:2 ,"})
    assert settings.allowed_source_origins == {"http://127.0.0.1:1", "http://b:2"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROLE", "janitor"),
        ("BLOB_TRIGGER_SOURCE", "Pigeon"),
        ("MAX_BODY_MB", "0"),
        ("MAX_BODY_MB", "501"),
        ("HOLD_SECONDS", "-1"),
        ("HOLD_SECONDS", "1.5"),
        ("LEASE_SECONDS", "soon"),
        ("KEYS_DIR", " "),
        ("PUBLIC_ENDPOINT", "docs.example.org"),
        ("PUBLIC_ENDPOINT", "https://docs.example.org/inner"),
        ("ALLOWED_SOURCE_ORIGINS", "https://a.example, b.example"),
        ("ALLOWED_SOURCE_ORIGINS", "https://user@a.example"),
    ],
)
def test_a_wrong_value_is_named_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting, match=name) as refused:
        Settings.from_environment({**LEAST, name: value})
    assert f"{value!r}" not in str(refused.value)


def test_storage_is_required() -> None:
    with pytest.raises(InvalidSetting, match="DOCUMENTS"):
        Settings.from_environment({"KEYS_DIR": "/keys"})


def test_storage_is_not_reached_in_clear() -> None:
    environment = {"DOCUMENTS__blobServiceUri": "http://a.blob.core.windows.net", "KEYS_DIR": "/keys"}
    with pytest.raises(InvalidSetting, match="https"):
        Settings.from_environment(environment)


def test_settings_show_no_connection_string() -> None:
    assert "topsecret" not in repr(Settings.from_environment(LEAST))
