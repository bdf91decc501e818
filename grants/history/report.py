"""The outcome of a verification as one JSON object."""

from django.db import connections

MOST = 1000  # findings told one by one; the others are counted


def report_of(reading, *, against=None):
    found = sorted(reading.found, key=lambda one: (one.seal or 0, one.table, one.row or 0))
    last = max(reading.digests, default=None)
    references = references_of(found[:MOST], reading.using)
    return {
        "sound": not found,
        "seals": len(reading.digests),
        "last": f"{last}:{reading.digests[last]}" if last else None,
        "at": reading.at.isoformat() if reading.at else None,
        "chains": len(reading.heads),
        "acts": sum(count for count, _head in reading.heads.values()),
        "unsealed": reading.unsealed,
        "against": against,
        "findings": [told(one, references) for one in found[:MOST]],
        "more": max(0, len(found) - MOST),
    }


def told(finding, references):
    said = finding.told()
    reference = references.get(finding.chain)
    return {**said, "dossier": reference} if reference else said


def references_of(found, using):
    """References of the dossiers whose chains are named."""
    keys = {one.chain[8:] for one in found if one.chain.startswith("dossier:")}
    if not keys:
        return {}
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, reference FROM grants_dossier WHERE id = ANY(%s)",
            [[int(key) for key in keys]],
        )
        return {f"dossier:{key}": reference for key, reference in cursor if reference}
