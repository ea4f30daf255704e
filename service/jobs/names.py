"""Names of the objects of a job.

`{hour of acceptance}/{tenant tag}/{result id}/{object}` in one container per kind; a result and the files
beside it are of one kind. The hour comes first so
that the sweep lists from the oldest and stops early; no word of a caller is part of a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from contract.ids import is_result_id
from service.hours import hour_of

_TAG = re.compile(r"[0-9a-f]{32}")

RECORD = "record"
UPLOAD = "upload"


class NotAJob(Exception):
    """The name of an object is not one that a job has."""


@dataclass(frozen=True)
class JobName:
    """Where the objects of one job are."""

    tenant_tag: str
    job: str

    @cached_property
    def prefix(self) -> str:
        """What the names of all objects of this job start with."""
        return f"{hour_of(self.job)}/{self.tenant_tag}/{self.job}/"

    @property
    def record(self) -> str:
        """The job record."""
        return self.prefix + RECORD

    @property
    def upload(self) -> str:
        """The sealed input."""
        return self.prefix + UPLOAD

    def outcome(self, attempt: str) -> str:
        """What the names of all that one attempt made start with; attempts never write to the same name."""
        return f"{self.prefix}{attempt}/"

    def result(self, attempt: str) -> str:
        """The result of one attempt."""
        return self.outcome(attempt) + "result"

    def pdf(self, attempt: str) -> str:
        """The searchable PDF of one attempt."""
        return self.outcome(attempt) + "pdf"

    def figure(self, attempt: str, figure_id: str) -> str:
        """The picture of a figure of one attempt."""
        return f"{self.outcome(attempt)}figure-{figure_id}"

    def part(self, number: int) -> str:
        """A checkpoint of a long document."""
        return f"{self.prefix}part-{number:05}"

    @classmethod
    def of(cls, untrusted_name: str) -> JobName:
        """The job that an object name belongs to; raises NotAJob."""
        hour, _, rest = untrusted_name.partition("/")
        tag, _, rest = rest.partition("/")
        job = rest.partition("/")[0]
        if not _TAG.fullmatch(tag) or not is_result_id(job) or not untrusted_name.startswith(cls(tag, job).prefix):
            raise NotAJob(hour)
        return cls(tag, job)
