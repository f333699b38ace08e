"""The project's own environment, `.venv` in its root: made, filled and remembered, so that it is ready at once."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)

_STAMP = VENV / "installed.json"  # what is installed; written last
_UNFINISHED = VENV / "unfinished"  # there while something is being installed: what was cut short is made anew
_LOG = VENV / "install.log"
_INTERRUPTED = 130
_UNREACHABLE = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "ConnectTimeoutError",
    "NewConnectionError",
    "NameResolutionError",
    "ReadTimeoutError",
    "Connection refused",
    "Network is unreachable",
    "ProxyError",
    "SSLError",
    "CERTIFICATE_VERIFY_FAILED",
)


class CannotPrepareError(Exception):
    """The environment cannot be made or filled; `str()` of it is a sentence that says what to do."""


def run(
    program: Sequence[str], added: Sequence[str] = (), *, extras: Iterable[str] = (), folder: Path | None = None
) -> int:
    """Run a program, with what the user added, by the environment's Python; give its exit status.

    The environment is prepared first if need be; `folder` is where the program runs, the present one if not given.
    """
    try:
        prepare(frozenset(extras))
    except CannotPrepareError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Stopped while installing. Run this again to start afresh.\n")
        return _INTERRUPTED
    except OSError as error:
        sys.stderr.write(f"{VENV} cannot be used ({error.strerror or error}). Delete it and run this again.\n")
        return 2
    sys.stdout.flush()
    try:
        status = subprocess.call([str(PYTHON), *program, *added], cwd=folder)  # noqa: S603  # our own Python
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        sys.stderr.write(f"{PYTHON} cannot be started ({error}). Delete the folder {VENV} and run this again.\n")
        return 2
    return status if status >= 0 else 128 - status  # ended by a signal, as a shell counts it


def prepare(extras: frozenset[str]) -> None:
    """Make `.venv` and install the project in it, unless that was done and pyproject.toml is still the same."""
    installed = _installed()
    if installed is not None and extras <= installed and PYTHON.exists():
        return
    wanted = extras | (_stamped_extras() if PYTHON.exists() else frozenset())
    if not _usable():
        _make()
    _install(wanted)


def _installed() -> frozenset[str] | None:
    """The extras that are installed; None when the stamp is not of this project as it is now."""
    stamp = _read_stamp()
    return _stamped_extras() if {**stamp, "extras": None} == {**_stamp(()), "extras": None} else None


def _stamped_extras() -> frozenset[str]:
    extras = _read_stamp().get("extras")
    return frozenset(map(str, extras)) if isinstance(extras, list) else frozenset()


def _read_stamp() -> dict[str, object]:
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and not _UNFINISHED.exists() else {}


def _stamp(extras: Iterable[str]) -> dict[str, object]:
    """What a finished installation is known by: a project that was moved or changed is installed again."""
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return {"pyproject": digest, "root": str(ROOT), "extras": sorted(extras)}


def _usable() -> bool:
    """Whether there is an environment, whoever made it, in which packages can be installed."""
    if _UNFINISHED.exists() or not PYTHON.exists():
        return False
    asked = f"import pip, sys; sys.exit(sys.prefix == sys.base_prefix or sys.version_info < {OLDEST})"
    try:
        return subprocess.run([str(PYTHON), "-c", asked], capture_output=True, check=False).returncode == 0  # noqa: S603  # our own Python
    except OSError:
        return False


def _make() -> None:
    """Make an empty environment, in place of a broken one."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise CannotPrepareError(
            "This Python comes without venv. On Debian or Ubuntu run “sudo apt install python3-venv”, elsewhere "
            "install Python from python.org; then run this again."
        )
    _say(f"Making an environment of its own for the program, in {VENV} ...")
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
        _UNFINISHED.touch()
    except OSError as error:
        raise CannotPrepareError(
            f"{VENV} cannot be made ({error.strerror or error}). Close what uses it, or delete it, and run this again."
        ) from error
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([base, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)  # noqa: S603  # this Python
    if made.returncode != 0:
        said = _last_line(made.stderr or made.stdout)
        raise CannotPrepareError(
            f"The environment could not be made ({said}). On Debian or Ubuntu run “sudo apt install python3-venv”; "
            "then run this again."
        )


def _install(extras: frozenset[str]) -> None:
    """Install the project as it stands, with the packages that pyproject.toml pins, and remember it."""
    _say("Installing the packages that it needs, which takes a minute or two the first time ...")
    _UNFINISHED.touch()
    _STAMP.unlink(missing_ok=True)
    target = f".[{','.join(sorted(extras))}]" if extras else "."
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-e", target]
    done = subprocess.run(  # noqa: S603  # our own Python
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("utf-8", errors="replace")
    _LOG.write_text(said, encoding="utf-8")
    if done.returncode < 0:
        raise CannotPrepareError("The installation was stopped. Run this again to start afresh.")
    if done.returncode == 0:
        _STAMP.write_text(json.dumps(_stamp(extras)) + "\n", encoding="utf-8")
    _UNFINISHED.unlink(missing_ok=True)  # pip itself clears up behind what it could not install
    if done.returncode != 0:
        raise CannotPrepareError(_why_not(said))


def _why_not(said: str) -> str:
    if any(sign in said for sign in _UNREACHABLE):
        return (
            "The packages could not be downloaded. Connect to the internet (behind a proxy, set HTTPS_PROXY as your "
            f"IT service tells you) and run this again; what pip said is in {_LOG}."
        )
    return (
        f"The packages could not be installed ({_last_line(said)}). Run this again; if it fails again, what pip said "
        f"is in {_LOG}."
    )


def _last_line(text: str) -> str:
    """The last error that was printed, or the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["no reason was given"])[-1].rstrip(".")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
