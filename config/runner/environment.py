"""The variables each part starts with. What the person set wins, except in tests."""

import os

from config.runner.bootstrap import VENV

# Would slow every start, or let another project's modules in.
DROPPED = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}
# Tests talk to doubles; an address meant for production must not reach them.
OUTSIDE = ("CLAMD_", "COMPANY_API_", "OIDC_", "OTEL_", "SENTRY_")
SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SEALER_URL", "REDIS_URL")


def local(workspace, secret_key, port=8000):
    """Safe only on this machine: debug pages, mail kept and shown, files in a folder."""
    return {
        "DEBUG": "1",
        "SECRET_KEY": secret_key,
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": "outbox://",
        "STORAGE_URL": str(workspace.home / "media"),
        "STATIC_ROOT": str(workspace.static),
    }


def inherited(environ=os.environ):
    kept = {name: value for name, value in environ.items() if name not in DROPPED}
    kept["VIRTUAL_ENV"] = str(VENV)
    kept["PATH"] = os.pathsep.join([str(VENV / "bin"), environ.get("PATH", os.defpath)])
    kept["PYTHONUNBUFFERED"] = "1"
    return kept


def for_site(settings, servers, environ=os.environ):
    return {**settings, **inherited(environ), **servers}


def for_tests(settings, servers, chromium, environ=os.environ):
    kept = {
        name: value for name, value in inherited(environ).items() if not name.startswith(OUTSIDE)
    }
    kept.pop("CHROMIUM", None)
    servers = without_sealer(servers)
    kept = without_sealer(kept)
    # Tests make and drop databases: they connect as the owner.
    owner = {**servers, "DATABASE_URL": servers["DATABASE_OWNER_URL"]}
    browser = {"CHROMIUM": chromium} if chromium else {}
    # Playwright's synchronous interface runs a loop in the thread that also queries.
    unsafe = {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    return {**kept, **settings, **owner, **browser, **unsafe}


def without_sealer(env):
    """What the site answers requests with: it may not write a seal."""
    return {name: value for name, value in env.items() if name != "DATABASE_SEALER_URL"}


def as_owner(env):
    """The same environment, connected as the role that owns the tables."""
    return {**env, "DATABASE_URL": env["DATABASE_OWNER_URL"]}


def given(environ=os.environ):
    """Addresses of servers the person runs themselves."""
    found = {name: environ[name] for name in SERVERS if environ.get(name)}
    if "DATABASE_URL" in found:
        found.setdefault("DATABASE_OWNER_URL", found["DATABASE_URL"])
    else:
        found.pop("DATABASE_OWNER_URL", None)
        found.pop("DATABASE_SEALER_URL", None)
    return found
