"""An entry that leaves a thread running, which a fork would cut off in the middle of anything."""

from __future__ import annotations

import threading


def warm() -> None:
    """Start a thread that never ends."""
    threading.Thread(target=threading.Event().wait, daemon=True).start()
