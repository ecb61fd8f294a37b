"""The processes under `apego serve`: one that serves pages, one that works in the background, and their parent.

A child ends when its parent is gone, however that ended: it reads a pipe that the parent holds open, and a pipe
is closed even where a process was killed. So no worker is left behind with the port or the database.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

STOPPING = 15.0  # seconds for a request or a piece of work to end by itself
TOO_MANY = 5  # a child that dies so often within …
TOO_SOON = 60.0  # … so many seconds will not live
THREADS = 4  # a page is short, and a few people read at once; more would wait for the one database


@dataclass(slots=True)
class Child:
    """One child: what it does, the process that does it now, and when it was started."""

    work: str
    running: subprocess.Popen[bytes] | None = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=TOO_MANY))

    def start(self) -> None:
        self.starts.append(time.monotonic())
        self.running = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "apego.command.processes", self.work],
            stdin=subprocess.PIPE,
            # Ctrl-C in a terminal reaches a whole group of processes; the parent alone decides how its children end.
            start_new_session=True,
        )

    def is_running(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def cannot_live(self) -> bool:
        return len(self.starts) == TOO_MANY and self.starts[-1] - self.starts[0] < TOO_SOON

    def stop(self) -> None:
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def ended(self, until: float) -> None:
        if self.running is None:
            return
        try:
            self.running.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        if self.running.stdin:
            self.running.stdin.close()


def keep_running(works: tuple[str, ...], stop: threading.Event, restarted: Callable[[str], None]) -> bool:
    """Keep a child at each work until `stop` is set. Give False where one dies again and again."""
    children = [Child(work) for work in works]
    try:
        for child in children:
            child.start()
        while not stop.wait(0.3):
            for child in children:
                if child.is_running():
                    continue
                if child.cannot_live():
                    return False
                restarted(child.work)
                child.start()
        return True
    finally:
        for child in children:
            child.stop()
        until = time.monotonic() + STOPPING
        for child in children:
            child.ended(until)


def _end_with_parent() -> None:
    """End this process when the parent's end of the pipe closes."""

    def waiting() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=waiting, name="parent", daemon=True).start()


def _pages() -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from apego.command.installation import certificate, host_and_port
    from apego.environment import value

    host, port = host_and_port()
    files = certificate()
    Granian(
        "apego.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(value("APEGO_WEB_PROCESSES")),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=int(STOPPING),
        websockets=False,
        ssl_cert=files[0] if files else None,
        ssl_key=files[1] if files else None,
        log_level=LogLevels.warning,
    ).serve()


def _background() -> None:
    from apego.command.installation import opened

    opened()
    from django.core.management import call_command
    from django.utils import timezone

    from apego.records import retention

    retention.arrange(timezone.now(), soon=True)  # what was due while the machine was off is done now
    call_command("db_worker", queue_name="*", verbosity=0, startup_delay=False)


WORKS: Mapping[str, Callable[[], None]] = {"pages": _pages, "background": _background}

if __name__ == "__main__":
    _end_with_parent()
    WORKS[sys.argv[1]]()
