"""What the verification has to say, in words that name the row."""

from dataclasses import asdict, dataclass

CHANGED, REMOVED, INSERTED, SWAPPED = "changed", "removed", "inserted", "swapped"
BACKDATED, CHAIN, SEAL, REWRITTEN, STATE = "backdated", "chain", "seal", "rewritten", "state"

SAID = {
    CHANGED: "le contenu de cette ligne n’est plus celui qui a été scellé",
    REMOVED: "cette ligne a été scellée et n’existe plus",
    INSERTED: "cette ligne a été ajoutée parmi des lignes déjà scellées",
    SWAPPED: "cette ligne tient le contenu d’une autre ligne scellée",
    BACKDATED: "cette ligne porte une date antérieure au scellé qui la précède",
    CHAIN: "cette chaîne ne s’enchaîne plus",
    SEAL: "ce scellé n’est plus celui qui a été fait",
    REWRITTEN: "l’empreinte conservée n’est pas celle de cet historique",
    STATE: "cette ligne n’est pas dans l’état que dit son historique",
}


@dataclass(frozen=True, order=True)
class Finding:
    kind: str
    table: str = ""
    row: int | None = None
    chain: str = ""
    seal: int | None = None

    def told(self):
        return {**asdict(self), "says": SAID[self.kind]}
