"""A real small HTTP server in the place of the company register."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.factories import luhn_siret

SIRET = luhn_siret(42)


def company(siret=SIRET, **overrides):
    """One result in the shape of the register; `siege__x` changes x of its seat."""
    seat = {
        "siret": siret,
        "adresse": "12 RUE DES ARTS 34000 MONTPELLIER",
        "commune": "34172",
        "libelle_commune": "MONTPELLIER",
        "departement": "34",
        "etat_administratif": "A",
        "date_creation": "2022-03-01",
        "date_fermeture": None,
        "activite_principale": "72.19Z",
        "tranche_effectif_salarie": "03",
    }
    seat |= {k.removeprefix("siege__"): v for k, v in overrides.items() if k.startswith("siege__")}
    own = {k: v for k, v in overrides.items() if not k.startswith("siege__")}
    return {
        "siren": siret[:9],
        "nom_complet": "algues du lez",
        "nom_raison_sociale": "ALGUES DU LEZ",
        "nature_juridique": "5710",
        "date_creation": "2022-03-01",
        "etat_administratif": "A",
        "activite_principale": "72.19Z",
        "tranche_effectif_salarie": "03",
        "siege": seat,
        "matching_etablissements": [seat],
        **own,
    }


def answer(*results):
    return json.dumps({"results": results, "total_results": len(results), "page": 1})


class Double:
    """What to answer next, and what was asked."""

    def __init__(self):
        self.asked = []
        self.says(answer(company()))

    def says(self, body, *, status=200, wait=0, drip=0, cut=0, **headers):
        self.body = body.encode() if isinstance(body, str) else body
        self.status, self.wait, self.drip, self.cut = status, wait, drip, cut
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def reply(self, handler):
        self.asked.append((handler.path, handler.headers))
        time.sleep(self.wait)
        handler.send_response(self.status)
        headers = {"Content-Type": "application/json", **self.headers}
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        if self.drip:
            for byte in self.body:
                handler.wfile.write(bytes([byte]))
                time.sleep(self.drip)
        else:
            handler.wfile.write(self.body[: len(self.body) - self.cut])

    def last_query(self):
        return parse_qs(urlsplit(self.asked[-1][0]).query)


@contextmanager
def running():
    double = Double()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            try:
                double.reply(self)
            except OSError:
                self.close_connection = True  # the reader had enough

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    double.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
