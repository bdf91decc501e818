"""`manage.py draw --seed … < list.json`: names in the order of their lots, as JSON.

The algorithm is public: docs/tirage.md.
`--digest` only writes what is published before the draw.
"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.core import strict_json as strict
from grants.decisions.lots import digest, drawn, lot


class Command(BaseCommand):
    help = "Draws lots: a list of names as JSON on standard input, the order as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", required=True)
        parser.add_argument("--digest", action="store_true", help="write the digest, read nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        seed = options["seed"]
        answer: dict[str, Any] = {"sha256": digest(seed)}
        if not options["digest"]:
            try:
                names = read_names(sys.stdin.buffer.read())
            except ValueError as error:
                raise CommandError(str(error)) from error
            order = drawn(names, seed)
            answer["order"] = order
            answer["lots"] = [{"id": name, "lot": lot(name, seed)} for name in order]
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def read_names(raw: bytes) -> list[str]:
    """A list of texts, or an object whose `names` is one."""
    try:
        document = json.loads(strict.decode(raw))
    except json.JSONDecodeError as error:
        raise ValueError(f"not valid JSON: {error.msg}") from error
    if isinstance(document, dict):
        strict.check_keys(document, "the document", required=("names",))
        document = document["names"]
    names = [strict.text(name, "names") for name in strict.sequence(document, "names")]
    strict.unique(names, "names")
    return names
