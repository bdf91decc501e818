"""The child process that copies a file: one line of JSON and the file in, the same order out."""

import json
import resource
import sys

from reviews.copies.papers import bare_paper
from reviews.copies.pictures import bare_picture
from reviews.copies.telling import told_in

MEMORY = 1024**3


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    told, copy = copied(json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + copy)


def copied(asked, content):
    """What was found, as plain values, and the copy."""
    if asked["kind"] != "application/pdf":
        return {"verdict": "no_text", "words": [], "pictures": 1}, bare_picture(content)
    paper = bare_paper(content)
    words = told_in(paper.pages, paper.hidden, **asked["names"])
    told = {
        "verdict": verdict_of(paper, words),
        "words": [[one.page, one.word] for one in words],
        "pictures": paper.pictures,
    }
    return told, paper.content


def verdict_of(paper, words):
    if words:
        return "named"
    if paper.mute_pages or not any(text.strip() for text in paper.pages):
        return "no_text"
    return "written_over" if paper.is_written_over else "clear"


if __name__ == "__main__":
    main()
