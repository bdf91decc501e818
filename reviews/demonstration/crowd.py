"""The readings of many dossiers, in a handful of statements per chunk."""

from datetime import timedelta
from decimal import Decimal

from reviews.assignments.models import Assignment
from reviews.demonstration import pool, readings, screening
from reviews.demonstration.scoring import Jury
from reviews.evaluations.models import Evaluation, Score

DONE = 0.8  # of the readings are in
BATCH = 2_000


def read_in_bulk(dossiers, experts, call, world) -> None:
    """Checked by an officer, read by experts of the theme in turn; most readings are in."""
    chance = world.chance("crowd", dossiers[0].number)
    days = [dossier.submitted_at + timedelta(days=4) for dossier in dossiers]
    screening.fill_checklists(dossiers, days, world.officer, chance)
    start = call.closes_at + timedelta(days=11)
    given = Assignment.objects.bulk_create(
        Assignment(
            dossier=dossier, expert=expert, affinity=Decimal("1"), due_at=call.reviews_due_at,
            because="Référence sur le thème.", assigned_by=world.officer, assigned_at=start,
        )
        for dossier in dossiers
        for expert in turn(experts[dossier.theme_id], call.reviews_per_dossier)
    )  # fmt: skip
    pool.clear(given, moments=[start + timedelta(hours=n % 60) for n in range(len(given))])
    done = write_grids(given, call, Jury(world.seed, top=call.top_score), chance)
    readings.hand_in(done, readings.within(start, 28, chance))


def write_grids(given, call, jury: Jury, chance) -> list[Evaluation]:
    """A grid for each reading, filled as it is made; returns those ready to be handed in."""
    criteria = list(call.criteria.all())
    evaluations, grids, done = [], [], []
    for assignment in given:
        evaluation = Evaluation(assignment=assignment)
        grid = [Score(evaluation=evaluation, criterion=criterion) for criterion in criteria]
        if chance.random() < DONE:
            readings.fill(evaluation, grid, jury, whole=True)
            done.append(evaluation)
        evaluations.append(evaluation)
        grids += grid
    Evaluation.objects.bulk_create(evaluations)
    Score.objects.bulk_create(grids, batch_size=BATCH)
    return done


def turn(experts, wanted: int):
    """The next experts, who then go to the end of the line."""
    chosen = experts[:wanted]
    del experts[:wanted]
    experts.extend(chosen)
    return chosen
