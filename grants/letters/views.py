from django.contrib import messages
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused, require
from accounts.notifications.broker import broker
from grants.core.typesetting import CannotTypeset, typeset
from grants.decisions import permissions as decisions_may
from grants.decisions.models import Allocation, Decision
from grants.letters import operations
from grants.letters import permissions as may
from grants.letters.forms import TemplateForm
from grants.letters.kinds import Kind
from grants.letters.models import DecisionLetter, LetterTemplate
from grants.letters.placeholders import of_kind
from grants.letters.previewing import LONGEST, candidates, example, preview
from grants.letters.sending import sent_of
from grants.letters.starter import starter
from grants.programmes.models import Programme

RETRY = "grants.letters.tasks.make_letter"


def programmes_of(user):
    return Programme.objects.filter(may.SEE_TEMPLATES.rows(user)).order_by("name")


@require_GET
def templates(request):
    current = LetterTemplate.objects.order_by("programme", "kind", "-version")
    rows = current.distinct("programme", "kind").select_related("written_by")
    programmes = programmes_of(request.user).prefetch_related(
        Prefetch("letter_templates", queryset=rows)
    )
    shown = [(programme, kinds_of(programme)) for programme in programmes]
    return render(request, "grants/letters/templates.html", {"programmes": shown})


def kinds_of(programme):
    written = {one.kind: one for one in programme.letter_templates.all()}
    return [(kind, kind.label, written.get(kind)) for kind in Kind]


def template(request, pk, kind):
    """Edit a letter: saved as a new version, or only shown, or as a PDF."""
    programme = get_object_or_404(programmes_of(request.user), pk=pk)
    if kind not in Kind:
        raise Http404
    kind = Kind(kind)
    if request.method != "POST":
        return show(request, programme, kind, form_of(programme, kind))
    require(may.WRITE_TEMPLATES, request.user, programme)
    form = TemplateForm(request.POST, kind=kind)
    if "preview" in request.POST or request.htmx:
        return show(request, programme, kind, form)
    if "pdf" in request.POST:
        return pdf_preview(request, programme, kind, form)
    return save(request, programme, kind, form)


def form_of(programme, kind):
    """The version in use; before the first one, the starter."""
    current = programme.letter_templates.filter(kind=kind).first()
    texts = operations.texts_of(current) if current else starter(kind)
    version = current.version if current else 1
    return TemplateForm(initial={**texts, "version": version}, kind=kind)


def show(request, programme, kind, form):
    """The editor, or only the preview when HTMX asks."""
    chosen = request.POST.get("example") or request.GET.get("example", "")
    examples = list(candidates(programme, kind))
    context = {
        "programme": programme,
        "kind": kind,
        "form": form,
        "preview": preview(programme, kind, form.texts, example(examples, chosen)),
        "examples": examples,
        "chosen": chosen,
        "longest": LONGEST,
        "placeholders": of_kind(kind),
        "versions": programme.letter_templates.filter(kind=kind).select_related("written_by"),
        "may_write": may.WRITE_TEMPLATES.allows(request.user, programme),
    }
    page = "_preview.html" if request.htmx else "template.html"
    return render(request, f"grants/letters/{page}", context)


def save(request, programme, kind, form):
    if form.is_valid():
        try:
            made = operations.write_template(
                programme, kind, actor=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Version %(n)s enregistrée. Les lettres déjà parties gardent la leur.")
            messages.success(request, told % {"n": made.version})
            return redirect("letters:template", programme.pk, kind)
    return show(request, programme, kind, form)


def pdf_preview(request, programme, kind, form):
    chosen = example(list(candidates(programme, kind)), request.POST.get("example", ""))
    found = preview(programme, kind, form.texts, chosen)
    if "faults" in found:
        return save(request, programme, kind, form)
    try:
        made = typeset("decision", found["letter"])
    except CannotTypeset:
        form.add_error(None, _("Cette lettre ne peut pas être mise en page."))
        return show(request, programme, kind, form)
    return HttpResponse(made, content_type="application/pdf")


@require_GET
def version(request, pk):
    found = get_object_or_404(
        LetterTemplate.objects.select_related("programme", "written_by"),
        pk=pk,
        programme__in=programmes_of(request.user),
    )
    return render(request, "grants/letters/version.html", {"template": found})


@require_GET
def sent(request, pk):
    seen = Allocation.objects.seen_by(request.user).for_detail()
    allocation = get_object_or_404(seen, pk=pk, announced_at__isnull=False)
    rows = sent_of(allocation)
    letters = [letter for row in rows for letter in row["letters"]]
    context = {
        "allocation": allocation,
        "rows": rows,
        "made": len(letters),
        "opened": sum(letter.opened is not None for letter in letters),
        "may_retry": decisions_may.ANNOUNCE.allows(request.user, allocation),
    }
    return render(request, "grants/letters/sent.html", context)


@require_POST
def retry(request, pk):
    decisions = Decision.objects.announced().select_related("allocation__call__programme")
    seen = Allocation.objects.seen_by(request.user)
    decision = get_object_or_404(decisions, pk=pk, allocation__in=seen)
    require(decisions_may.ANNOUNCE, request.user, decision.allocation)
    if broker.hand_over(RETRY, decision.pk):
        messages.success(request, _("La lettre est refaite. Rechargez la page dans une minute."))
    else:
        messages.error(request, _("La file d’attente ne répond pas. Réessayez plus tard."))
    return redirect("letters:sent", decision.allocation_id)


def find(request, pk):
    letters = DecisionLetter.objects.seen_by(request.user).select_related(
        "decision__dossier__call__programme", "decision__dossier__organisation", "template",
        "reading__reader", "decision__allocation",
    )  # fmt: skip
    found = get_object_or_404(letters, pk=pk)
    staff = decisions_may.SEE.allows(request.user, found.decision.allocation)
    return found, staff or hasattr(found, "reading")


@require_GET
def letter(request, pk):
    """The words of the letter; the company first opens it, by a press of its own."""
    found, is_open = find(request, pk)
    dossier = found.decision.dossier
    staff = decisions_may.SEE.allows(request.user, found.decision.allocation)
    context = {"letter": found, "is_open": is_open, "dossier": dossier, "is_staff": staff}
    return render(request, "grants/letters/letter.html", context)


@require_POST
def open(request, pk):
    found, _is_open = find(request, pk)
    operations.open_letter(found, actor=request.user)
    return redirect("letters:letter", pk)


@require_GET
def pdf(request, pk):
    found, is_open = find(request, pk)
    if not is_open:
        return redirect("letters:letter", pk)
    return FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"decision-{found.decision.dossier.reference}.pdf",
        content_type="application/pdf",
    )
