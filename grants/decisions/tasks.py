from celery import shared_task

from grants.decisions import letters, queue


@shared_task
def make_letter(decision_id):
    """Make the PDF of one decision; made already, it stays as it is."""
    letters.make_letter(decision_id)


@shared_task
def make_missing_letters():
    """Queue again the letters that a lost message left unmade."""
    for decision_id in queue.without_letter().values_list("pk", flat=True)[:200]:
        make_letter.delay(decision_id)
