"""The product's settings in a folder that is thrown away: a test touches no folder of the person who runs it.

pytest-django reads settings before any conftest, so the folder is named here.
"""

from __future__ import annotations

import os
import tempfile

os.environ["APEGO_DATA"] = tempfile.mkdtemp(prefix="apego-tests-")

from apego.settings import *  # noqa: F403 - after the folder is named

# A password is made to take long; the tests make many and keep none.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
