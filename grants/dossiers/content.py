"""The exact content of a submission and its digest: same answers, same bytes, same SHA-256."""

import hashlib
import json


def content_of(dossier, filled, *, version, at, verdict, sign_off=None):
    """Plain values only; PostgreSQL gives them back equal, so the digest can be made again."""
    content = {
        "reference": dossier.reference,
        "version": version,
        "received_at": at.isoformat(),
        "call": dossier.call.code,
        "form": dossier.form.number,
        "organisation": {
            "siret": dossier.organisation.siret,
            "name": dossier.organisation.name,
        },
        **substance_of(filled),
        "verdict": verdict,
    }
    return content if sign_off is None else {**content, "sign_off": agreed(sign_off)}


def substance_of(filled):
    """What people agree to: every answer and every file, whenever and by whom it is handed in."""
    return {
        "answers": {
            key: reply.stored
            for key, reply in filled.replies.items()
            if reply.is_content and reply.question.kind != "file"
        },
        "documents": [
            {
                "id": document.pk,
                "key": document.key,
                "name": document.name,
                "kind": document.kind,
                "size": document.size,
                "sha256": document.sha256,
            }
            for reply in filled.replies.values()
            if reply.is_content
            for document in reply.files
        ],
    }


def agreed(sign_off):
    return {
        "by": str(sign_off.signed_by),
        "title": sign_off.title,
        "at": sign_off.signed_at.isoformat(),
        "sha256": sign_off.sha256,
    }


def written(content):
    """The very bytes that are hashed: keys in order, no space, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest_of(content):
    return hashlib.sha256(written(content)).hexdigest()
