"""A desk to measure: made once, copied for every run, served by the program on one core."""
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

SERVER_CORE, LOAD_CORE = "0", "1"


def pinned(core, command):
    """The command on that core only, when the machine has more than one."""
    return ["taskset", "-c", core, *command] if (os.cpu_count() or 1) > 1 else list(command)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def memory_kib(pid, line):
    """VmRSS or VmHWM of a process."""
    for text in Path(f"/proc/{pid}/status").read_text().splitlines():
        if text.startswith(line + ":"):
            return int(text.split()[1])
    return 0


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def core_busy_seconds(core):
    """What everybody together took of a core since the machine started."""
    for line in Path("/proc/stat").read_text().splitlines():
        if line.startswith(f"cpu{core} "):
            user, nice, system, _, _, irq, softirq, steal = map(int, line.split()[1:9])
            return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
    return 0.0


def make(program, folder, tickets, seed, say):
    """Fills a desk; a half-made one is made anew. How many seconds it took."""
    done = folder / "made"
    if done.exists():
        say(f"Using the desk with {tickets:,} tickets that was kept.")
        return float(done.read_text().split()[0])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say(f"Making a desk with {tickets:,} tickets.")
    begun = time.monotonic()
    subprocess.run([program, "demo", "--data", folder / "desk", "--tickets", str(tickets),
                    "--seed", str(seed), "--fill-only"], check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - begun
    done.write_text(f"{seconds:.2f} s\n")
    return seconds


def copy(source, target):
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-r", "--reflink=auto", source, target], check=True)
    os.sync()  # else the disk is busy with the copy while the desk is measured


@contextlib.contextmanager
def rows_of(path):
    """The tables of a database, to be read beside the server."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        yield database
    finally:
        database.close()


class Server:
    """`baijin serve` on a desk; knows how soon it answered and how much memory it took."""

    def __init__(self, program, folder, token=None):
        self.port = free_port()
        self.folder = folder
        self.log = open(folder / "serve.log", "ab")
        begun = time.monotonic()
        self.process = subprocess.Popen(
            pinned(SERVER_CORE, [program, "serve", "--data", folder,
                                 "--listen", f"127.0.0.1:{self.port}", "--log-level", "warning"]),
            stdout=self.log, stderr=self.log)
        self.token = token
        target = "/api/v1/tickets?limit=1" if token else "/readyz"
        while not self._answers(target):
            if self.process.poll() is not None:
                raise SystemExit("the server ended:\n" + (folder / "serve.log").read_text()[-2000:])
            if time.monotonic() - begun > 60:
                raise SystemExit("the server did not answer within a minute")
            time.sleep(0.001)
        self.first_answer_ms = (time.monotonic() - begun) * 1000

    @property
    def pid(self):
        return self.process.pid

    def _answers(self, target):
        try:
            self.get(target)
            return True
        except (ConnectionError, http.client.HTTPException):
            return False

    def get(self, target):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Authorization": "Bearer " + self.token} if self.token else {}
            line.request("GET", target, headers=headers)
            answer = line.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{target} was answered {answer.status}: {body[:300]!r}")
            return body
        finally:
            line.close()

    def json(self, target):
        return json.loads(self.get(target))

    def post(self, target, body):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("POST", target, json.dumps(body), {
                "Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
            answer = line.getresponse()
            text = answer.read()
            if answer.status not in (200, 201):
                raise SystemExit(f"{target} was answered {answer.status}: {text[:300]!r}")
            return json.loads(text)
        finally:
            line.close()

    def figure(self, name):
        for text in self.get("/metrics").decode().splitlines():
            if text.startswith(name + " "):
                return float(text.split()[1])
        raise SystemExit(f"/metrics does not tell {name}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Watched:
    """The largest resident memory of a server while the block runs."""

    def __init__(self, server):
        self.server, self.most_kib, self._over = server, 0, threading.Event()

    def __enter__(self):
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _look(self):
        while not self._over.wait(0.2):
            self.most_kib = max(self.most_kib, memory_kib(self.server.pid, "VmRSS"))


def issue_token(program, folder, login):
    made = subprocess.run([program, "token", "--user", login, "--name", "bench", "--data", folder],
                          check=True, capture_output=True, text=True)
    return made.stdout.split()[-1]
