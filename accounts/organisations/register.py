"""Asking the company register: three seconds at most, never more often than it wants, remembered.

Nobody is ever held up by it: whatever goes wrong is `Unavailable`, and the facts are typed by hand.
"""

import hashlib
import logging
import socket
import time
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from accounts.organisations.departments import DEPARTMENTS
from accounts.organisations.establishment import (
    Establishment,
    Nonsense,
    from_json,
    read_establishment,
    read_establishments,
)

log = logging.getLogger(__name__)

TIMEOUT = 3.0
LONGEST_ANSWER = 1024 * 1024
OCCITANIE = "76"
PER_SECOND = 5  # the register allows seven to one address
FOUND_FOR, UNKNOWN_FOR, SEARCH_FOR = 24 * 3600, 600, 3600
REST, LONGEST_REST = 20, 3600
RESTING = "company-register:resting"


class Unavailable(Exception):
    """The register did not answer, or not with sense; try again later."""


def find(siret: str) -> Establishment | None:
    """The establishment of this SIRET; None when the register does not know it."""
    key = f"company-register:siret:{siret}"
    known = cache.get(key)
    if known is None:
        on = timezone.localdate()
        found = read(lambda raw: read_establishment(raw, siret, on=on), q=siret)
        known = {"found": found and found.as_json()}
        cache.set(key, known, FOUND_FOR if found else UNKNOWN_FOR)
    return known["found"] and from_json(known["found"])


def search(text: str) -> list[Establishment]:
    """Establishments of a SIREN or SIRET, whatever their state; for a name, open ones here."""
    text = " ".join(text.split())
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        text = digits
    key = f"company-register:search:{hashlib.sha256(text.casefold().encode()).hexdigest()}"
    known = cache.get(key)
    if known is None:
        on = timezone.localdate()
        # Beside a number the register ignores every other filter, and says nothing about it.
        query = {"q": text, "region": OCCITANIE, "etat_administratif": "A", "per_page": 10}
        found = read(lambda raw: read_establishments(raw, on=on), **query)
        known = [one.as_json() for one in found if text == digits or is_useful(one)]
        cache.set(key, known, SEARCH_FOR)
    return [from_json(one) for one in known]


def is_useful(one):
    """Companies of the region may have their seat elsewhere: that one is not theirs to choose."""
    return one.is_open and one.department in DEPARTMENTS


def read(reader, **query):
    raw = ask(query)
    try:
        return reader(raw)
    except Nonsense as error:
        rest(REST)
        log.warning("company register: nonsense, %s", error)
        raise Unavailable(f"nonsense: {error}") from error


def ask(query):
    """The body of one answer, or Unavailable."""
    if not settings.COMPANY_API_URL:
        raise Unavailable("off")
    if cache.get(RESTING):
        raise Unavailable("resting")
    if too_many():
        raise Unavailable("busy")
    try:
        status, retry_after, body = fetch(f"/search?{urlencode(query)}")
    except (OSError, HTTPException, ValueError) as error:
        rest(REST)
        log.warning("company register: %s: %s", type(error).__name__, error)
        raise Unavailable(type(error).__name__) from error
    if status != HTTPStatus.OK:
        asked_to_wait = status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
        rest(seconds_in(retry_after) if asked_to_wait else REST)
        log.warning("company register: status %s", status)
        raise Unavailable(f"status {status}")
    return body


def fetch(path):
    """One GET without redirects; past the time the connection is cut, however slowly it drips."""
    where = urlsplit(settings.COMPANY_API_URL)
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    connection = kind(where.hostname, where.port, timeout=TIMEOUT)
    head = {"User-Agent": f"{settings.SITE_NAME} {settings.SITE_URL}".encode()}
    begun = time.monotonic()
    connection.connect()
    late = Timer(max(TIMEOUT - (time.monotonic() - begun), 0.1), cut, [connection.sock])
    late.daemon = True
    late.start()
    try:
        connection.request("GET", where.path.rstrip("/") + path, headers=head)
        response = connection.getresponse()
        body = response.read(LONGEST_ANSWER + 1)
    finally:
        late.cancel()
        connection.close()
    if time.monotonic() - begun >= TIMEOUT:
        raise TimeoutError("no whole answer in time")
    if len(body) > LONGEST_ANSWER:
        raise ValueError("answer too long")
    kind_of_answer = response.headers.get_content_type()
    if response.status == HTTPStatus.OK and kind_of_answer != "application/json":
        raise ValueError(f"answer of type {kind_of_answer}")
    return response.status, response.headers.get("Retry-After", ""), body


def cut(sock):
    """Called from the clock: the reader on the other side finds the end of the stream."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def too_many():
    """Count this second's requests, all processes together."""
    key = f"company-register:second:{int(time.time())}"
    cache.add(key, 0, 5)
    try:
        return cache.incr(key) > PER_SECOND
    except ValueError:  # the counter was thrown away in between
        return False


def rest(seconds):
    cache.set(RESTING, True, seconds)


def seconds_in(retry_after):
    """`Retry-After` in seconds or as a date; something sensible when it is neither."""
    wait = 60
    if retry_after.isascii() and retry_after.isdigit():
        wait = int(retry_after[:9])
    elif retry_after:
        with suppress(ValueError, TypeError):
            until = parsedate_to_datetime(retry_after)
            until = until if until.tzinfo else until.replace(tzinfo=UTC)
            wait = int((until - timezone.now()).total_seconds())
    return min(max(wait, 1), LONGEST_REST)
