"""Wiring: settings to parts to the functions of this role. Nothing else reads the environment."""

from __future__ import annotations

import gc
import os

import azure.functions as func

import analyze.http
import analyze.trigger
import cleanup.timer
import models.http
import results.http
from service import parts
from service.clock import SystemClock
from service.jobs.bell import Bell
from service.settings import Role, Settings

settings = Settings.from_environment(os.environ)
clock = SystemClock()
bell = Bell(clock, near=settings.role is Role.ALL)
store = parts.azure_store(settings)
app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

if settings.role in (Role.DOOR, Role.ALL):
    door = parts.door(settings, store, parts.azure_preflight(store, clock), bell, clock)
    for edge in (analyze.http, results.http, models.http):
        app.register_functions(edge.functions(door))

if settings.role in (Role.WORKER, Role.ALL):
    workshop = parts.workshop(settings, store, bell, clock)
    app.register_functions(analyze.trigger.functions(workshop))
    app.register_functions(cleanup.timer.functions(workshop))

# What is loaded by now stays for good. Calls to storage leave cycles behind, and whoever collects those need not
# walk over a hundred thousand objects of libraries each time.
gc.collect()
gc.freeze()
