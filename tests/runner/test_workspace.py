import stat

import pytest

from config.runner.console import Failure
from config.runner.workspace import Workspace

ADDRESSES = {"DATABASE_URL": "postgres://here", "REDIS_URL": "redis://here"}


@pytest.fixture
def workspace(tmp_path):
    return Workspace("dev", run=tmp_path)


def test_a_second_launcher_is_refused_with_the_first_one_s_number(workspace, tmp_path):
    refused = pytest.raises(Failure, match=r"déjà utilisé par un autre ./run \(processus \d+\)")
    second = Workspace("dev", run=tmp_path).claimed()

    with workspace.claimed(), refused, second:
        pass


def test_tests_and_development_do_not_exclude_each_other(workspace, tmp_path):
    with workspace.claimed(), Workspace("test", run=tmp_path).claimed() as other:
        assert other.logs.is_dir()


def test_the_workspace_is_free_again_afterwards(workspace):
    with workspace.claimed():
        pass
    with workspace.claimed() as again:
        assert again is workspace


def test_secrets_are_made_once_and_private(workspace):
    with workspace.claimed():
        first = workspace.secrets()
        mode = stat.S_IMODE((workspace.home / "secrets.json").stat().st_mode)

        assert workspace.secrets() == first
        assert mode == 0o600
        assert len(set(first.values())) == len(first)


def test_published_servers_are_found_while_the_launcher_lives(workspace, tmp_path):
    other = Workspace("dev", run=tmp_path)
    with workspace.claimed():
        workspace.publish(ADDRESSES)
        assert other.running() == ADDRESSES
    assert other.running() is None


def test_addresses_left_by_a_killed_launcher_are_not_believed(workspace, tmp_path):
    with workspace.claimed():
        pass
    workspace.publish(ADDRESSES)

    assert Workspace("dev", run=tmp_path).running() is None
