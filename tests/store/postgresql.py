"""A PostgreSQL server of the tests' own: an unprivileged user's, in a temporary folder, on a socket there, never on the network."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = "nobody"
"""Who runs the server where the tests are root: PostgreSQL refuses to."""

OPTIONS = {
    "listen_addresses": "",
    "max_connections": "120",
    # The server is not what is killed here, so it need not wait for the disk.
    "fsync": "off",
    "full_page_writes": "off",
    "log_min_messages": "fatal",
}


def program(name: str) -> str:
    """A program of PostgreSQL; where there is none the test skips, but in CI it fails."""
    found = shutil.which(name)
    of_debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found and not of_debian:
        reason = f"PostgreSQL is not here ({name}); Debian, as root: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return str(of_debian[-1]) if of_debian else str(found)


@contextmanager
def server() -> Iterator[str]:
    """A server while it runs: its address, to which the name of a database is added."""
    initdb, postgres = program("initdb"), program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="isodose-postgresql-"))
    user = pwd.getpwnam(NOBODY) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    os.chown(folder, user.pw_uid, user.pw_gid)
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    data = folder / "data"
    made = [
        initdb,
        "--pgdata",
        data,
        "--username",
        "isodose",
        "--auth",
        "trust",
        "--no-sync",
        "--encoding",
        "UTF8",
        "--locale",
        "C",
    ]
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **as_user)  # type: ignore[call-overload]
    options = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
    running = subprocess.Popen(
        [postgres, "-D", data, "-k", folder, *options], cwd=folder, stderr=subprocess.PIPE, **as_user
    )  # type: ignore[call-overload]
    try:
        _wait_until_ready(folder, running)
        yield f"postgresql://isodose@/DATABASE?host={folder}"
    finally:
        running.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        running.wait()
        running.stderr.close()
        shutil.rmtree(folder)


def _wait_until_ready(folder: Path, running: "subprocess.Popen[bytes]") -> None:
    import time

    import psycopg

    while running.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="isodose", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    pytest.fail(f"PostgreSQL did not start: {running.stderr.read().decode() if running.stderr else ''}")
