"""Mail domains that say for whom somebody works."""

# Everybody's mail: sharing one of these says nothing.
PUBLIC_DOMAINS = frozenset({
    "aol.com", "bbox.fr", "club-internet.fr", "free.fr", "gmail.com", "gmx.com", "gmx.fr",
    "googlemail.com", "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net", "live.com",
    "live.fr", "mac.com", "mail.com", "mailo.com", "me.com", "msn.com", "neuf.fr",
    "numericable.fr", "orange.fr", "outlook.com", "outlook.fr", "pm.me", "proton.me",
    "protonmail.com", "sfr.fr", "tutanota.com", "wanadoo.fr", "yahoo.com", "yahoo.fr", "ymail.com",
    "zoho.com",
})  # fmt: skip
MANY_HOUSES = frozenset({"ac.uk", "asso.fr", "co.uk", "com.fr", "edu", "gouv.fr"})


def domain_of(email: str) -> str:
    """The domain of an address when it belongs to one house; empty when anybody may have it."""
    domain = email.rpartition("@")[2].strip().strip(".").lower()
    return "" if domain in PUBLIC_DOMAINS or "." not in domain else domain


def is_under(domain: str, above: str) -> bool:
    """`recherche.heliotis.fr` is under `heliotis.fr`."""
    if domain == above:
        return True
    return above not in MANY_HOUSES and domain.endswith(f".{above}")


def brand_of(domain: str) -> str:
    """`heliotuile` for `www.heliotuile.fr`: the part of a domain its owner chose."""
    labels = domain.lower().strip(".").split(".")
    ending = 2 if ".".join(labels[-2:]) in MANY_HOUSES else 1
    return labels[-ending - 1] if len(labels) > ending else ""
