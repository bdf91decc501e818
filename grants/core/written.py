"""A query the ORM has written, kept with marks where its values go."""

import copy
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from grants.core.planned import Planned


class Written:
    """Marks are the whole numbers from `mark` on; the first value stands where `mark` is."""

    def __init__(self, queryset: QuerySet, mark: int) -> None:
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            self.sql, params = self.compiler.as_sql()
        except EmptyResultSet:  # such a person sees nothing: nobody is asked
            self.sql, params = "", ()
        self.params = [*params]
        self.places = [
            (place, type(param), param - mark)
            for place, param in enumerate(params)
            if isinstance(param, int) and param >= mark
        ]
        refuse_hidden(mark, [self.sql, *(p for p in params if not isinstance(p, int))])
        self.converters = self.sql and self.compiler.get_converters(self.selected())

    def selected(self) -> list:
        return [column[0] for column in self.compiler.select[: self.compiler.col_count]]

    def text(self, values: list[int]) -> tuple[str, tuple]:
        params = self.params.copy()
        for place, kind, value in self.places:
            params[place] = kind(values[value])
        return self.sql, tuple(params)

    def rows(self, values: list[int]) -> list:
        """What the database answers to these values: one query, and one per prefetch."""
        if not self.sql:
            return []
        kept = self.queryset
        if kept.query.select_for_update and connections[kept.db].get_autocommit():
            raise TransactionManagementError("select_for_update outside of a transaction.")
        rows = QuerySet(kept.model, query=Asked(self, values), using=kept.db)
        rows._iterable_class = kept._iterable_class  # noqa: SLF001 - as its own copies do
        rows._fields = kept._fields
        rows._prefetch_related_lookups = kept._prefetch_related_lookups  # noqa: SLF001
        return list(rows)

    def compiler_of(self, values: list[int]) -> Any:
        """The one that wrote the text, ready to run it again on this thread's connection."""
        compiler = copy.copy(self.compiler)
        compiler.connection = Planned(connections[self.queryset.db])
        compiler.as_sql = lambda *_args, **_options: self.text(values)
        compiler.get_converters = lambda _selected: self.converters
        return compiler


class Asked:
    """Stands for the query wherever rows are made of its answer."""

    def __init__(self, written: Written, values: list[int]) -> None:
        self.written, self.values = written, values

    def get_compiler(self, *_args: Any, **_options: Any) -> Any:
        return self.written.compiler_of(self.values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.written.queryset.query, name)


def refuse_hidden(mark: int, parts: list) -> None:
    """A mark inside a text or a list would be asked as it is: no row would ever be found."""
    if any(str(mark)[:7] in str(part) for part in parts):
        raise TypeError("A value hides inside a text or a list of this query.")
