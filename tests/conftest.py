"""The hostile client: what no page of ours may ever do, checked on every response of every test."""

import re
from collections import Counter

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import settings as hypothesis_settings

from grants.core.prepared import Prepared
from tests.emptying import _tables_are_emptied_by_rows
from tests.surroundings import _nothing_is_left_from_another, _settings_of_all_tests

__all__ = [
    "_nothing_is_left_from_another",
    "_settings_of_all_tests",
    "_tables_are_emptied_by_rows",
]

# A busy machine must not fail a property; the same examples every time. Many more, and others each
# time: `./run test --hypothesis-profile=campaign tests/grants/decisions`.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
hypothesis_settings.register_profile("campaign", deadline=None, max_examples=2000)
hypothesis_settings.load_profile("house")

# A kept query is compared with the ORM the first times it is met, with other values each time, and
# once in so many afterwards: letting the ORM write it again is a fifth of what a page costs.
FIRST, ONCE_IN = 3, 50
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# Reading a page may renew the session and nothing else.
ALLOWED_WRITES = re.compile(r"\bdjango_session\b")
UNRENDERED = re.compile(r"\{\{|\{%")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|<style",
    re.IGNORECASE,
)


@pytest.fixture(scope="session", autouse=True)
def _prepared_queries_say_what_the_orm_would():
    """In every test, the text kept is, with its values, the one written on the spot: the first
    times that a pattern of arguments is met, then now and then."""
    ask = Prepared.__call__
    met = Counter()

    def compared(self, *asked):
        rows = ask(self, *asked)
        kept, values = self.written(asked)
        met[kept] += 1
        if met[kept] <= FIRST or met[kept] % ONCE_IN == 0:
            assert kept.text(values) == as_the_orm_writes(self.build(*asked))
        return rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prepared, "__call__", compared)
        yield


def as_the_orm_writes(queryset):
    try:
        sql, params = queryset.query.get_compiler(using=queryset.db).as_sql()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(params)


class HostileClient(Client):
    def request(self, **request):
        written = []

        def watch(execute, sql, params, many, context):
            if WRITES.match(sql) and not ALLOWED_WRITES.search(sql):
                written.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            response = super().request(**request)
        if request.get("REQUEST_METHOD") in {"GET", "HEAD"}:
            assert not written, f"a GET wrote: {written[0]}"
        look_at(response)
        return response


def look_at(response):
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    page = response.content.decode()
    # What people typed is escaped and may hold anything; our own markup may not.
    assert not UNRENDERED.search(page), "template syntax reached the page"
    found = INLINE.search(page)
    assert not found, f"inline code: {page[max(0, found.start() - 80) : found.end() + 80]}"


@pytest.fixture
def client():
    return HostileClient()


@pytest.fixture
def count_queries(db):
    def count(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count
