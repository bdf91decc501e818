import json
import sys

import pytest

from config.runner import bootstrap
from config.runner.console import FULL_DISK, Failure


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "requirements.txt").write_text("django==5.2")
    (tmp_path / "requirements-dev.txt").write_text("django==5.2\npytest==9")
    return tmp_path


def stamp_for(checkout, wanted):
    stamp = checkout / "stamp.json"
    stamp.write_text(json.dumps(bootstrap.fingerprint(checkout, wanted)))
    return stamp


@pytest.mark.parametrize(
    ("installed", "asked", "current"),
    [
        ("runtime", "runtime", True),
        ("dev", "dev", True),
        ("dev", "runtime", True),
        ("runtime", "dev", False),
    ],
)
def test_development_packages_contain_the_others(checkout, installed, asked, current):
    stamp = stamp_for(checkout, installed)

    assert bootstrap.is_current(stamp, bootstrap.fingerprint(checkout, asked)) is current


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_changed_lock_asks_for_a_new_installation(checkout, lock):
    stamp = stamp_for(checkout, "dev")
    (checkout / lock).write_text("django==5.3")

    assert not bootstrap.is_current(stamp, bootstrap.fingerprint(checkout, "dev"))


def test_another_python_asks_for_a_new_environment(checkout, monkeypatch):
    stamp = stamp_for(checkout, "runtime")
    monkeypatch.setattr(sys, "version", "3.99.0 (main)")

    assert not bootstrap.is_current(stamp, bootstrap.fingerprint(checkout, "runtime"))


@pytest.mark.parametrize("content", [None, "", "{half a"])
def test_an_absent_or_damaged_stamp_is_no_stamp(checkout, content):
    stamp = checkout / "stamp.json"
    if content is not None:
        stamp.write_text(content)

    assert not bootstrap.is_current(stamp, bootstrap.fingerprint(checkout, "runtime"))


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device: '/x'", FULL_DISK),
        ("error: failed to copy: disk (os error 28)", FULL_DISK),
        ("NewConnectionError: Failed to establish a new connection", bootstrap.NO_NETWORK),
        ("error: Failed to fetch: dns error", bootstrap.NO_NETWORK),
    ],
)
def test_an_installer_that_fails_is_explained_in_a_sentence(output, sentence):
    assert bootstrap.reason(output) == sentence


def test_a_python_without_venv_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(Failure, match="apt-get install python3-venv"):
        bootstrap.make_venv()


def test_a_mirror_named_for_pip_is_used_by_uv_too(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)

    assert bootstrap.installer_env()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
