"""The draw among equals, so that anybody can do it again (docs/tirage.md).

The lot of a name is the SHA-256 digest of the seed, a vertical bar and the name, in UTF-8; the
smallest lot, read as hexadecimal text, comes first.
"""

from collections.abc import Iterable
from hashlib import sha256


def drawn(names: Iterable[str], seed: str) -> list[str]:
    """The names in the order of their lots."""
    return sorted(names, key=lambda name: lot(name, seed))


def lot(name: str, seed: str) -> str:
    return sha256(f"{seed}|{name}".encode()).hexdigest()


def digest(seed: str) -> str:
    """What is published before the draw, and proves afterwards that the seed was this one."""
    return sha256(seed.encode()).hexdigest()
