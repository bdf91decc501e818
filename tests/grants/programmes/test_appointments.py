import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.people.models import User
from grants.programmes.appointments import appoint, dismiss
from grants.programmes.permissions import RUN_PROGRAMME
from tests.factories import make_programme, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "allowed"), [("manager", True), ("officer", False), ("auditor", False)]
)
def test_only_managers_of_the_programme_appoint(role, allowed):
    programme, newcomer = make_programme(), make_user()
    actor = make_staff(programme, role)

    if allowed:
        appoint(newcomer, "officer", programme, actor=actor)
    else:
        with pytest.raises(PermissionDenied):
            appoint(newcomer, "officer", programme, actor=actor)

    assert newcomer.duties.filter(ended_at=None).exists() is allowed


def test_manager_of_another_programme_appoints_nobody_here():
    with pytest.raises(PermissionDenied):
        appoint(
            make_user(), "officer", make_programme(), actor=make_staff(make_programme(), "manager")
        )


def test_appointing_twice_gives_one_duty():
    programme, newcomer = make_programme(), make_user()
    first = appoint(newcomer, "officer", programme, actor=User.objects.system())

    assert appoint(newcomer, "officer", programme, actor=User.objects.system()) == first


def test_a_dismissed_manager_runs_nothing_and_can_be_appointed_again():
    programme, manager = make_programme(), make_user()
    duty = appoint(manager, "manager", programme, actor=User.objects.system())

    dismiss(duty, actor=manager)

    assert not RUN_PROGRAMME.allows(manager, programme)
    assert appoint(manager, "manager", programme, actor=User.objects.system()) != duty


def test_the_command_appoints_the_first_manager(capsys):
    programme, user = make_programme(), make_user()

    call_command("appoint", user.email.upper(), "manager", programme.slug)

    assert RUN_PROGRAMME.allows(user, programme)
    assert user.email in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["inconnu@exemple.fr", "manager", "aide"], "No active account"),
        (["connu@exemple.fr", "manager", "autre"], "Known: aide"),
        (["connu@exemple.fr", "chef", "aide"], "invalid choice"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, sentence):
    make_programme(slug="aide")
    make_user(email="connu@exemple.fr")

    with pytest.raises(CommandError, match=sentence):
        call_command("appoint", *arguments)
