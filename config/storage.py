"""Reads `STORAGE_URL`: a folder, or `s3://KEY:SECRET@host[:port]/bucket[?region=…&tls=0]`."""

from urllib.parse import parse_qs, unquote, urlsplit


def storage_from(url: str) -> dict:
    """Return the Django storage description for this address."""
    if not url.startswith("s3://"):
        folder = url.removeprefix("file://")
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        }
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    scheme = "http" if query.get("tls") == "0" else "https"
    host = parts.hostname + (f":{parts.port}" if parts.port else "")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.path.strip("/"),
            "access_key": unquote(parts.username or "") or None,
            "secret_key": unquote(parts.password or "") or None,
            "endpoint_url": f"{scheme}://{host}",
            "region_name": query.get("region", "fr-par"),
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
