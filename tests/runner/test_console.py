import errno

from config.runner.console import FULL_DISK, identities_table, sentence_for


def test_identities_stand_in_columns():
    table = identities_table(
        {
            "officer": {"email": "lea@region.example", "password": "secret", "totp_secret": None},
            "finance": {"email": "paul@region.example", "password": "mot", "totp_secret": "ABC"},
            "invited": {"email": "zoe@jeune.example", "password": None},
        }
    )

    assert table == (
        "  Rôle                   Adresse              Mot de passe\n"
        "  Instruction            lea@region.example   secret\n"
        "  Finances               paul@region.example  mot  (code TOTP : ABC)\n"
        "  Invitation en attente  zoe@jeune.example    –"
    )


def test_a_role_without_a_label_keeps_its_name():
    table = identities_table({"newcomer": {"email": "a@b.example", "password": "x"}})

    assert table.splitlines()[1] == "  newcomer  a@b.example  x"


def test_a_full_disk_is_one_sentence():
    assert sentence_for(OSError(errno.ENOSPC, "No space left on device")) == FULL_DISK


def test_a_forbidden_file_is_named():
    error = PermissionError(errno.EACCES, "Permission denied", "/srv/appel/.venv")

    assert sentence_for(error) == (
        "Écriture ou lecture refusée : /srv/appel/.venv (vérifiez à qui appartient le dossier)."
    )
