"""What a table of experts would change in a pool, line by line; then the change itself."""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.organisations.departments import DEPARTMENTS
from accounts.people.models import User
from reviews.experts import permissions as may
from reviews.experts.languages import LANGUAGES
from reviews.experts.models import Expert, Expertise, Seat
from reviews.experts.operations import invite, look_for_links, set_capacity
from reviews.experts.sheet import Known, Row, folded, read
from reviews.experts.wording import LABELS, doubt

FILLED = ("siren", "title", "laboratory", "incubator", "address", "city")
LISTS = ("languages", "departments")
NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


class Outdated(Refused):
    """The pool has changed since the preview: what would change is no longer what was read."""


@dataclass(frozen=True)
class Change:
    """What one line would do; `kept` is what the expert wrote and the table says otherwise."""

    row: Row
    outcome: str
    changes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    changes: tuple[Change, ...]

    @property
    def digest(self):
        told = [(c.row.line, c.row.email, c.outcome, c.changes, c.kept) for c in self.changes]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    def count(self, *outcomes):
        return sum(change.outcome in outcomes for change in self.changes)

    @property
    def told(self):
        """How many lines of each outcome, for the page."""
        return {name: self.count(name) for name in (NEW, CHANGED, SAME, REFUSED)}

    @property
    def has_effect(self):
        return self.count(NEW, CHANGED) > 0


class Pool:
    """The people a table may speak of, read once: five queries whatever its length."""

    def __init__(self, call):
        self.call = call
        self.themes = {theme.key: theme for theme in call.programme.themes.all()}
        self.seats = {seat.expert_id: seat for seat in Seat.objects.filter(call=call)}

    def known(self):
        names = {key: theme.name for key, theme in self.themes.items()}
        return Known(names, frozenset(LANGUAGES), frozenset(DEPARTMENTS))

    def read(self, rows):
        emails = [row.email for row in rows]
        users = User.objects.filter(email__in=emails).only("email", "full_name", "is_active")
        self.users = {user.email.lower(): user for user in users}
        experts = Expert.objects.filter(user__in=users).prefetch_related("expertise")
        self.experts = {expert.user_id: expert for expert in experts}
        everybody = Expert.objects.select_related("user").only("user__full_name", "user__email")
        self.names = {}
        for expert in everybody:
            self.names.setdefault(name_key(expert.user.full_name), expert.user.email.lower())


def name_key(name):
    """“DUPONT Jean” and “Jean Dupont” are one name."""
    return " ".join(sorted(folded(name).split()))


def plan(call, text):
    """What applying this table to the pool would do; nothing is stored."""
    pool = Pool(call)
    rows = read(text, pool.known())
    pool.read(rows)
    return Plan(tuple(change_of(row, pool) for row in rows))


def change_of(row, pool):
    doubts = [doubt(one) for one in row.doubts]
    user = pool.users.get(row.email)
    if user is not None and not user.is_active:
        doubts.append(_("Ce compte est désactivé."))
    if doubts:
        return Change(row, REFUSED, doubts=tuple(doubts))
    expert = pool.experts.get(user.pk) if user else None
    seat = pool.seats.get(expert.pk) if expert else None
    if seat is not None and seat.declined_at is not None:
        told = _("Cette personne a décliné l’invitation : invitez-la de nouveau depuis la page.")
        return Change(row, REFUSED, doubts=(told,))
    doubts = namesake(row, pool, expert)
    if expert is None:
        return Change(
            row, NEW, (_("Une invitation lui sera envoyée."), *described(row, pool)), (), doubts
        )
    changes, kept = compared(row, expert, seat, pool)
    if seat is None:
        changes = (_("Une invitation lui sera envoyée."), *changes)
    outcome = NEW if seat is None else CHANGED if changes else SAME
    return Change(row, outcome, tuple(changes), tuple(kept), doubts)


def namesake(row, pool, expert):
    """The same name under another address may be the same person."""
    other = pool.names.get(name_key(row.full_name))
    if expert is None and other is not None and other != row.email:
        told = _("Même nom qu’un expert connu sous une autre adresse : %(email)s. Vérifiez.")
        return (told % {"email": other},)
    return ()


def described(row, pool):
    told = [f"{LABELS[name]} : {getattr(row, name)}" for name in FILLED if getattr(row, name)]
    told += [
        f"{LABELS[name]} : {', '.join(getattr(row, name))}" for name in LISTS if getattr(row, name)
    ]
    if row.capacity is not None:
        told.append(f"{LABELS['capacity']} : {row.capacity}")
    return [*told, *(theme_told(pool.themes[key], level) for key, level in row.levels.items())]


def theme_told(theme, level):
    return f"{theme} : {Expertise.Level(level).label}"


def compared(row, expert, seat, pool):
    """Empty places are filled; what an expert has written is theirs and stays."""
    changes, kept = [], []
    known = {"full_name": expert.user.full_name, "organisation": expert.organisation}
    known |= {name: getattr(expert, name) for name in FILLED}
    for name, mine in known.items():
        theirs = getattr(row, name)
        if theirs and not mine:
            changes.append(f"{LABELS[name]} : {theirs}")
        elif theirs and folded(str(theirs)) != folded(str(mine)):
            kept.append(_("%(label)s : « %(mine)s » reste, le tableau dit « %(theirs)s ».")
                        % {"label": LABELS[name], "mine": mine, "theirs": theirs})  # fmt: skip
    for name in LISTS:
        fresh = [code for code in getattr(row, name) if code not in getattr(expert, name)]
        changes += [f"{LABELS[name]} : {', '.join(fresh)}"] if fresh else []
    held = {one.theme_id for one in expert.expertise.all()}
    for key, level in row.levels.items():
        if pool.themes[key].pk not in held:
            changes.append(theme_told(pool.themes[key], level))
    if seat is not None and row.capacity not in {None, seat.capacity}:
        changes.append(f"{LABELS['capacity']} : {seat.capacity} → {row.capacity}")
    return changes, kept


@transaction.atomic
def apply(call, text, *, digest, actor):
    """Do what the preview said, if it still says so; all of it or nothing. Returns the plan."""
    require(may.INVITE, actor, call)
    agreed = plan(call, text)
    if agreed.digest != digest:
        raise Outdated(
            _("Le vivier a changé depuis cet aperçu. Rien n’a été enregistré : voici le nouveau.")
        )
    for change in agreed.changes:
        if change.outcome in {NEW, CHANGED}:
            write_row(call, change.row, actor)
    return agreed


def write_row(call, row, actor):
    seat = Seat.objects.filter(call=call, expert__user__email=row.email).first()
    if seat is None:
        capacity = Seat().capacity if row.capacity is None else row.capacity
        seat = invite(
            call, email=row.email, full_name=row.full_name, organisation=row.organisation,
            capacity=capacity, actor=actor, siren=row.siren,
        )  # fmt: skip
    elif row.capacity is not None:
        set_capacity(seat, row.capacity, actor=actor)
    fill(seat.expert, row, call)


def fill(expert, row, call):
    for name in FILLED:
        setattr(expert, name, getattr(expert, name) or getattr(row, name))
    for name in LISTS:
        setattr(expert, name, list(dict.fromkeys([*getattr(expert, name), *getattr(row, name)])))
    expert.save(update_fields=[*FILLED, *LISTS])
    for theme in call.programme.themes.filter(key__in=row.levels):
        Expertise.objects.get_or_create(
            expert=expert, theme=theme, defaults={"level": row.levels[theme.key]}
        )
    look_for_links(expert)
