"""Words that name a company: in the register, behind its addresses, in what its dossier answers."""

from urllib.parse import urlsplit

from accounts.organisations.establishment import from_json
from accounts.organisations.mail_domains import brand_of, domain_of

# Shorter ones are words of the language too: masked where they are written as names.
SURE = 5
NUMBERED = {"siret", "siren"}


def told_by_register(organisation):
    """Brands and companies, then people, that the register has for it."""
    if not organisation.register:
        return [], []
    told = from_json(organisation.register)
    return [told.name, *told.brands, *(name for name, _siren in told.houses)], [*told.officers]


def brand_behind(email):
    """« heliotuile » for whoever writes from heliotuile.fr; nothing behind everybody’s mail."""
    return brand_of(domain_of(email))


def houses_in(form):
    """Companies in tables beside a SIRET, and the brand of each web and mail address."""
    for reply in replies_of(form):
        if reply.question.kind == "url" and isinstance(reply.stored, str):
            yield from filter(None, [brand_of(host_of(reply.stored))])
        if reply.question.kind == "email" and isinstance(reply.stored, str):
            yield from filter(None, [brand_behind(reply.stored)])
        if is_numbered(reply.question):
            yield from cells(reply, [c.key for c in reply.question.columns if is_text(c)])


def people_in(form):
    """Those a table lists by name: team, officers, shareholders."""
    for reply in replies_of(form):
        if not is_numbered(reply.question):
            yield from cells(reply, [c.key for c in reply.question.columns if c.key == "name"])


def replies_of(form):
    return (reply for section in form.sections for reply in section.replies)


def is_numbered(question):
    """A row with a company number is a company."""
    return any(column.kind in NUMBERED for column in question.columns)


def is_text(column):
    return column.kind == "short_text"


def cells(reply, keys):
    rows = reply.stored if isinstance(reply.stored, list) else []
    return (str(row[key]) for row in rows if isinstance(row, dict) for key in keys if row.get(key))


def host_of(url):
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
