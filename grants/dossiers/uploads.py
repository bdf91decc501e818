"""What a handed-in file is, from its content: eight kinds are accepted, the rest is explained."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass

import filetype
from django.conf import settings
from django.utils.translation import gettext as _

from grants.dossiers.pdfs import check_pdf

LONGEST_NAME = 120
MOST_UNPACKED = 300 * 1024 * 1024
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OPEN_XML = "application/vnd.openxmlformats-officedocument."
# The old Office container: a .docx inside it is one locked by a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A picture that is a page as well runs where somebody trusts its name.
PAGE_IN_PICTURE = re.compile(rb"<(?:html|script|svg|\?php|!doctype)", re.IGNORECASE)
EDGE = 2048


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
# What browsers say when they know no better, and the names they use for what we accept.
VAGUE = {"", "application/octet-stream", "binary/octet-stream"}
ALIASES = {
    "pdf": {"application/x-pdf"},
    "jpg": {"image/jpg", "image/pjpeg"},
    "png": {"image/x-png"},
    "docx": {"application/zip", "application/x-zip-compressed"},
    "xlsx": {"application/zip", "application/x-zip-compressed"},
    "odt": {"application/zip", "application/x-zip-compressed"},
    "ods": {"application/zip", "application/x-zip-compressed"},
}
ARCHIVES = {"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "iso"}
MACROS = {"docm", "xlsm", "xlsb", "pptm", "dotm", "xltm"}
PAGES = {"html", "htm", "xhtml", "svg", "xml", "mht", "mhtml", "js"}
OLD_OFFICE = {"doc", "xls", "ppt"}
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)


def recognise(upload):
    """The kind of this upload, or a ValueError whose text tells its author what to do."""
    check_size(upload.size)
    wanted = ENDINGS.get(ending_of(upload.name))
    if wanted is None:
        raise ValueError(why_not(ending_of(upload.name)))
    check_declared(upload, wanted)
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


def why_not(ending):
    """One sentence per family of files that people send in good faith."""
    if ending in ARCHIVES:
        return _("Les archives ne sont pas acceptées : joignez les documents un par un.")
    if ending in MACROS:
        return _("Ce document contient des macros : enregistrez-le sans macro (.docx ou .xlsx).")
    if ending in PAGES:
        return _("Les pages web et les images SVG ne sont pas acceptées : envoyez un PDF.")
    if ending in OLD_OFFICE:
        return _("Ce format est ancien : enregistrez le document en PDF, .docx ou .xlsx.")
    return _(
        "Ce type de fichier n’est pas accepté. Envoyez un PDF, un document Word, Excel "
        "ou OpenDocument, une image PNG ou JPEG."
    )


def check_declared(upload, wanted):
    """Name, content and what the browser says agree, or the file is not what it seems."""
    declared = (upload.content_type or "").partition(";")[0].strip().lower()
    if declared not in VAGUE | {KINDS[wanted].mime} | ALIASES[wanted]:
        raise ValueError(
            _(
                "Ce fichier se présente comme un autre type que « .%(ending)s ». Enregistrez-le de "
                "nouveau dans ce format, puis renvoyez-le."
            )
            % {"ending": wanted}
        )


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
        return None if zipfile.is_zipfile(upload) else plain_kind(upload, ending)
    if upload.read(len(OLE)) == OLE:
        raise ValueError(
            _("Ce document est protégé, ou d’un format ancien : enregistrez-le sans mot de passe.")
        )
    return packed_document(upload) if zipfile.is_zipfile(upload) else None


def plain_kind(upload, ending):
    upload.seek(0)
    content = upload.read()
    if ending == "pdf":
        check_pdf(content)
    elif PAGE_IN_PICTURE.search(content[:EDGE] + content[-EDGE:]):
        return None
    return ending


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


PROGRAMS = ("vbaProject.bin", "vbaData.xml", "oleObject1.bin", "activeX1.bin")


def check_entries(entries, names):
    if any(entry.flag_bits & 1 for entry in entries):
        raise ValueError(_("Ce document est protégé par un mot de passe : retirez-le d’abord."))
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ValueError(_("Ce document est trop volumineux une fois ouvert."))
    if any(name.endswith(PROGRAMS) or name.startswith(("Basic/", "Scripts/")) for name in names):
        raise ValueError(_("Ce document contient des macros : enregistrez-le sans macro."))


def open_document(archive):
    with archive.open("mimetype") as told:
        mime = told.read(100).decode("ascii", errors="replace").strip()
    return {kind.mime: kind.ending for kind in KINDS.values()}.get(mime)


def ending_of(name):
    return name.rpartition(".")[2].lower() if "." in name else ""


def plain_name(name):
    """A name as it was sent, on one line, for the log and for its author."""
    letters = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name or "")
    return " ".join(letters.split())[:200] or _("sans nom")


def clean_name(name, ending):
    """A name fit for a list and a download: no folder, no control mark, one known ending."""
    stem = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1]).rpartition(".")[0]
    stem = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in stem)
    stem = " ".join(re.sub(r'[<>:"|?*;]', " ", stem).split()).lstrip(".")
    return f"{stem[:LONGEST_NAME] or 'document'}.{ending}"
