"""What becomes of the section about the pages in the results."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
import pages  # noqa: E402


class Section(unittest.TestCase):
    OLD = "# Results\n\na table\n\n## The pages\n\nold\n\n## Where the time goes\n\nthere\n"

    def test_it_is_found_and_put_anew(self):
        self.assertEqual(pages.section_of(self.OLD), "## The pages\n\nold\n\n")
        new = pages.put_into(self.OLD, "## The pages\n\nnew\n\n")
        self.assertIn("new", new)
        self.assertNotIn("old", new)
        self.assertIn("## Where the time goes\n\nthere", new)

    def test_it_stands_at_the_end_where_there_was_none(self):
        text = pages.put_into("# Results\n", "## The pages\n\nnew\n")
        self.assertEqual(text, "# Results\n\n## The pages\n\nnew\n")
        self.assertIsNone(pages.section_of("# Results\n"))

    def test_what_was_not_measured_changes_nothing(self):
        self.assertEqual(pages.put_into(self.OLD, None), self.OLD)


if __name__ == "__main__":
    unittest.main()
