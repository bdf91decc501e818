"""Static files under names that hold their digest, in what our modules import of each other too."""

from django.contrib.staticfiles.storage import HashedFilesMixin as HashedByDjango
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    # Our own modules alone: those of others quote imports in their comments.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        HashedByDjango._js_module_import_aggregation_patterns[1],  # noqa: SLF001
    )
