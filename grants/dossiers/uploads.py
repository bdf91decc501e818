"""What a handed-in file is, from its content: eight kinds are accepted, the rest is explained."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass

import filetype
from django.conf import settings
from django.utils.translation import gettext as _

LONGEST_NAME = 120
MOST_UNPACKED = 300 * 1024 * 1024
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OPEN_XML = "application/vnd.openxmlformats-officedocument."
ACTIVE_PDF = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")
LOCKED_PDF = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<")


@dataclass(frozen=True)
class Kind:
    ending: str
    mime: str


KINDS = {
    "pdf": Kind("pdf", "application/pdf"),
    "docx": Kind("docx", OPEN_XML + "wordprocessingml.document"),
    "xlsx": Kind("xlsx", OPEN_XML + "spreadsheetml.sheet"),
    "odt": Kind("odt", OPEN_DOCUMENT + "text"),
    "ods": Kind("ods", OPEN_DOCUMENT + "spreadsheet"),
    "png": Kind("png", "image/png"),
    "jpg": Kind("jpg", "image/jpeg"),
}
ENDINGS = {**{ending: ending for ending in KINDS}, "jpeg": "jpg"}
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)


def recognise(upload):
    """The kind of this upload, or a ValueError whose text tells its author what to do."""
    check_size(upload.size)
    wanted = ENDINGS.get(ending_of(upload.name))
    if wanted is None:
        raise ValueError(
            _(
                "Ce type de fichier n’est pas accepté. Envoyez un PDF, un document Word, Excel "
                "ou OpenDocument, une image PNG ou JPEG."
            )
        )
    upload.seek(0)
    found = content_of(upload)
    upload.seek(0)
    if found != wanted:
        raise ValueError(
            _(
                "Le contenu de ce fichier ne correspond pas à son nom en « .%(ending)s ». "
                "Enregistrez-le de nouveau dans ce format, puis renvoyez-le."
            )
            % {"ending": wanted}
        )
    return KINDS[found]


def check_size(size):
    if not size:
        raise ValueError(_("Ce fichier est vide."))
    if size > settings.UPLOAD_LIMIT:
        raise ValueError(
            _("Ce fichier pèse %(size)d Mo ; la limite est de %(limit)d Mo. Réduisez-le.")
            % {"size": -(-size // 1024**2), "limit": settings.UPLOAD_LIMIT // 1024**2}
        )


def content_of(upload):
    """`pdf`, `png`… or None; a file that is two kinds at once is none of ours."""
    guess = filetype.guess(upload.read(8192))
    ending = ENDINGS.get(guess.extension) if guess else None
    upload.seek(0)
    if ending in {"pdf", "png", "jpg"}:
        if zipfile.is_zipfile(upload):
            return None
        if ending == "pdf":
            check_pdf(upload)
        return ending
    upload.seek(0)
    return packed_document(upload) if zipfile.is_zipfile(upload) else None


def check_pdf(upload):
    upload.seek(0)
    content = upload.read()
    if LOCKED_PDF.search(content):
        raise ValueError(
            _("Ce PDF est protégé : enregistrez-le sans mot de passe, puis renvoyez-le.")
        )
    if ACTIVE_PDF.search(content):
        raise ValueError(
            _("Ce PDF contient un programme : imprimez-le dans un nouveau PDF, puis renvoyez-le.")
        )


def packed_document(upload):
    """Office documents are archives: look inside without unpacking."""
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            check_entries(entries, names)
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            return open_document(archive) if "mimetype" in names else None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise ValueError(_("Ce fichier est abîmé : enregistrez-le de nouveau.")) from error


def check_entries(entries, names):
    if any(entry.flag_bits & 1 for entry in entries):
        raise ValueError(_("Ce document est protégé par un mot de passe : retirez-le d’abord."))
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ValueError(_("Ce document est trop volumineux une fois ouvert."))
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise ValueError(_("Ce document contient des macros : enregistrez-le sans macro."))


def open_document(archive):
    with archive.open("mimetype") as told:
        mime = told.read(100).decode("ascii", errors="replace").strip()
    return {kind.mime: kind.ending for kind in KINDS.values()}.get(mime)


def ending_of(name):
    return name.rpartition(".")[2].lower() if "." in name else ""


def clean_name(name, ending):
    """A name fit for a list and a download: no folder, no control mark, one known ending."""
    stem = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1]).rpartition(".")[0]
    stem = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in stem)
    stem = " ".join(re.sub(r'[<>:"|?*;]', " ", stem).split()).lstrip(".")
    return f"{stem[:LONGEST_NAME] or 'document'}.{ending}"
