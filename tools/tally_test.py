"""What tools/tally makes of result folders: crashes, skipped cases, empty folders."""
import contextlib
import io
import json
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from tidy_test import load  # noqa: E402

tally = load("tally")


def gtest(*cases):
    return json.dumps({"testsuites": [{"name": "A", "testsuite": list(cases)}]})


GOOD = {"name": "Good", "result": "COMPLETED"}
BAD = {"name": "Bad", "result": "COMPLETED", "failures": [{"failure": "1 is not 2"}]}
GONE = {"name": "Gone", "result": "SKIPPED"}
TESTS = json.dumps({"tests": [{"name": "base", "command": ["/b/base_tests"]},
                              {"name": "db", "command": ["/b/db_tests"]},
                              {"name": "script", "command": ["/bin/sh", "-c", "true"]}]})


def junit(*cases):
    return "<testsuite>" + "".join(
        f'<testcase name="{name}" status="{status}"/>' for name, status in cases) + "</testsuite>"


class Tally(unittest.TestCase):
    def counted(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in ({"tests.ctest": TESTS} | files).items():
                (Path(folder) / name).write_text(text)
            outcomes = [outcome for outcome, _ in tally.folder_cases(Path(folder))]
            return Counter(outcomes)

    def test_cases_of_one_program(self):
        files = {"base_tests.json": gtest(GOOD, BAD, GONE), "r.junit.xml": junit(("base", "fail"))}
        self.assertEqual(self.counted(files), {"passed": 1, "failed": 1, "skipped": 1})

    def test_a_crash_is_one_failure(self):
        outcomes = junit(("base", "run"), ("db", "fail"))
        files = {"base_tests.json": gtest(GOOD), "r.junit.xml": outcomes}
        self.assertEqual(self.counted(files), {"passed": 1, "failed": 1})

    def test_a_program_that_fails_after_its_cases_passed_is_a_failure(self):
        files = {"base_tests.json": gtest(GOOD), "r.junit.xml": junit(("base", "fail"))}
        self.assertEqual(self.counted(files), {"passed": 1, "failed": 1})

    def test_a_script_is_one_case_and_what_did_not_run_failed(self):
        files = {"r.junit.xml": junit(("script", "run"), ("db", "notrun"))}
        self.assertEqual(self.counted(files), {"passed": 1, "failed": 1})

    def test_what_a_case_says_of_its_data_set_is_shown(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "base_tests.json"
            file.write_text(gtest(GOOD | {"score": "9 of 10 agree"}, BAD))
            self.assertEqual(list(tally.gtest_scores(file)), ["A.Good: 9 of 10 agree"])

    def test_lines(self):
        files = {"dev.cases": "passed a\nfailed b\nskipped c\n"}
        self.assertEqual(self.counted(files), {"passed": 1, "failed": 1, "skipped": 1})

    def test_an_empty_folder_is_a_failure(self):
        said = io.StringIO()
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(said):
            self.assertEqual(tally.main([folder]), 1)
        self.assertEqual(said.getvalue().splitlines()[-1], "0 passed, 1 failed")


if __name__ == "__main__":
    unittest.main()
