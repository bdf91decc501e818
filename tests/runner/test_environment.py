from config.runner import environment
from config.runner.bootstrap import VENV
from config.runner.workspace import Workspace

SERVERS = {
    "DATABASE_URL": "postgres://app_web@here/appel",
    "DATABASE_OWNER_URL": "postgres://app_owner@here/appel",
    "DATABASE_SEALER_URL": "postgres://app_sealer@here/appel",
    "REDIS_URL": "redis://here",
}


def settings(tmp_path, port=8000):
    return environment.local(Workspace("dev", run=tmp_path), "key", port)


def test_local_settings_stay_on_this_machine(tmp_path):
    assert settings(tmp_path, port=8123) == {
        "DEBUG": "1",
        "SECRET_KEY": "key",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "SITE_URL": "http://127.0.0.1:8123",
        "EMAIL_URL": "outbox://",
        "STORAGE_URL": str(tmp_path / "dev" / "media"),
        "STATIC_ROOT": str(tmp_path / "dev" / "static"),
    }


def test_what_the_person_set_wins_over_local_settings(tmp_path):
    given = {"EMAIL_URL": "smtp://mail.example", "PATH": "/bin"}
    env = environment.for_site(settings(tmp_path), SERVERS, given)

    assert env["EMAIL_URL"] == "smtp://mail.example"
    assert env["DEBUG"] == "1"


def test_variables_that_slow_or_mislead_python_are_dropped(tmp_path):
    given = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "/elsewhere", "PATH": "/bin"}
    env = environment.for_site(settings(tmp_path), SERVERS, given)

    assert not env.keys() & given.keys() - {"PATH"}
    assert env["PATH"] == f"{VENV / 'bin'}:/bin"


def test_tests_connect_as_the_owner_and_reach_nothing_outside(tmp_path):
    given = {
        "PATH": "/bin",
        "EMAIL_URL": "smtp://mail.example",
        "SENTRY_DSN": "https://sentry.example",
        "OIDC_ISSUER": "https://login.example",
    }
    env = environment.for_tests(settings(tmp_path), SERVERS, "/usr/bin/chromium", given)

    assert env["DATABASE_URL"] == SERVERS["DATABASE_OWNER_URL"]
    assert env["EMAIL_URL"] == "outbox://"
    assert env["CHROMIUM"] == "/usr/bin/chromium"
    assert not env.keys() & {"SENTRY_DSN", "OIDC_ISSUER", "DATABASE_SEALER_URL"}


def test_tests_without_a_browser_name_none(tmp_path):
    env = environment.for_tests(settings(tmp_path), SERVERS, None, {"CHROMIUM": "/old"})

    assert "CHROMIUM" not in env


def test_one_given_database_serves_both_roles():
    assert environment.given({"DATABASE_URL": "postgres://mine"}) == {
        "DATABASE_URL": "postgres://mine",
        "DATABASE_OWNER_URL": "postgres://mine",
    }


def test_an_owner_without_a_database_is_ignored():
    assert environment.given({"DATABASE_OWNER_URL": "postgres://mine"}) == {}


def test_migrations_run_as_the_owner():
    assert environment.as_owner(SERVERS)["DATABASE_URL"] == SERVERS["DATABASE_OWNER_URL"]
