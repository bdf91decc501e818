"""Rights: one rule answers both “may this user?” and “which rows?”."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q


class Refused(Exception):
    """This act is impossible now; the text says why, to the person who tried."""


NOTHING = Q(pk__in=[])
EVERYTHING = ~Q(pk__in=[])


@dataclass(frozen=True)
class Rule:
    """`allows` answers for one object; `rows` selects the same objects in SQL."""

    allows: Callable[[Any, Any], bool]
    rows: Callable[[Any], Q]

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(
            lambda user, obj: self.allows(user, obj) or other.allows(user, obj),
            lambda user: self.rows(user) | other.rows(user),
        )

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(
            lambda user, obj: self.allows(user, obj) and other.allows(user, obj),
            lambda user: self.rows(user) & other.rows(user),
        )


@dataclass(frozen=True)
class Rights:
    """Where somebody stands when a page begins: read once, so that its rules cost no query.

    Only pages that read have one; an act asks the database again each time.
    """

    memberships: frozenset[tuple[int, str]]  # (organisation, role)
    duties: frozenset[tuple[int, str]]  # (programme, role)
    is_expert: bool
    unread: int
    sits: bool = False  # in a committee

    def organisations(self, roles: Iterable[str]) -> list[int]:
        return sorted({found for found, role in self.memberships if role in roles})

    def programmes(self, roles: Iterable[str]) -> list[int]:
        return sorted({found for found, role in self.duties if role in roles})


def rights_of(user: Any) -> Rights | None:
    return getattr(user, "rights", None)


def in_state(*states: str) -> Rule:
    """The object stands in one of these states."""
    return Rule(
        lambda user, obj: obj.state in states,
        lambda user: Q(state__in=states),
    )


def owns(path: str) -> Rule:
    """The user is the one this object names under `path` (“author”, “assignment__expert__user”)."""
    return Rule(
        lambda user, obj: follow(obj, path) == user,
        lambda user: Q(**{path: user.pk}),
    )


def follow(obj: Any, path: str) -> Any:
    """Walk a Django look-up path on an object: `follow(dossier, "call__programme")`."""
    for name in path.split("__"):
        obj = getattr(obj, name)
    return obj


def require(rule: Rule, user: Any, obj: Any) -> None:
    """Stop here unless the rule allows it."""
    if not rule.allows(user, obj):
        raise PermissionDenied
