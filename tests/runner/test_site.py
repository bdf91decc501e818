import socket

import pytest

from config.runner import site
from config.runner.console import Failure


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind((site.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_refused_with_another_to_try(taken):
    with pytest.raises(Failure, match=rf"^Le port {taken} est déjà pris .* ./run --port \d+$"):
        site.refuse_taken(taken)


def test_the_port_to_try_is_free(taken):
    assert site.is_free(site.suggest(taken))


def test_a_free_port_is_accepted(taken):
    assert site.refuse_taken(site.suggest(taken)) is None


def test_a_port_just_left_is_free_again():
    with socket.create_server((site.HOST, 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection((site.HOST, port))
        accepted, _ = server.accept()
        accepted.close()
        client.close()

    assert site.is_free(port)


def test_a_site_that_is_silent_is_not_healthy(taken):
    assert not site.is_healthy(site.suggest(taken))


@pytest.fixture
def site_files(tmp_path):
    (tmp_path / "config" / "static" / "css").mkdir(parents=True)
    (tmp_path / "config" / "static" / "css" / "site.css").write_text("a {}")
    (tmp_path / "stamp.json").write_text("{}")
    return tmp_path


@pytest.mark.parametrize("changed", ["config/static/css/site.css", "stamp.json"])
def test_a_changed_file_or_package_collects_static_files_again(site_files, changed):
    before = site.static_digest(site_files, site_files / "stamp.json")
    (site_files / changed).write_text("b { }")

    assert site.static_digest(site_files, site_files / "stamp.json") != before


def test_unchanged_files_are_not_collected_again(site_files):
    before = site.static_digest(site_files, site_files / "stamp.json")

    assert site.static_digest(site_files, site_files / "stamp.json") == before
