"""How long `apego serve` takes to its first page, and how much memory its pages take with the reader loaded.

`./dev bench start` works on an installation of its own, which it makes and throws away.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmark.crowd import free_port

RUNS, START_S, MEMORY_MB = 5, 3.0, 300

PAGES = """
import resource, django; django.setup()
from django.conf import settings; settings.ALLOWED_HOSTS = ["*"]
from django.test import Client
from apego.wsgi import application
from apego.listening.reader import read
from apego.records.models import Person
from tests.shots import fill
fill()
read("You waited until she looked back, and she came closer.")
for person in Person.objects.all():
    client = Client(); client.force_login(person)
    for path in ("/en/", "/es/families/", "/en/learn/", "/es/reflect/"):
        client.get(path, follow=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main(arguments: list[str]) -> int:
    """Print both; fail past a limit."""
    with tempfile.TemporaryDirectory(prefix="apego-start-") as folder:
        environment = {**os.environ, "APEGO_DATA": folder, "DJANGO_SETTINGS_MODULE": "apego.settings"}
        environment.pop("DATABASE_URL", None)
        first = _start(environment)
        times = sorted(_start(environment) for _ in range(RUNS))
        ran = subprocess.run(
            [sys.executable, "-c", PAGES], env=environment, capture_output=True, text=True, check=True
        )
    middle, memory = times[RUNS // 2], float(ran.stdout)
    print(
        f"first start ever, migrating: {first:.1f} s; later starts to the first page: median {middle:.1f} s"
    )
    print(f"a process of pages with the reader loaded: {memory:.0f} MB")
    return int(middle > START_S or memory > MEMORY_MB)


def _start(environment: dict[str, str]) -> float:
    port = free_port()
    command = [str(Path(sys.executable).with_name("apego")), "serve"]
    began = time.perf_counter()
    server = subprocess.Popen(
        command, env={**environment, "APEGO_ADDRESS": f"127.0.0.1:{port}"}, stdout=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/en/sign-in/", timeout=5).read()
                return time.perf_counter() - began
            except OSError:
                time.sleep(0.02)
    finally:
        server.terminate()
        server.wait(20)
