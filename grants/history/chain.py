"""Digests that hold each other: an act to the one before it, all chains to a root, roots to a seal.

Nothing of Django here: whoever keeps a digest can read these thirty lines and compute it again.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

START = "0" * 64


def canonical(content: Any) -> str:
    """The one text a content has: sorted keys, letters as they are, no spaces."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(content: Any) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def after(head: str, *, table: str, key: int, leaf: bytes) -> str:
    """The head of a chain once this row is added: another row, place or order gives another."""
    return hashlib.sha256(f"{head}\n{table}\n{key}\n".encode() + leaf).hexdigest()


def root_of(heads: Mapping[str, tuple[int, str]]) -> str:
    """Merkle root over the name, length and head of every chain (RFC 6962: 0 leaf, 1 node)."""
    level = [
        hashed(b"\0", f"{chain}\n{count}\n{head}".encode())
        for chain, (count, head) in sorted(heads.items())
    ]
    while len(level) > 1:
        level = list(paired(level))
    return level[0].hex() if level else START


def paired(level: list[bytes]) -> Iterable[bytes]:
    """Neighbours hashed together; the last of an odd level goes up as it is."""
    for left in range(0, len(level) - 1, 2):
        yield hashed(b"\1", level[left] + level[left + 1])
    if len(level) % 2:
        yield level[-1]


def hashed(mark: bytes, content: bytes) -> bytes:
    return hashlib.sha256(mark + content).digest()
