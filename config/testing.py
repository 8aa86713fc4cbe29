"""Loaded by pytest before anything of Django (`-p config.testing`): a test run has a data folder of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "YUSHUI_HOME" not in os.environ:
    folder = tempfile.mkdtemp(prefix="yushui-test-")
    os.environ["YUSHUI_HOME"] = folder
    os.mkdir(os.path.join(folder, "static"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
