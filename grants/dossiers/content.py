"""The exact content of a submission and its digest: same answers, same bytes, same SHA-256."""

import hashlib
import json


def content_of(dossier, filled, *, version, at, verdict):
    """Plain values only; PostgreSQL gives them back equal, so the digest can be made again."""
    return {
        "reference": dossier.reference,
        "version": version,
        "received_at": at.isoformat(),
        "call": dossier.call.code,
        "form": dossier.form.number,
        "organisation": {
            "siret": dossier.organisation.siret,
            "name": dossier.organisation.name,
        },
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
        "verdict": verdict,
    }


def written(content):
    """The very bytes that are hashed: keys in order, no space, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest_of(content):
    return hashlib.sha256(written(content)).hexdigest()
