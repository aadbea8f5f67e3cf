"""The measured phases: what is asked of a desk, and what the bare yardsticks make of the same."""
import json
import os
import random
import re
import shutil
import subprocess
import time
import urllib.parse

from desk import LOAD_CORE, SERVER_CORE, Server, Watched, core_busy_seconds, cpu_seconds, \
    free_port, memory_kib, pinned, rows_of

CONNECTIONS = 16
ENGLISH_TAIL = " the {} gauge on rack seven reads high after lunch"
ENGLISH_MARKS = ["quillback", "thornapple", "wolfram", "zugzwang"]
CHINESE_MARKS = ["鲸铂", "榫卯", "氤氲", "饕餮"]
MARKED_TICKETS = 23  # more than a page of hits shows


class Bench:
    """One desk's measurements."""

    def __init__(self, tools, work, seconds, warm, token):
        self.tools, self.work, self.seconds, self.warm, self.token = \
            tools, work, seconds, warm, token
        self.most_kib = 0
        self.shared = 0.0  # how much of the server's core others took, at worst

    # ── the load driver ──────────────────────────────────────────────────────────────────────

    def load(self, port, *words, seconds=None, token=True):
        command = [self.tools / "load", "--port", str(port), "--connections", str(CONNECTIONS),
                   "--warm", str(self.warm), "--seconds", str(seconds or self.seconds)]
        if token:
            command += ["--token", self.token]
        ran = subprocess.run(pinned(LOAD_CORE, [*command, *map(str, words)]), capture_output=True,
                             text=True)
        if ran.returncode != 0:
            raise SystemExit(f"the load driver failed: {ran.stderr.strip()}\n{ran.stdout}")
        return json.loads(ran.stdout)

    def measure(self, server, *words):
        """The driver's result, with the server's processor time for a visit."""
        before, begun = cpu_seconds(server.pid), time.monotonic()
        all_before = core_busy_seconds(SERVER_CORE)
        with Watched(server) as watched:
            result = self.load(server.port, *words)
        own = cpu_seconds(server.pid) - before
        others = core_busy_seconds(SERVER_CORE) - all_before - own
        self.shared = max(self.shared, others / (time.monotonic() - begun))
        result["cpu_us"] = own / max(1, sum(result["statuses"].values())) * 1e6
        self.most_kib = max(self.most_kib, watched.most_kib)
        return result

    # ── yardsticks ───────────────────────────────────────────────────────────────────────────

    def bare_server(self, body_bytes):
        """The same number of bytes from a bare Beast server."""
        port = free_port()
        server = subprocess.Popen(pinned(SERVER_CORE, [
            self.tools / "bare_server", "--listen", f"127.0.0.1:{port}",
            "--bytes", str(round(body_bytes))]))
        try:
            time.sleep(0.3)
            return self.load(port, "--get", "/", token=False)
        finally:
            server.terminate()
            server.wait()

    def bare_loop(self, base, batch):
        ran = subprocess.run(pinned(SERVER_CORE, [
            self.tools / "bare_loop", self.work / "baijin.db", base, str(max(1, round(batch)))]),
            capture_output=True, text=True)
        if ran.returncode != 0:
            raise SystemExit(f"the bare loop failed: {ran.stderr.strip()}")
        return json.loads(ran.stdout)

    # ── what is asked ────────────────────────────────────────────────────────────────────────

    def write_lines(self, name, lines):
        path = self.work / name
        path.write_text("".join(f"{line}\n" for line in lines))
        return path

    def sample_ids(self, chance):
        with rows_of(self.work / "baijin.db") as rows:
            last = rows.execute("SELECT max(id) FROM tickets").fetchone()[0]
            wanted = sorted({chance.randint(1, last) for _ in range(40_000)})
            there = [r[0] for r in rows.execute(
                "SELECT t.id FROM tickets t WHERE t.id IN (SELECT value FROM json_each(?)) "
                "AND EXISTS (SELECT 1 FROM messages m WHERE m.ticket = t.id)",
                [json.dumps(wanted)])]
        chance.shuffle(there)
        return self.write_lines("ids.txt", there[:20_000])

    def sample_words(self, chance):
        """English words and two neighbouring Chinese characters out of running text."""
        english, chinese = [], []
        with rows_of(self.work / "baijin.db") as rows:
            last = rows.execute("SELECT max(id) FROM search_entries").fetchone()[0]
            while len(english) < 300 or len(chinese) < 300:
                found = rows.execute("SELECT body FROM search_entries WHERE id >= ? AND body <> '' "
                                     "LIMIT 1", [chance.randint(1, last)]).fetchone()
                if not found:
                    continue
                words = re.findall(r"(?<![\w.@-])[A-Za-z]{4,12}(?![\w.@-])", found[0])
                runs = re.findall(r"[\u4e00-\u9fff]{3,}", found[0])
                if words and len(english) < 300:
                    english.append(chance.choice(words).lower())
                if runs and len(chinese) < 300:
                    run = chance.choice(runs)
                    at = chance.randrange(len(run) - 1)
                    chinese.append(run[at:at + 2])
        quoted = [urllib.parse.quote(word) for word in chinese]
        return (self.write_lines("english.txt", english), self.write_lines("chinese.txt", quoted),
                english, chinese)

    def new_tickets(self, chance):
        """Bodies for creating, each of which the driver makes unique by a number."""
        with rows_of(self.work / "baijin.db") as rows:
            texts = [r[0] for r in rows.execute(
                "SELECT body FROM messages ORDER BY id DESC LIMIT 400")]
            subjects = [r[0] for r in rows.execute(
                "SELECT subject FROM tickets ORDER BY id DESC LIMIT 400")]
            clients = rows.execute(
                "SELECT m.customer, m.contact FROM contact_customers m JOIN contacts c ON "
                "c.id = m.contact AND c.active JOIN customers k ON k.id = m.customer AND k.active "
                "WHERE m.main LIMIT 200").fetchall()
            types = [r[0] for r in rows.execute("SELECT id FROM service_types WHERE active")]
            products = [r[0] for r in rows.execute("SELECT id FROM products WHERE active")]
        bodies = []
        for _ in range(500):
            customer, contact = chance.choice(clients)
            text = chance.choice(texts).replace("{", "(").replace("}", ")")
            subject = chance.choice(subjects).replace("{", "(").replace("}", ")")
            bodies.append(json.dumps({
                "service_type": chance.choice(types), "subject": subject[:150] + " {n}",
                "body": text + "<p>No. {n}</p>", "channel": "phone", "customer": customer,
                "contact": contact, "product": chance.choice(products)}, ensure_ascii=False))
        return self.write_lines("creates.txt", bodies)

    # ── is everything found? ─────────────────────────────────────────────────────────────────

    def plant_marks(self, server, chance):
        """Tickets with words nobody else uses, in the middle of a text; {word: subjects}."""
        with rows_of(self.work / "baijin.db") as rows:
            kind = rows.execute("SELECT id FROM service_types WHERE active LIMIT 1").fetchone()[0]
        planted = {}
        for english, chinese in zip(ENGLISH_MARKS, CHINESE_MARKS):
            for number in range(MARKED_TICKETS):
                made = server.post("/api/v1/tickets", {
                    "service_type": kind, "subject": f"Mark {chance.random()}",
                    "body": f"<p>{number}{ENGLISH_TAIL.format(english)}。机房里的{chinese}今天不亮了，"
                            "请尽快看一下</p>"})
                for word in (english, chinese):
                    planted.setdefault(word, set()).add(made["id"])
        return planted

    def everything_found(self, server, planted, natural):
        """Pages through all hits; the tickets that were not found, and how many were looked for."""
        missing, wanted = [], 0
        for word, tickets in planted.items():
            found = hits_of(server, word)
            with rows_of(self.work / "baijin.db") as rows:
                of_message = dict(rows.execute(
                    "SELECT id, ticket FROM messages WHERE ticket IN "
                    "(SELECT value FROM json_each(?))", [json.dumps(sorted(tickets))]))
            seen = {of_message.get(int(ref.split(":")[1])) for ref in found
                    if ref.startswith("message:")}
            missing += [(word, ticket) for ticket in tickets - seen]
            wanted += len(tickets)
        for word in natural:
            with rows_of(self.work / "baijin.db") as rows:
                there = {f"{kind}:{subject}" for kind, subject in rows.execute(
                    "SELECT kind, subject FROM search_entries WHERE instr(title, ?1) > 0 "
                    "OR instr(body, ?1) > 0 LIMIT 3001", [word])}
            if len(there) > 3_000:
                continue
            missing += [(word, ref) for ref in there - hits_of(server, word)]
            wanted += len(there)
        return missing, wanted


def hits_of(server, word):
    found, cursor = set(), ""
    while True:
        page = server.json(f"/api/v1/search?q={urllib.parse.quote(word)}&limit=50" + cursor)
        found |= {item["ref"] for item in page["items"]}
        if not page["next"]:
            return found
        cursor = "&cursor=" + urllib.parse.quote(page["next"])


READS = [  # name, what is asked, targets: visits a second, of the bare server
    ("ticket", "read a ticket", ["--get", "/api/v1/tickets/{id}", "--expect", '"id":{id},'],
     None, 0.3),
    ("conversation", "read its conversation",
     ["--get", "/api/v1/tickets/{id}/messages", "--expect", '"ticket":{id},'], None, 0.3),
    ("page", "read a ticket with its conversation",
     ["--get", "/api/v1/tickets/{id}?messages=true", "--expect", '"ticket":{id},'], 12_000, 0.3),
    ("list", "list 50 open tickets, newest first",
     ["--get", "/api/v1/tickets?open=true&sort=-created_at&limit=50", "--expect",
      '"items":[{"id":'], 3_000, 0.3),
]


def run_desk(bench, program, tickets, record, say):
    """Everything on one desk: {name: result}."""
    chance = random.Random(tickets)
    out = {}
    starts = []
    for _ in range(3):
        server = Server(program, bench.work, bench.token)
        starts.append(server.first_answer_ms)
        if len(starts) < 3:
            server.stop()
    out["start_ms"] = sorted(starts)[1]
    time.sleep(2)
    out["idle_kib"] = memory_kib(server.pid, "VmRSS")
    ids = bench.sample_ids(chance)
    english_file, chinese_file, _, chinese = bench.sample_words(chance)
    try:
        for name, title, words, *_ in READS:
            say(f"{tickets:,} tickets: {title}")
            out[name] = bench.measure(server, *words, "--ids", ids)
            out[name]["bare"] = bench.bare_server(out[name]["body_bytes"])
            out[name]["where"] = record(bench, server, [*words, "--ids", ids])
        for name, file in (("english", english_file), ("chinese", chinese_file)):
            say(f"{tickets:,} tickets: search, {name}")
            words = ["--get", "/api/v1/search?q={word}", "--words", file, "--expect", '"items":[']
            out[name] = bench.measure(server, *words)
            out[name]["where"] = record(bench, server, words)
        say(f"{tickets:,} tickets: is everything found?")
        planted = bench.plant_marks(server, chance)
        out["missing"], out["looked_for"] = bench.everything_found(server, planted, chinese[:5])
        server.stop()
        run_creates(bench, program, tickets, chance, record, out, say)
    finally:
        if server.process.poll() is None:
            server.stop()
    out["most_kib"], out["shared"] = bench.most_kib, bench.shared
    return out


def run_creates(bench, program, tickets, chance, record, out, say):
    say(f"{tickets:,} tickets: create")
    base = bench.work / "base.db"
    shutil.copyfile(bench.work / "baijin.db", base)
    os.sync()  # else the disk is busy with the copy while the desk is measured
    bodies = bench.new_tickets(chance)
    words = ["--post", "/api/v1/tickets", "--bodies", bodies, "--expect", " {n}\""]
    server = Server(program, bench.work, bench.token)
    try:
        commits, changes = (server.figure(f"baijin_database_{name}_total")
                            for name in ("commits", "changes"))
        create = out["create"] = bench.measure(server, *words)
        commits = server.figure("baijin_database_commits_total") - commits
        changes = server.figure("baijin_database_changes_total") - changes
        create["batch"] = changes / max(1, commits)
        with rows_of(bench.work / "baijin.db") as rows, rows_of(base) as old:
            count = "SELECT count(*) FROM tickets"
            made = rows.execute(count).fetchone()[0] - old.execute(count).fetchone()[0]
        answered = create["statuses"].get("201", 0)
        if made != answered:
            raise SystemExit(f"{answered} tickets were answered as created, {made} are there")
        create["where"] = record(bench, server, [*words, "--first", create["next"]])
    finally:
        server.stop()
    create["bare"] = bench.bare_loop(base, create["batch"])
    base.unlink()

