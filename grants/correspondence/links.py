"""The secret of a link: random, signed so that a forged one costs no query, kept as a digest."""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer

SIGNER = Signer(salt="grants.correspondence.opinion", sep=".")


def new_token() -> str:
    return SIGNER.sign(secrets.token_urlsafe(32))


def digest_of(token: str) -> str | None:
    """What the database knows the link by; None for one we never signed."""
    try:
        return hashlib.sha256(SIGNER.unsign(token).encode()).hexdigest()
    except BadSignature:
        return None
