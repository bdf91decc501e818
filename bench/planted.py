"""A pool and applicants with links planted among them, and traps that only look like links.

Everything is drawn from one seed. Each plant writes the link the way people write: another order,
capitals, accents lost, an abbreviation, one slip of the pen, now and then two.
"""

import unicodedata
from dataclasses import dataclass, replace
from random import Random

from reviews.links.facts import CompanyFacts, ExpertFacts, House

YEAR = 2026
FIRST = (
    "Amandine", "Bastien", "Céline", "Damien", "Élodie", "Fabrice", "Gaëlle", "Hugo", "Inès",
    "Joël", "Karine", "Ludovic", "Maëlle", "Nadège", "Olivier", "Perrine", "Quentin", "Rachel",
    "Sébastien", "Thérèse", "Ulysse", "Valérie", "William", "Xavière", "Yann", "Zoé",
)  # fmt: skip
LAST = (
    "Abadie", "Barthès", "Cazalis", "Delmas", "Escande", "Faure", "Gaubert", "Hébrard", "Izard",
    "Jalabert", "Lacaze", "Marty", "Nougaret", "Pagès", "Quercy", "Raynal", "Sabatier",
    "Taillefer", "Vidal", "Albouy", "Bousquet", "Carrière", "Dejean",
)  # fmt: skip
WORDS = (
    "Alter", "Boréal", "Calcaire", "Delta", "Ébène", "Fluvial", "Granit", "Hélio", "Iris",
    "Jonction", "Kilo", "Lumen", "Méandre", "Noria", "Opale", "Pivot", "Quartz", "Rotor",
    "Silice", "Turbine", "Ultra", "Vecteur", "Wagon", "Xénon", "Ypsilon", "Zéphyr",
)  # fmt: skip
TAILS = (
    "Industrie", "Énergies", "Systèmes", "Matériaux", "Robotique", "Procédés", "Mesures", "Santé",
    "Habitat",
)  # fmt: skip
STREETS = (
    "rue des Lices", "avenue de la Garonnette", "boulevard du Maréchal-Foch", "chemin de Ronde",
    "place Saint-Sernin", "allée Jean-Jaurès", "route de Narbonne", "impasse des Oliviers",
)  # fmt: skip
SHORT = {"avenue": "av.", "boulevard": "bd", "allée": "all.", "route": "rte", "Saint": "St",
         "place": "pl.", "chemin": "ch.", "impasse": "imp."}  # fmt: skip
CITIES = ("Toulouse", "Montpellier", "Albi", "Nîmes", "Tarbes", "Rodez", "Perpignan", "Cahors")
LABORATORIES = ("LAAS", "Institut Carnot-Adour", "UMR 5503", "Laboratoire Photons et Matière")


@dataclass(frozen=True)
class Planted:
    experts: tuple[ExpertFacts, ...]
    companies: tuple[CompanyFacts, ...]
    links: dict[tuple[int, int], str]  # (expert, dossier) → kind
    traps: dict[tuple[int, int], str]


class Sower:
    def __init__(self, seed: int, *, experts: int = 60, companies: int = 250):
        self.chance = Random(seed)  # noqa: S311 - reproducible, not secret
        self.names = self.drawn([f"{a} {b}" for a in FIRST for b in LAST])
        self.houses = self.drawn([f"{a} {b}" for a in WORDS for b in TAILS])
        self.companies = {n: self.company(n) for n in range(1, companies + 1)}
        self.experts = {n: self.expert(n) for n in range(1, experts + 1)}
        self.links: dict[tuple[int, int], str] = {}
        self.traps: dict[tuple[int, int], str] = {}

    def drawn(self, names):
        self.chance.shuffle(names)
        return iter(names)

    def siren(self, n: int) -> str:
        return f"{n:09d}"

    def company(self, n: int) -> CompanyFacts:
        name = next(self.houses, f"Société {n}")
        people = [next(self.names) for _ in range(2)]
        domain = "".join(plain(name).lower().split()) + ".fr"
        lab = self.chance.choice([*LABORATORIES, "", "", "", ""])
        return CompanyFacts(
            id=n,
            siren=self.siren(n),
            name=name,
            address=f"{self.chance.randint(1, 300)} {self.chance.choice(STREETS)}",
            city=self.chance.choice(CITIES),
            group=frozenset({self.siren(5_000 + n)} if self.chance.random() < 0.3 else ()),
            accounts=frozenset({10_000 + n}),
            emails=frozenset(
                {f"contact@{domain}" if self.chance.random() < 0.7 else "x@gmail.com"}
            ),
            people=tuple(people),
            houses=(f"Capital {n}",),
            texts=(f"Le banc d’essai est mis au point avec {lab or 'nos clients'} depuis un an.",),
        )

    def expert(self, n: int) -> ExpertFacts:
        return ExpertFacts(
            id=n,
            person=n,
            name=next(self.names),
            email=f"expert{n}@maison{n}.fr",
            house=House(f"Maison {n} du Conseil", self.siren(90_000 + n)),
            address=f"{self.chance.randint(400, 900)} {self.chance.choice(STREETS)}",
            city=self.chance.choice(CITIES),
        )

    def sow(self, each: int = 25, trap_each: int = 8) -> Planted:
        for kind in KINDS:
            for _ in range(each):
                self.place(kind, KINDS[kind], self.links)
        for kind in TRAPS:
            for _ in range(trap_each):
                self.place(kind, TRAPS[kind], self.traps)
        return Planted(
            tuple(self.experts.values()), tuple(self.companies.values()), self.links, self.traps
        )

    def place(self, kind, change, into):
        """Change one expert so that they are linked with one company, each pair once."""
        free = [
            (e, c) for e in self.experts for c in self.companies
            if (e, c) not in self.links and (e, c) not in self.traps
        ]  # fmt: skip
        for _ in range(200):
            e, c = self.chance.choice(free)
            changed = change(self, self.experts[e], self.companies[c])
            if changed is not None:
                self.experts[e], self.companies[c] = changed
                into[e, c] = kind
                return

    def spelt(self, name: str) -> str:
        """Another hand writes it."""
        way = self.chance.random()
        if way < 0.3:
            return plain(name).upper()
        if way < 0.5:
            return f"{name} SAS"
        if way < 0.7:
            return plain(name).replace(" ", "-")
        if way < 0.85:
            return name
        return self.slip(name)

    def slip(self, name: str) -> str:
        """Two letters change places, inside the longest word."""
        word = max(name.split(), key=len)
        at = self.chance.randint(1, len(word) - 3)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return name.replace(word, swapped)

    def turned(self, name: str) -> str:
        first, last = name.split(" ", 1)
        ways = (f"{last.upper()} {first}", f"{first[0]}. {last}", plain(name), self.slip(name),
                f"{last}, {first}")  # fmt: skip
        return self.chance.choice(ways)


def plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def with_tie(place, house):
    """A mandate, share or past job in the company: by number, or by a name written otherwise."""

    def change(sower, expert, company):
        numbered = sower.chance.random() < 0.6
        siren = company.siren if numbered else ""
        tie = House(sower.spelt(company.name), siren, house(sower))
        return replace(expert, **{place: (*getattr(expert, place), tie)}), company

    return change


def recent(sower):
    return sower.chance.choice([None, *range(YEAR - 5, YEAR + 1)])


def employer(sower, expert, company):
    if not expert.house.name.startswith("Maison"):
        return None
    siren = company.siren if sower.chance.random() < 0.5 else ""
    return replace(expert, house=House(sower.spelt(company.name), siren)), company


def group(sower, expert, company):
    number = next(iter(company.group), None)
    if number is None:
        return None
    tie = House(f"Holding {number}", number)
    return replace(expert, mandates=(*expert.mandates, tie)), company


def team(sower, expert, company):
    return expert, replace(company, people=(*company.people, sower.turned(expert.name)))


def mail(sower, expert, company):
    domains = [email for email in company.emails if "gmail" not in email]
    if not domains or not expert.email.endswith(f"@maison{expert.id}.fr"):
        return None
    domain = domains[0].rpartition("@")[2]
    way = sower.chance.choice(["{}", "labo.{}"])
    return replace(expert, email=f"Nom@{way.format(domain).upper()}"), company


def is_untouched(expert):
    """Its address is still the one drawn for it: one plant there each."""
    return 400 <= int(expert.address.split(" ", 1)[0].split(",")[0]) <= 900


def address(sower, expert, company):
    if not is_untouched(expert):
        return None
    street = company.address
    for long, short in SHORT.items():
        street = street.replace(long, short)
    street = sower.chance.choice([street, plain(company.address).upper(), f"{street}, 31000"])
    return replace(expert, address=street, city=company.city.upper()), company


def laboratory(sower, expert, company):
    name = f"Équipe {expert.id} Bis"
    if expert.laboratory not in {"", f"{name} (UMR 9{expert.id:03d})"}:
        return None
    cited = sower.chance.choice([f"l’équipe {expert.id} bis", f"l’UMR-9{expert.id:03d}"])
    return (
        replace(expert, laboratory=f"{name} (UMR 9{expert.id:03d})"),
        replace(company, texts=(*company.texts, f"Une thèse est menée avec {cited}.")),
    )


def incubator(sower, expert, company):
    name = f"La Pépinière d’Oc {expert.id}"
    return (
        replace(expert, incubator=name),
        replace(company, texts=(*company.texts, f"Nous sommes suivis par {name} depuis 2024.")),
    )


def account(sower, expert, company):
    return expert, replace(company, accounts=company.accounts | {expert.person})


def funder(sower, expert, company):
    name = f"Fonds {expert.id} Causses"
    tie = House(name)
    return (
        replace(expert, mandates=(*expert.mandates, tie)),
        replace(company, houses=(*company.houses, sower.spelt(name))),
    )


def director(sower, expert, company):
    """Only the register tells who directs it: family name in capitals, all first names."""
    first, last = expert.name.split(" ", 1)
    told = sower.chance.choice([f"{first.upper()} {last.upper()}", f"{first} {last.upper()}"])
    return expert, replace(company, people=(*company.people, told))


def holding(sower, expert, company):
    """A company directs the applicant, and the expert has a mandate in it."""
    name, siren = f"Gestion {expert.id} Autan", sower.siren(7_000 + company.id)
    numbered = sower.chance.random() < 0.6
    tie = House(sower.spelt(name), siren if numbered else "")
    return (
        replace(expert, mandates=(*expert.mandates, tie)),
        replace(company, group=company.group | {siren}, houses=(*company.houses, name)),
    )


def brand(sower, expert, company):
    """The expert writes the sign over the door, the register the company behind it."""
    name = f"Tuilerie {expert.id} Pastel"
    tie = House(sower.spelt(name))
    return (
        replace(expert, former=(*expert.former, tie)),
        replace(company, brands=(*company.brands, name)),
    )


KINDS = {
    "compte": account,
    "employeur": employer,
    "groupe": group,
    "mandat": with_tie("mandates", lambda _s: None),
    "parts": with_tie("shares", lambda _s: None),
    "ancien employeur": with_tie("former", recent),
    "équipe ou associé": team,
    "messagerie": mail,
    "adresse": address,
    "laboratoire": laboratory,
    "incubateur": incubator,
    "financeur": funder,
    "dirigeant au répertoire": director,
    "société dirigeante": holding,
    "enseigne": brand,
}


def namesake(sower, expert, company):
    """A namesake: the same two words, somebody else. Nothing in the data tells them apart."""
    return expert, replace(company, people=(*company.people, expert.name))


def cousin(sower, expert, company):
    last = expert.name.split(" ", 1)[1]
    return expert, replace(company, people=(*company.people, f"Prudence {last}"))


def old_job(sower, expert, company):
    tie = House(company.name, company.siren, YEAR - sower.chance.randint(6, 20))
    return replace(expert, former=(*expert.former, tie)), company


def same_street(sower, expert, company):
    number, street = company.address.split(" ", 1)
    if not is_untouched(expert):
        return None
    return replace(expert, address=f"{int(number) + 1000} {street}", city=company.city), company


def same_words(sower, expert, company):
    """Another company of the same name, with a number of its own."""
    tie = House(company.name, sower.siren(700_000 + company.id))
    return replace(expert, mandates=(*expert.mandates, tie)), company


def large_body(sower, expert, company):
    tie = House("CNRS", "", None)
    return (
        replace(expert, former=(*expert.former, tie)),
        replace(company, texts=(*company.texts, "Un brevet a été déposé avec le CNRS en 2022.")),
    )


def said_in_passing(sower, expert, company):
    """The dossier names a laboratory it has nothing to do with: looks exactly like a link."""
    name = f"Plateau {expert.id} Ter"
    if expert.laboratory:
        return None
    cited = f"Contrairement au plateau {expert.id} ter, nous mesurons à chaud."
    return replace(expert, laboratory=name), replace(company, texts=(*company.texts, cited))


TRAPS = {
    "homonyme exact": namesake,
    "même nom de famille": cousin,
    "emploi de plus de cinq ans": old_job,
    "même rue, autre numéro": same_street,
    "même dénomination, autre SIREN": same_words,
    "grand organisme cité": large_body,
    "laboratoire cité en passant": said_in_passing,
}
