import pytest

from config.runner.checks import LEFT_OUT, find_chromium, pytest_arguments
from config.runner.console import Failure


@pytest.fixture
def programs(tmp_path):
    def install(name):
        path = tmp_path / name
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
        return str(path)

    return install


def test_the_lightest_installed_browser_is_found(programs, tmp_path):
    programs("chromium")
    shell = programs("chromium-headless-shell")

    assert find_chromium({"PATH": str(tmp_path)}) == shell


def test_the_named_browser_comes_first(programs, tmp_path):
    programs("chromium")
    named = programs("my-chrome")

    assert find_chromium({"PATH": str(tmp_path), "CHROMIUM": named}) == named


def test_no_browser_is_none(tmp_path):
    assert find_chromium({"PATH": str(tmp_path)}) is None


def test_a_named_browser_that_is_absent_is_refused(tmp_path):
    with pytest.raises(Failure, match="CHROMIUM désigne un fichier absent"):
        find_chromium({"PATH": str(tmp_path), "CHROMIUM": str(tmp_path / "nothing")})


def test_without_a_browser_its_tests_are_left_out_aloud(capsys):
    assert pytest_arguments(["-q"], None, 2) == [
        "--liveserver=127.0.0.1", "-n", "2", "--dist", "worksteal", "-m", "not browser", "-q",
    ]  # fmt: skip
    assert capsys.readouterr().err == LEFT_OUT + "\n"


def test_all_refuses_to_leave_the_browser_out():
    with pytest.raises(Failure, match="--all demande un Chromium"):
        pytest_arguments(["--all"], None, 2)


def test_all_with_a_browser_is_not_passed_on():
    assert pytest_arguments(["--all", "-x"], "/usr/bin/chromium", 2) == [
        "--liveserver=127.0.0.1", "-n", "2", "--dist", "worksteal", "-x",
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["-n4", "-n", "--pdb", "tests/test_a.py::test_b"])
def test_a_choice_of_processes_is_left_to_the_person(word):
    assert pytest_arguments([word], "/usr/bin/chromium", 2) == ["--liveserver=127.0.0.1", word]


def test_one_core_runs_one_process():
    assert pytest_arguments([], "/usr/bin/chromium", 1) == ["--liveserver=127.0.0.1"]
