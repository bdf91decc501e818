"""What differs between two versions of a form, in words for its applicants."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from grants.core import wording
from grants.formbuilder.definition import Definition, Question, Section
from grants.formbuilder.kinds import shown
from grants.formbuilder.telling import condition_in_words, formula_in_words

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Change:
    """One question, or a section when `key` names one."""

    kind: str
    key: str
    label: str
    section: str = ""
    details: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return {
            ADDED: _("Ajouté"),
            REMOVED: _("Retiré"),
            CHANGED: _("Modifié"),
        }[self.kind]


def changes_between(before: Definition, after: Definition) -> list[Change]:
    """Added, removed and changed, in the order of the form; sections before their questions."""
    return [*sections_between(before, after), *questions_between(before, after)]


def sections_between(before: Definition, after: Definition) -> Iterator[Change]:
    for new in after.sections:
        old = before.section(new.key)
        if old and (old.title, old.intro) != (new.title, new.intro):
            details = [] if old.title == new.title else [renamed(old.title)]
            if old.intro != new.intro:
                details.append(_("introduction réécrite"))
            yield Change(CHANGED, new.key, new.title, details=tuple(details))
    order = [[s.key for s in form.sections if s.key in both(before, after)]
             for form in (before, after)]  # fmt: skip
    if order[0] != order[1]:
        yield Change(CHANGED, "", _("Ordre des sections"))


def both(before: Definition, after: Definition) -> set[str]:
    return {section.key for section in before.sections} & {s.key for s in after.sections}


def questions_between(before: Definition, after: Definition) -> Iterator[Change]:
    for key, new in after.questions.items():
        section = title_of(after, key)
        old = before.questions.get(key)
        if old is None:
            details = (_("réponse obligatoire"),) if new.required else ()
            yield Change(ADDED, key, new.label, section, details)
        elif details := (*told(old, new, before, after), *moved(before, after, key)):
            yield Change(CHANGED, key, new.label, section, details)
    for key, old in before.questions.items():
        if key not in after.questions:
            yield Change(REMOVED, key, old.label, title_of(before, key))


def title_of(form: Definition, key: str) -> str:
    section = form.section_of(key)
    return section.title if section else ""


def moved(before: Definition, after: Definition, key: str) -> Iterator[str]:
    old, new = before.section_of(key), after.section_of(key)
    if old and new and old.key != new.key:
        yield _("déplacé dans « %(section)s »") % {"section": new.title}
    elif old and new and key in displaced(old, new):
        yield _("change de place")


def displaced(old: Section, new: Section) -> set[str]:
    """As few questions as explain the new order: one swap is one question that moved."""
    was, now = [q.key for q in old.questions], [q.key for q in new.questions]
    was, now = [k for k in was if k in now], [k for k in now if k in was]
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    return set(now) - {key for block in blocks for key in now[block.b : block.b + block.size]}


def told(old: Question, new: Question, before: Definition, after: Definition) -> Iterator[str]:
    if old.label != new.label:
        yield renamed(old.label)
    if old.help != new.help:
        yield _("aide réécrite")
    if old.required != new.required:
        yield _("désormais obligatoire") if new.required else _("désormais facultatif")
    yield from limits(old, new)
    yield from options(old, new)
    if old.confidentiality != new.confidentiality:
        yield _("désormais « %(label)s »") % {"label": new.confidentiality_label}
    if old.condition != new.condition:
        words = condition_in_words(new.condition, after.questions)
        yield _("posé si %(condition)s") % {"condition": words} if words else _("posé à tous")
    if old.formula != new.formula:
        yield _("calculé : %(formula)s") % {
            "formula": formula_in_words(new.formula, after.questions)
        }


def renamed(label: str) -> str:
    return _("s’appelait « %(label)s »") % {"label": label}


LIMITS = {
    "words": lambda: _("mots au plus"),
    "characters": lambda: _("caractères au plus"),
    "least": lambda: _("valeur minimale"),
    "most": lambda: _("valeur maximale"),
    "rows_least": lambda: _("lignes au moins"),
    "rows_most": lambda: _("lignes au plus"),
    "files_most": lambda: _("fichiers au plus"),
}


def limits(old: Question, new: Question) -> Iterator[str]:
    for name, label in LIMITS.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield _("%(limit)s : %(now)s au lieu de %(was)s") % {
                "limit": label(), "was": limit_in_words(was), "now": limit_in_words(now),
            }  # fmt: skip
    if old.agree != new.agree:
        yield _("seul « oui » permet de déposer") if new.agree else _("« non » est permis")


def limit_in_words(value: Any) -> str:
    if value is None:
        return _("sans limite")
    return wording.number(value) if isinstance(value, int) else shown(value)


def options(old: Question, new: Question) -> Iterator[str]:
    yield from listed(old.choices, new.choices, _("choix ajoutés"), _("choix retirés"))
    yield from listed(old.columns, new.columns, _("colonnes ajoutées"), _("colonnes retirées"))
    same = (old.choices, old.columns) == (new.choices, new.columns)
    keys = [[one.key for one in (*q.choices, *q.columns)] for q in (old, new)]
    if not same and sorted(keys[0]) == sorted(keys[1]):
        yield _("choix ou colonnes réécrits")


def listed(old: Any, new: Any, added: str, removed: str) -> Iterator[str]:
    was, now = {one.key: one.label for one in old}, {one.key: one.label for one in new}
    for title, labels in (
        (added, [label for key, label in now.items() if key not in was]),
        (removed, [label for key, label in was.items() if key not in now]),
    ):
        if labels:
            yield f"{title} : {', '.join(labels)}"
