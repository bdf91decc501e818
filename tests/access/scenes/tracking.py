from tests.access.scenes.dossiers import deposit, dossier

SCENES = {
    "tracking:dossier": dossier,
    "tracking:receipt": deposit,
    "tracking:receipt_pdf": deposit,
    "tracking:content": deposit,
}
