"""Where the processor's time goes while the server is under load, by component; needs `perf`."""
import re
import shutil
import subprocess
from collections import Counter

NETWORK = re.compile(r"sys_(send|recv|accept|epoll|shutdown|getsockname|setsockopt)")
FILES = re.compile(r"sys_(pread|pwrite|read|write|fcntl|ftruncate|lseek|openat|close|mmap|munmap|"
                   r"newfstat|stat)")
DURABLE = re.compile(r"sys_(fsync|fdatasync)")
WAITING = re.compile(r"sys_(futex|sched_yield|clock_nanosleep)|schedule$")
OWN = [(re.compile(r"JsonWriter|append_json|write_json|parse_json|boost::json|JsonReader|"
                   r"double_conversion|append_text|Json"), "JSON"),
       (re.compile(r"baijin::net::|boost::asio|boost::beast"), "net"),
       (re.compile(r"accounts::|Serve::|Lanes|Registry|Gate|gate|Actor|Visit"),
        "serve and identify"),
       (re.compile(r"search::"), "search"),
       (re.compile(r"baijin::db::"), "db"),
       (re.compile(r"cut_words|next_code_point|unicode|words|fold"), "words"),
       (re.compile(r"Reader|Change|expand|Expander|Kept|Codec|Cell"), "hub (records, SQL)"),
       (re.compile(r"tickets::"), "tickets")]
LIBRARIES = [("libsqlite3", "SQLite"), ("mimalloc", "allocation"), ("libsodium", "hashes"),
             ("libicu", "words"), ("[vdso]", "clock")]


def component_of(frames, program):
    """frames: (symbol, object), the innermost first."""
    symbol, home = frames[0]
    if "kernel" in home or home == "[unknown]":
        for name, _ in frames:
            for pattern, what in ((DURABLE, "kernel: making durable"), (NETWORK, "kernel: network"),
                                  (WAITING, "kernel: threads"), (FILES, "kernel: files")):
                if pattern.search(name):
                    return what
        return "kernel: other"
    for part, what in LIBRARIES:
        if part in home:
            return what
    # What the C and C++ libraries do is done for whoever called them.
    own = next((name for name, where in frames[:6] if where.endswith("/" + program)), None)
    if own is None:
        return "C and C++ library"
    return next((what for pattern, what in OWN if pattern.search(own)), "other of the program")


def samples(text):
    frames = []
    for line in text.splitlines():
        if line.startswith(("\t", " ")) and line.strip():
            found = re.match(r"\s+[0-9a-f]+ (.*) \((.*)\)$", line)
            if found:
                frames.append((re.sub(r"\+0x[0-9a-f]+$", "", found[1]), found[2]))
        elif frames:
            yield frames
            frames = []
    if frames:
        yield frames


def record(pid, program, seconds, folder):
    """Percent by component, the largest first; None where perf cannot look."""
    if not shutil.which("perf"):
        return None
    path = folder / "perf.data"
    made = subprocess.run(["perf", "record", "-q", "-g", "-F", "499", "-p", str(pid), "-o", path,
                           "sleep", str(seconds)], capture_output=True)
    if made.returncode != 0:
        return None
    text = subprocess.run(["perf", "script", "-i", path, "-F", "ip,sym,dso"], capture_output=True,
                          text=True, errors="replace").stdout
    path.unlink(missing_ok=True)
    count = Counter(component_of(frames, program) for frames in samples(text))
    total = sum(count.values())
    if total < 50:
        return None
    return [(what, 100 * many / total) for what, many in count.most_common()]
