"""Asking clamd about one file: the INSTREAM protocol over a socket. No answer is never “clean”."""

import re
import socket
from typing import BinaryIO
from urllib.parse import urlsplit

CHUNK = 64 * 1024
CONNECT, ANSWER = 3, 30
LONGEST_ANSWER = 4096
PORT = 3310
VERDICT = re.compile(r"stream: (?:(?P<clean>OK)|(?P<signature>.{1,200}) FOUND)")


class ScannerAway(Exception):
    """Not scanned: the scanner is down, slow, refuses the file or answers something else."""


def signature_in(content: BinaryIO, *, address: str) -> str:
    """The name of what was found in this file; empty when it is clean."""
    try:
        with connect(address) as line:
            line.settimeout(ANSWER)
            send(line, content)
            told = answer_of(line)
    except (OSError, ValueError) as error:
        raise ScannerAway(f"{type(error).__name__}: {error}") from error
    verdict = VERDICT.fullmatch(told)
    if verdict is None:
        raise ScannerAway(f"answered {told[:80]!r}")
    return "" if verdict["clean"] else verdict["signature"]


def answers(address: str) -> bool:
    """Is the scanner there?"""
    try:
        with connect(address) as line:
            line.sendall(b"zPING\0")
            return answer_of(line) == "PONG"
    except (OSError, ValueError):
        return False


def connect(address: str) -> socket.socket:
    """`tcp://host:port`, `host:port` or `unix:///run/clamd.sock`."""
    where = urlsplit(address if "://" in address else f"tcp://{address}")
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT)
        try:
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((where.hostname, where.port or PORT), timeout=CONNECT)


def send(line: socket.socket, content: BinaryIO) -> None:
    line.sendall(b"zINSTREAM\0")
    while chunk := content.read(CHUNK):
        line.sendall(len(chunk).to_bytes(4, "big") + chunk)
    line.sendall(bytes(4))


def answer_of(line: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER:
        piece = line.recv(1024)
        if not piece:
            break
        told += piece
    return told.rstrip(b"\0\n").decode("utf-8", errors="replace")
