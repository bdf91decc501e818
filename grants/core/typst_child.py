"""The child process of typesetting: JSON on standard input, PDF on standard output."""

import json
import re
import resource
import sys
from pathlib import Path

import typst

MEMORY = 2 * 1024**3
NOT_DRAWN = re.compile(r"the text [`\"']+(.+?)[`\"']+ could not be displayed", re.DOTALL)
MOST_REPLACED = 200
# What glues emoji together draws nothing by itself: joiner, selectors, keycap.
JOINERS = dict.fromkeys([0x200D, 0xFE0E, 0xFE0F, 0x20E3])


def main(sheet, *options):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    compiler = typst.Compiler(sheet, root=str(Path(sheet).parent))
    if "--many" in options:
        write_many(compiler, json.load(sys.stdin))
    else:
        sys.stdout.buffer.write(pdf_of(compiler, sys.stdin.read()))


def write_many(compiler, contents):
    """Each PDF behind its length, at once: whoever reads keeps it if the next one kills us."""
    for content in contents:
        pdf = pdf_of(compiler, content)
        sys.stdout.buffer.write(b"%d\n%b" % (len(pdf), pdf))
        sys.stdout.buffer.flush()


def pdf_of(compiler, content):
    """An archivable PDF shows every letter it holds: what no font draws becomes a white square."""
    content = content.translate(JOINERS)
    for _attempt in range(MOST_REPLACED):
        try:
            return compiler.compile(sys_inputs={"content": content}, pdf_standards=["a-2a", "ua-1"])
        except typst.TypstError as error:
            found = NOT_DRAWN.search(str(error))
            if found is None or found[1] not in content:
                raise
            content = without(content, found[1])
    raise SystemExit("too many letters that no font draws")


def without(content, text):
    """Replace each letter of `text`, wherever it stands; plain letters stay."""
    return content.translate({ord(letter): "\u25a1" for letter in text if ord(letter) > 0x24F})


if __name__ == "__main__":
    main(*sys.argv[1:])
