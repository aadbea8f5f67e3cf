"""Each rule of tools/tidy is shown a tree that breaks it, and one that does not."""
import importlib.machinery
import importlib.util
import sys
import tempfile
import unittest
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS))
sys.dont_write_bytecode = True
from source import Cpp, functions, module_needs  # noqa: E402


def load(name):
    """A tool without .py in its name, as a module."""
    loader = importlib.machinery.SourceFileLoader(name, str(TOOLS / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


tidy = load("tidy")

ROOMS = "room(base)\nroom(db)\nroom(hub)\nroom(net)\n"
MODULES = "hub_module(customers)\nhub_module(tickets NEEDS customers)\n"
GUARD = "#pragma once\n"


def findings(rule, files):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return [(path, line) for path, line, _ in rule(tidy.House(root))]


class Includes(unittest.TestCase):
    def check(self, path, target, expected, also=()):
        files = {"server/modules/CMakeLists.txt": MODULES, path: f'\n#include "{target}"\n'}
        files |= {extra: GUARD for extra in also}
        self.assertEqual(findings(tidy.includes, files), [(path, 2)] if expected else [])

    def test_a_room_includes_only_what_is_below_it(self):
        table = [
            ("server/base/text.cpp", "base/text.h", False),
            ("server/base/text.cpp", "db/database.h", True),
            ("server/db/sqlite.cpp", "hub/reader.h", True),
            ("server/hub/serve.cpp", "db/database.h", False),
            ("server/hub/serve.cpp", "net/server.h", True),
            ("server/hub/serve.cpp", "modules/tickets/tickets.h", True),
            ("server/net/http.cpp", "hub/http.h", False),
            ("server/net/http.cpp", "db/database.h", True),
            ("server/modules/tickets/module.cpp", "net/server.h", True),
            ("server/modules/tickets/module.cpp", "hub/module.h", False),
            ("server/main/main.cpp", "net/server.h", False),
            ("server/main/main.cpp", "modules/tickets/tickets.h", False),
            ("server/hub/serve.cpp", "serve.h", True),
        ]
        for path, target, expected in table:
            with self.subTest(path=path, target=target):
                self.check(path, target, expected)

    def test_a_module_is_entered_by_its_front_door_and_only_when_needed(self):
        table = [
            ("server/modules/tickets/commands.cpp", "modules/customers/customers.h", False),
            ("server/modules/tickets/commands.cpp", "modules/customers/rules.h", True),
            ("server/modules/tickets/commands.cpp", "modules/tickets/rules.h", False),
            ("server/modules/customers/commands.cpp", "modules/tickets/tickets.h", True),
            ("server/main/main.cpp", "modules/tickets/rules.h", True),
        ]
        for path, target, expected in table:
            with self.subTest(path=path, target=target):
                self.check(path, target, expected)

    def test_only_tests_include_test_code(self):
        also = ["tests/testing/desk.h"]
        self.check("server/hub/serve_test.cpp", "testing/desk.h", False, also)
        self.check("server/hub/serve.cpp", "testing/desk.h", True, also)
        self.check("server/db/test_databases.h", "peers/postgres.h", False)
        self.check("server/db/sqlite_test.cpp", "db/test_databases.h", False)
        self.check("server/db/sqlite.cpp", "db/test_databases.h", True)

    def test_rings_and_unknown_needs_are_named(self):
        file = "server/modules/CMakeLists.txt"
        ring = "hub_module(a NEEDS b)\nhub_module(b NEEDS c)\nhub_module(c NEEDS a)\n"
        self.assertEqual(findings(tidy.needs, {file: ring}), [(file, 1)])
        self.assertEqual(findings(tidy.needs, {file: "\nhub_module(a NEEDS x)"}), [(file, 2)])
        diamond = "hub_module(a NEEDS b c)\nhub_module(b NEEDS d)\nhub_module(c\n NEEDS d)\n"
        self.assertEqual(findings(tidy.needs, {file: diamond + "hub_module(d)"}), [])


class Sql(unittest.TestCase):
    def check(self, statement, expected, path="server/modules/tickets/queries.cpp"):
        text = f'auto page = reader.page<Ticket>(R"({statement})");\n'
        self.assertEqual(len(findings(tidy.visibility, {path: text})), expected)

    def test_every_select_says_whose_rows_it_shows(self):
        table = [
            ("SELECT t.* FROM tickets t WHERE {visible t}", 0),
            ("SELECT t.* FROM tickets t", 1),
            ("SELECT count(*) FROM tickets WHERE {all: numbers are counted for everybody}", 0),
            ("SELECT 1 FROM tickets t WHERE {all: }", 1),
            ("SELECT 1 FROM a WHERE {visible a} UNION SELECT 1 FROM b", 1),
            ("select 1 from tickets", 1),
            ("UPDATE tickets SET state = $1", 0),
            ("select a ticket", 0),
        ]
        for statement, expected in table:
            with self.subTest(statement=statement):
                self.check(statement, expected)
        self.check("SELECT 1 FROM a", 0, "server/modules/tickets/tickets_test.cpp")
        self.check("SELECT 1 FROM a", 0, "server/hub/events.cpp")
        rule = "{t}.customer IN (SELECT c.customer FROM contacts c WHERE c.id = $contact)"
        self.check(rule, 0, "server/modules/tickets/module.cpp")
        self.check(rule, 1, "server/modules/tickets/queries.cpp")

    def test_neighbouring_literals_are_one_text(self):
        text = 'auto sql = "SELECT t.* "\n  "FROM tickets t WHERE {visible t}";\n'
        self.assertEqual(findings(tidy.visibility, {"server/modules/a/queries.cpp": text}), [])

    def test_sql_is_assembled_in_one_place(self):
        text = "auto sql = db::Sql::assembled(text);\n"
        self.assertEqual(findings(tidy.assembled, {"server/hub/sql.cpp": text}), [])
        path = "server/modules/tickets/queries.cpp"
        self.assertEqual(findings(tidy.assembled, {path: text}), [(path, 1)])


class Shape(unittest.TestCase):
    def test_lengths(self):
        path = "server/base/text.cpp"
        lines = "x" * 100 + "\n" + "软" * 101
        self.assertEqual(findings(tidy.line_length, {path: lines}), [(path, 2)])
        migration = "server/migrations/0001_a.sql"
        self.assertEqual(findings(tidy.line_length, {migration: "@sqlite " + "x" * 99}), [])
        self.assertEqual(findings(tidy.line_length, {migration: "x" * 101}), [(migration, 1)])
        self.assertEqual(findings(tidy.file_length, {path: "\n" * 500}), [])
        self.assertEqual(findings(tidy.file_length, {path: "\n" * 501}), [(path, 501)])
        head = "namespace a {\nstruct B {\nint f(int n) const {\n"
        for lines, expected in ((68, []), (69, [(path, 3)])):
            text = head + "  if (n) { ++n; }\n" * lines + "}\n};\n}\n"
            self.assertEqual(findings(tidy.function_length, {path: text}), expected)

    def test_functions_are_found(self):
        text = """
namespace a {
struct B : C<int> {
  B(int x) : x_{x}, y_{2} {
    use(x);
  }
  int get() const { return x_; }
  int x_{1};
};
const char* text = "}{";  // {
template <class T>
auto f(T t) -> std::vector<T> {
  auto g = [](int n) { return n; };
  for (;;) {
    g(1);
  }
}
}
"""
        found = list(functions(Cpp(text).code))
        self.assertIn((4, 6), found)
        self.assertEqual(found[-2:], [(7, 7), (11, 17)])

    def test_names_that_say_nothing(self):
        table = [("class TicketManager {", 1), ("struct UserInfo;", 1), ("struct MailData {", 1),
                 ("struct ServicePlan {", 0), ("struct Database {", 0), ("class MailService {", 1),
                 ("enum class DataKind {", 1), ("// class TicketManager", 0),
                 ('auto t = "class TicketManager";', 0)]
        for line, expected in table:
            with self.subTest(line=line):
                self.assertEqual(len(findings(tidy.names, {"server/base/a.h": line})), expected)
        self.assertEqual(findings(tidy.names, {"server/base/mail_utils.h": ""}),
                         [("server/base/mail_utils.h", 1)])

    def test_forbidden_calls(self):
        table = [("int x = rand();", 1), ("std::mt19937 g;", 1), ("  std::system(text);", 1),
                 ("return popen(a, b);", 1), ("Actor system();", 0), ("Actor::system();", 0),
                 ("auto who = Actor::system();", 0), ("ecosystem(1);", 0), ("// rand()", 0)]
        for line, expected in table:
            with self.subTest(line=line):
                files = {"server/hub/a.cpp": line + "\n"}
                self.assertEqual(len(findings(tidy.forbidden_calls, files)), expected)
        self.assertEqual(findings(tidy.forbidden_calls, {"server/hub/a_test.cpp": "rand();"}), [])

    def test_connections_go_out_through_one_door(self):
        table = [("  if (::connect(s, a, n) != 0) return;", 1),
                 ("auto e = getaddrinfo(h, 0, 0, &r);", 1),
                 ("auto* c = curl_easy_init();", 1), ("site.connect(head, line);", 0),
                 ("auto wire = connect(outgoing, account, steps);", 0), ("// ::connect()", 0)]
        for line, expected in table:
            with self.subTest(line=line):
                files = {"server/hub/a.cpp": line + "\n"}
                self.assertEqual(len(findings(tidy.ways_out, files)), expected)
        dialler = {"server/net/outgoing.cpp": table[0][0] + table[1][0]}
        self.assertEqual(findings(tidy.ways_out, dialler), [])
        self.assertEqual(findings(tidy.ways_out, {"server/net/a_test.cpp": table[0][0]}), [])

    def test_swallowed_errors(self):
        path = "server/hub/a.cpp"
        self.assertEqual(findings(tidy.swallowed_errors, {path: "\ncatch (...) {\n}"}), [(path, 2)])
        said = "catch (const Error&) {\n  // The file may be gone already.\n}"
        self.assertEqual(findings(tidy.swallowed_errors, {path: said}), [])

    def test_promises_and_machine_paths(self):
        later, place = "// TO" + "DO: later\n", "see /wo" + "rk/main\n"
        self.assertEqual(findings(tidy.promises, {"docs/a.md": later}), [("docs/a.md", 1)])
        self.assertEqual(findings(tidy.promises, {"docs/a.md": "todo list\n"}), [])
        self.assertEqual(findings(tidy.machine_paths, {"docs/a.md": place}), [("docs/a.md", 1)])
        lock = "https://registry.npm" + "js.org/react"
        self.assertEqual(findings(tidy.machine_paths, {"a.json": lock}), [("a.json", 1)])
        self.assertEqual(findings(tidy.machine_paths, {"a.md": "/customers/{id}/work/1"}), [])

    def test_header_guards(self):
        self.assertEqual(findings(tidy.header_guards, {"server/base/a.h": "// Why.\n" + GUARD}), [])
        path = "server/base/a.h"
        self.assertEqual(findings(tidy.header_guards, {path: "struct A {};\n"}), [(path, 1)])


class DeadFiles(unittest.TestCase):
    def test_a_file_is_reached_by_a_target_a_glob_or_an_include(self):
        files = {
            "server/CMakeLists.txt": ROOMS + "file(GLOB m migrations/*.sql)\n",
            "server/modules/CMakeLists.txt": MODULES,
            "server/main/CMakeLists.txt": "add_executable(baijin main.cpp)\n",
            "server/base/text.h": GUARD,
            "server/base/text.cpp": '#include "base/text.h"\n',
            "server/base/alone.h": GUARD + '#include "base/alone.h"\n',
            "server/modules/tickets/module.cpp": "",
            "server/modules/gone/module.cpp": "",
            "server/migrations/0001_accounts.sql": "",
            "server/migrations/notes.md": "",
            "server/main/main.cpp": "",
            "server/main/other.cpp": "",
        }
        expected = {"server/base/alone.h", "server/modules/gone/module.cpp",
                    "server/migrations/notes.md", "server/main/other.cpp"}
        self.assertEqual({path for path, _ in findings(tidy.dead_files, files)}, expected)


class Reading(unittest.TestCase):
    def test_numbers_with_quotes_are_not_characters(self):
        cpp = Cpp("int a = 10'000; char c = '\"'; auto s = \"x\"; int b = 1'0;\n")
        self.assertEqual([literal.text for literal in cpp.literals], ["x"])

    def test_needs_over_several_lines_and_comments(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "server/modules/CMakeLists.txt"
            file.parent.mkdir(parents=True)
            file.write_text("# hub_module(no)\nhub_module(a NEEDS b\n  c)\nhub_module(b)\n")
            needs = module_needs(Path(folder))
            self.assertEqual({name: need.names for name, need in needs.items()},
                             {"a": ["b", "c"], "b": []})


if __name__ == "__main__":
    unittest.main()
