"""The section about the pages: what queue_scroll.mjs measures, kept when it is not run again."""
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEAD = "## The pages"


def measure(program, tickets):
    """The section; none where there is no node or the web has not been installed."""
    node = shutil.which("node")
    if not node or not (HERE.parent / "web/node_modules/@playwright/test").exists():
        return None
    command = [node, HERE / "queue_scroll.mjs", program, str(tickets)]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return f"""{HEAD}

In a real Chromium without a graphics card, 1440 × 900, before the real program; the list of
{tickets:,} open tickets has been read before it is scrolled. Empty page: the same steps down a page
of nothing, in the same run. A ticket is opened without having been pointed at before, which would
have read it ahead.

{table.strip()}
"""


def section_of(text):
    """The section as it stands in the results, or none."""
    begin = text.find(HEAD)
    if begin < 0:
        return None
    end = text.find("\n## ", begin + len(HEAD))
    return text[begin:] if end < 0 else text[begin:end + 1]


def put_into(text, section):
    """The results with this section in the place of the one before, or at their end."""
    before = section_of(text)
    if section is None:
        return text
    if before is None:
        return f"{text.rstrip()}\n\n{section}"
    return text.replace(before, section)
