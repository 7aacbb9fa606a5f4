"""The settings of the workbench for tests: a data folder of their own, gone when the tests are."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="klaver-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["KLAVER_DATA"] = FOLDER
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser of the journeys runs an event loop

from klaver.web.settings import *  # noqa: E402, F403
from klaver.web.settings import DATABASES  # noqa: E402

if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER}/test.sqlite3"}  # a file: threads of a live server share it
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # type: ignore[attr-defined]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
