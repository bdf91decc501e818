"""One small function per kind: typed text → JSON-able value, or ValueError with a French sentence.

Every function takes the question (or the column of a table) for its limits.
"""

import json
import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum import iban as iban_number
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fr import siret as siret_number

from grants.core import wording
from grants.core.map_shapes import SHAPES
from grants.core.money import SPACES, read_euros
from grants.formbuilder.text import words

NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,6})?", re.ASCII)
WHOLE = re.compile(r"-?\d{1,12}", re.ASCII)
FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
INSEE = re.compile(r"\d{5}", re.ASCII)
NAMED = re.compile(r"([^\d()]{2,60}?)[ ,]*\(?(\d{2})\)?", re.ASCII)
POSTAL = re.compile(r"(\d{2})\d{3} ([^\d()]{2,60})", re.ASCII)
PHONE = re.compile(r"\+?[\d .()/-]{8,25}", re.ASCII)
YES = {"true": True, "oui": True, "yes": True, "false": False, "non": False, "no": False}
SHORT = 200
DEPARTMENTS = frozenset(shape.code for shape in SHAPES)


def read_short_text(question, text):
    if "\n" in text:
        raise ValueError(_("Cette réponse tient sur une seule ligne."))
    return within_length(text, question.characters or SHORT)


def read_long_text(question, text):
    if question.words and (used := words(text)) > question.words:
        over = used - question.words
        counted = {"used": used, "limit": question.words, "over": over}
        raise ValueError(
            ngettext(
                "Votre texte compte %(used)s mots pour %(limit)s au plus : retirez %(over)s mot.",
                "Votre texte compte %(used)s mots pour %(limit)s au plus : retirez %(over)s mots.",
                over,
            )
            % {name: wording.number(n) for name, n in counted.items()}
        )
    return within_length(text, question.characters)


def within_length(text, limit):
    if limit and len(text) > limit:
        raise ValueError(
            _("Votre texte compte %(used)s caractères pour %(limit)s au plus.")
            % {"used": wording.number(len(text)), "limit": wording.number(limit)}
        )
    return text


def read_integer(question, text):
    bare = text.translate(SPACES)
    if not WHOLE.fullmatch(bare):
        raise ValueError(_("Écrivez un nombre entier, en chiffres, par exemple 12."))
    within(question, Decimal(bare))
    return int(bare)


def read_decimal(question, text):
    bare = text.translate(SPACES)
    if not NUMBER.fullmatch(bare):
        raise ValueError(_("Écrivez un nombre en chiffres, par exemple 3,5."))
    number = Decimal(bare.replace(",", ".")) + 0  # minus zero becomes zero
    within(question, number)
    return plain(number)


def read_percentage(question, text):
    bare = text.translate(SPACES).removesuffix("%")
    if not NUMBER.fullmatch(bare) or not 0 <= (share := Decimal(bare.replace(",", "."))) <= 100:
        raise ValueError(_("Écrivez un pourcentage entre 0 et 100, par exemple 12,5."))
    within(question, share)
    return plain(share + 0)


def read_money(question, text):
    try:
        amount = read_euros(text)
    except ValueError as error:
        raise ValueError(
            _("Écrivez un montant en euros, par exemple 148 500 ou 148 500,50.")
        ) from error
    if amount < 0 and question.least is None:
        raise ValueError(_("Le montant ne peut pas être négatif."))
    within(question, amount)
    return plain(amount + 0)  # minus zero becomes zero


def within(question, number):
    if question.least is not None and number < question.least:
        raise ValueError(_("La valeur minimale est %(limit)s.") % {"limit": shown(question.least)})
    if question.most is not None and number > question.most:
        raise ValueError(_("La valeur maximale est %(limit)s.") % {"limit": shown(question.most)})


def read_date(question, text):
    if found := FRENCH_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        raise ValueError(_("Écrivez une date, par exemple 14/01/2027."))
    try:
        when = date(year, month, day)
    except ValueError as error:
        raise ValueError(_("Cette date n’existe pas dans le calendrier.")) from error
    if not 1900 <= year <= 2100:
        raise ValueError(_("L’année doit être comprise entre 1900 et 2100."))
    return when.isoformat()


def read_yes_no(question, text):
    answer = YES.get(text.lower())
    if answer is None:
        raise ValueError(_("Répondez par oui ou par non."))
    if question.agree and not answer:
        raise ValueError(_("Sans cet engagement, le dossier ne peut pas être déposé."))
    return answer


def read_one_of(question, text):
    if text not in {choice.key for choice in question.choices}:
        raise ValueError(_("Choisissez l’une des réponses proposées."))
    return text


def read_several_of(question, text):
    chosen = read_list(text)
    offered = [choice.key for choice in question.choices]
    if not all(isinstance(key, str) and key in offered for key in chosen):
        raise ValueError(_("Choisissez parmi les réponses proposées."))
    return [key for key in offered if key in chosen] or None


def read_list(text):
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(_("Cette réponse est illisible : reprenez-la.")) from error
    if not isinstance(values, list):
        raise ValueError(_("Cette réponse est illisible : reprenez-la."))
    return values


def read_siret(question, text):
    try:
        return str(siret_number.validate(text.translate(SPACES)))
    except BadNumber as error:
        raise ValueError(_("Ce SIRET n’est pas valable : vérifiez ses 14 chiffres.")) from error


def read_commune(question, text):
    """An INSEE code, or a name with its department: no list of 4 400 communes to keep up."""
    found = INSEE.fullmatch(text) or NAMED.fullmatch(text) or POSTAL.fullmatch(text)
    if not found:
        raise ValueError(
            _(
                "Écrivez la commune et son département, par exemple Sète (34), "
                "ou son code INSEE, par exemple 34301."
            )
        )
    name, department = commune_in(found)
    if department not in DEPARTMENTS:
        raise ValueError(
            _("Le département %(code)s n’est pas l’un des 13 départements d’Occitanie.")
            % {"code": department}
        )
    return f"{name} ({department})" if name else text


def commune_in(found):
    """(name or nothing, department) of a text that has the right shape."""
    if found.re is INSEE:
        return "", found[0][:2]
    name, department = found.groups() if found.re is NAMED else found.groups()[::-1]
    return " ".join(name.split()), department


def read_iban(question, text):
    try:
        return str(iban_number.validate(text.translate(SPACES)))
    except BadNumber as error:
        raise ValueError(
            _("Cet IBAN n’est pas valable : recopiez-le de votre relevé d’identité bancaire.")
        ) from error


def read_url(question, text):
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise ValueError(_("Écrivez une adresse web, par exemple www.exemple.fr.")) from error
    return within_length(address, 500)


def read_email(question, text):
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueError(
            _("Écrivez une adresse électronique, par exemple nom@exemple.fr.")
        ) from error
    return within_length(text, 254)


def read_phone(question, text):
    if not PHONE.fullmatch(text) or not 8 <= sum(map(str.isdigit, text)) <= 15:
        raise ValueError(_("Écrivez un numéro de téléphone, par exemple 05 61 00 00 00."))
    return text


READ = {
    "short_text": read_short_text,
    "long_text": read_long_text,
    "integer": read_integer,
    "decimal": read_decimal,
    "money": read_money,
    "percentage": read_percentage,
    "date": read_date,
    "yes_no": read_yes_no,
    "one_of": read_one_of,
    "several_of": read_several_of,
    "siret": read_siret,
    "commune": read_commune,
    "iban": read_iban,
    "url": read_url,
    "email": read_email,
    "phone": read_phone,
}


def plain(number):
    return format(number, "f")


def shown(number):
    return plain(number).replace(".", ",")
