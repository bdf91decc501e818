"""What experts are bound to, and the links the platform sees: one confirmed, one lifted, the
others still to be settled."""

from datetime import datetime, timedelta

from reviews.conflicts import operations as conflicts
from reviews.demonstration.clock import at
from reviews.experts.background import Subtopic, Tie
from reviews.experts.models import Expert
from reviews.links.models import DetectedLink

LANGUAGES = (["fr"], ["fr", "en"], ["fr", "en", "es"], ["fr", "oc"], ["fr", "en", "ca"])
REGION = ("31", "34", "81", "12", "66", "30", "65", "46", "09", "11", "32", "48", "82")
SETTLED = (
    ("confirm", "Siège au conseil de la société depuis 2024, confirmé au téléphone."),
    (
        "lift",
        "Trois jours de formation donnés en 2024, sans lien depuis : rien n’altère son jugement.",
    ),
)
TOPICS = {
    "energie": "batteries et stockage",
    "environnement": "réemploi des matériaux",
    "logement": "rénovation du bâti ancien",
    "mobilite": "véhicules légers",
    "sante": "dispositifs médicaux",
}


def describe(experts) -> None:
    """Languages, departments and one sub-topic each."""
    for n, expert in enumerate(experts):
        expert.languages = LANGUAGES[n % len(LANGUAGES)]
        expert.departments = sorted(REGION[(n + k) % len(REGION)] for k in range(1 + n % 3))
    Expert.objects.bulk_update(experts, ["languages", "departments"])
    strongest = [max(e.expertise.select_related("theme"), key=lambda k: k.level) for e in experts]
    Subtopic.objects.bulk_create(
        Subtopic(expert=one.expert, theme=one.theme, level=one.level, name=TOPICS[one.theme.key])
        for one in strongest
    )


def bind(world, call, on: datetime) -> None:
    """Ties told on profiles bring four links to light; two of them are settled the day after."""
    with at(on) as moment:
        Tie.objects.bulk_create(told(pair, n) for n, pair in enumerate(strangers(world, call)))
        conflicts.look_at_call(call, actor=world.officer)
    links = DetectedLink.objects.of_call(call).select_related("expert__user", "dossier__call")
    for (act, reason), link in zip(SETTLED, links.order_by("pk"), strict=False):
        with at(moment + timedelta(days=1)) as later:
            getattr(conflicts, act)(link, reason=reason, actor=world.officer, at=later)


def told(pair, n: int) -> Tie:
    expert, company = pair
    kinds = (Tie.Kind.MANDATE, Tie.Kind.FORMER, Tie.Kind.SHARES, Tie.Kind.FORMER)
    until = {Tie.Kind.FORMER: 2024}.get(kinds[n])
    siren = company.siren if n % 2 == 0 else ""
    return Tie(expert=expert, kind=kinds[n], name=company.name.upper(), siren=siren, until=until)


def strangers(world, call):
    """Experts and companies nothing has brought together yet: their readings stay as they are."""
    dossiers = list(call.dossiers.select_related("organisation").order_by("number"))
    for n, expert in enumerate(world.experts[9:13]):
        met = {one.dossier_id for one in [*expert.assignments.all(), *expert.interests.all()]}
        free = [dossier for dossier in dossiers if dossier.pk not in met]
        yield expert, free[n * 5 % len(free)].organisation
