"""The fields that set a question, kind by kind."""

from django import forms
from django.utils.translation import gettext as _

from grants.formbuilder import words
from grants.formbuilder.conditions import comparisons_for
from grants.formbuilder.formulas import TERMS
from grants.formbuilder.rows import KEY, RowsField, picked, typed

NUMERIC = frozenset({"integer", "decimal", "money", "percentage", "computed"})
CHOSEN = frozenset({"one_of", "several_of"})
COLUMN_KINDS = (
    "short_text", "long_text", "integer", "decimal", "money", "percentage", "date", "yes_no",
    "one_of", "siret", "email", "phone",
)  # fmt: skip


def yes_no():
    return [("true", _("Oui")), ("false", _("Non"))]


def fields_for(kind, stored):
    """The fields only this kind has, in their order."""
    fields = {}
    if kind == "long_text":
        fields["words"] = whole(_("Mots au plus"), 20_000)
    if kind in {"short_text", "long_text"}:
        fields["characters"] = whole(_("Signes au plus"), 20_000)
    if kind in NUMERIC:
        fields["least"] = bound(_("Valeur minimale"))
        fields["most"] = bound(_("Valeur maximale"))
    if kind == "yes_no":
        fields["agree"] = forms.BooleanField(
            label=_("Engagement : seul « oui » permet de déposer"), required=False
        )
    if kind in CHOSEN and stored.get("fact") != "theme":
        fields["choices"] = RowsField(KEY, typed("label", _("Choix")), label=_("Choix proposés"))
    if kind == "table":
        fields |= table_fields()
    if kind == "file":
        fields["files_most"] = whole(_("Fichiers au plus"), 20, least=1)
    return fields


def table_fields():
    columns = RowsField(
        KEY,
        typed("label", _("Colonne")),
        picked("kind", _("Nature"), [(kind, words.KINDS[kind]) for kind in COLUMN_KINDS]),
        typed("choices", _("Choix, séparés par « ; »"), required=False),
        picked("required", _("Obligatoire"), yes_no()),
        picked("total", _("Total"), yes_no()),
        label=_("Colonnes"),
    )
    return {
        "rows_least": whole(_("Lignes au moins"), 100),
        "rows_most": whole(_("Lignes au plus"), 100, least=1),
        "columns": columns,
    }


def whole(label, most, *, least=0):
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False)


def bound(label):
    return forms.CharField(label=label, max_length=25, required=False)


def condition_fields(earlier):
    """Comparisons with the questions before this one; none without such a question."""
    asked = [(q.key, q.label[:70]) for q in earlier.values() if comparisons_for(q.kind)]
    if not asked:
        return {}
    return {
        "joined": forms.ChoiceField(
            label=_("La question est posée"),
            required=False,
            choices=[("all", _("si toutes ces conditions sont vraies")),
                     ("any", _("si l’une au moins de ces conditions est vraie"))],
            help_text=_("Sans condition, elle est posée à tous."),
        ),
        "condition": RowsField(
            picked("question", _("Réponse à"), asked),
            picked("is", _("Comparaison"), words.COMPARISONS.items()),
            typed("value", _("Valeur"), required=False),
            label=_("Conditions"),
            help_text=_(
                "Pour un choix, écrivez son intitulé ; pour oui ou non, "
                "« oui » ou « non »."
            ),
        ),
    }  # fmt: skip


def formula_fields(earlier):
    terms = [
        *((q.key, q.label[:70]) for q in earlier.values() if q.kind in TERMS),
        *(
            (f"{q.key}.{column.key}", f"{q.label[:50]} : {column.label[:30]}")
            for q in earlier.values()
            for column in q.columns
            if column.kind in TERMS
        ),
    ]
    return {
        "act": forms.ChoiceField(label=_("Calcul"), choices=words.ACTS.items()),
        "shown_as": forms.ChoiceField(label=_("Écrit comme"), choices=words.SHOWN_AS.items()),
        "terms": RowsField(picked("term", _("Terme"), terms), label=_("Termes")),
    }
