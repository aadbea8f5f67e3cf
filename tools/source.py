"""Reading C++ and CMake well enough for the tools: no parser, only comments, strings and braces."""
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# A comment, a raw string, a string, a character (not the ' in 10'000), or a line end.
TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r'|R"(?P<mark>[^()\\\s]{0,16})\((?P<raw>.*?)\)(?P=mark)"'
    r'|"(?P<text>(?:\\.|[^"\\\n])*)"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'",
    re.S,
)


def blank(text):
    """The same number of lines and columns, with nothing on them."""
    return re.sub(r"[^\n]", " ", text)


@dataclass
class Literal:
    line: int
    text: str


@dataclass
class Cpp:
    """A C++ file: its code without comments and strings, its literals, its comments."""

    raw: str
    code: str = ""
    literals: list = field(default_factory=list)  # neighbours ("a" "b") joined, as C++ does
    comments: list = field(default_factory=list)

    def __post_init__(self):
        pieces, at, literal_end = [], 0, None
        for token in TOKEN.finditer(self.raw):
            between = self.raw[at : token.start()]
            pieces += [between, blank(token[0])]
            line = self.raw.count("\n", 0, token.start()) + 1
            if token[0].startswith("/"):
                self.comments.append(Literal(line, token[0]))
            elif token["raw"] is not None or token["text"] is not None:
                text = token["raw"] if token["raw"] is not None else token["text"]
                if literal_end == at and not between.strip():
                    self.literals[-1].text += text
                else:
                    self.literals.append(Literal(line, text))
                literal_end = token.end()
            at = token.end()
        self.code = "".join(pieces) + self.raw[at:]

    def lines(self):
        return enumerate(self.code.splitlines(), 1)

    def includes(self):
        """(line, path) of every #include "path"."""
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', self.raw, re.M):
            yield self.raw.count("\n", 0, match.start()) + 1, match[1]


@dataclass
class Needs:
    line: int
    names: list


def module_needs(root):
    """What server/modules/CMakeLists.txt says: {module: Needs}."""
    file = root / "server/modules/CMakeLists.txt"
    if not file.is_file():
        return {}
    text = re.sub(r"#[^\n]*", "", file.read_text())
    found = {}
    for match in re.finditer(r"\bhub_module\s*\(\s*(\w+)([^)]*)\)", text):
        words = match[2].split()
        names = words[words.index("NEEDS") + 1 :] if "NEEDS" in words else []
        found[match[1]] = Needs(text.count("\n", 0, match.start()) + 1, names)
    return found


FUNCTION_HEAD = re.compile(
    r"\)\s*(?:(?:const|noexcept|override|final|mutable|&&?)\s*)*(?:(?:->|:|requires\b)[^{};]*)?$")


def functions(code):
    """(first line, last line) of every function outside other functions, by counting braces."""
    open_at, depth, inside, head_from, last = [], 0, 0, 0, None
    for match in re.finditer(r"[{};]", code):
        if match[0] == "{":
            head = re.sub(r"^[ \t]*#[^\n]*$", "", code[head_from : match.start()], flags=re.M)
            again = last is not None and (not head.strip() or head.lstrip().startswith(","))
            if not inside and (again or FUNCTION_HEAD.search(head)):
                start = head_from + len(head) - len(head.lstrip())
                first = last if again else code.count("\n", 0, start) + 1
                inside = depth + 1
                open_at.append(first)
            depth += 1
        elif match[0] == "}":
            if inside and inside == depth:
                last = open_at.pop()
                yield last, code.count("\n", 0, match.start()) + 1
                inside = 0
            depth -= 1
        if match[0] == ";" or (match[0] == "{" and not inside):
            last = None
        head_from = match.end()
