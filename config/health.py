"""Is the service alive, and which of its parts answer?"""

import os
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from redis import Redis
from redis.exceptions import RedisError

from grants.dossiers.antivirus import answers


@login_not_required
@never_cache
def live(request):
    return JsonResponse({"live": True})


@login_not_required
@never_cache
def ready(request):
    """Without the database nothing works (503); without Redis or a scanner some work waits."""
    parts = {"database": database_answers(), "redis": redis_answers(), "storage": storage_answers()}
    if settings.CLAMD_ADDRESS:
        # Without it files wait and everything else works.
        parts["scanner"] = answers(settings.CLAMD_ADDRESS)
    status = 200 if parts["database"] and parts["storage"] else 503
    return JsonResponse({"ready": status == 200, "parts": parts}, status=status)


def database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return False
    return True


def redis_answers():
    try:
        return bool(Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1).ping())
    except (RedisError, OSError):
        return False


def storage_answers():
    try:
        default_storage.exists("health")
    except (OSError, BotoCoreError, ClientError):
        return False
    folder = getattr(default_storage, "location", "")
    return not folder or can_write(Path(folder))


def can_write(folder):
    """A folder of our own may not exist before the first file; a wall in its place is found."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
