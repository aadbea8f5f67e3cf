"""tools/new_module makes a room that is tidy; tools/module_map reads it back."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from tidy_test import load, tidy  # noqa: E402

new_module, module_map = load("new_module"), load("module_map")

TREE = {
    "server/CMakeLists.txt": "file(GLOB migrations migrations/*.sql)\n",
    "server/migrations/0007_search.sql": "",
    "server/modules/CMakeLists.txt": "hub_module(search)\n",
    "server/modules/search/search.h": "#pragma once\n",
    "server/main/CMakeLists.txt": "add_executable(baijin modules.cpp)\n",
    "server/main/modules.cpp": '#include "modules/search/search.h"\n\n'
                               'Entries all() {\n  return {\n      {"search", search::install},\n'
                               "  };\n}\n",
}


class NewModule(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        for path, text in TREE.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text)

    def test_the_new_room_is_tidy_and_complete(self):
        written = new_module.install(self.root, "spare_parts", "SparePart", ["search"])
        names = {str(path.relative_to(self.root)) for path in written}
        self.assertIn("server/migrations/0008_spare_parts.sql", names)
        self.assertIn("server/modules/spare_parts/spare_parts_test.cpp", names)
        house = tidy.House(self.root)
        house.cpp = {path: cpp for path, cpp in house.cpp.items() if "spare_parts" in path}
        for rule in (tidy.includes, tidy.needs, tidy.visibility, tidy.line_length, tidy.names):
            hub = [f for f in rule(house) if '"hub/' not in f[2] and '"base/' not in f[2]]
            self.assertEqual(hub, [], rule.__name__)
        for path in written:
            self.assertNotRegex(path.read_text(), r"@\w+@")
        self.assertIn("hub_module(spare_parts NEEDS search)",
                      (self.root / "server/modules/CMakeLists.txt").read_text())
        modules = (self.root / "server/main/modules.cpp").read_text()
        self.assertIn('#include "modules/spare_parts/spare_parts.h"', modules)
        self.assertIn('      {"spare_parts", spare_parts::install},\n  };', modules)

    def test_the_map_shows_what_module_cpp_says(self):
        new_module.install(self.root, "spare_parts", "SparePart", ["search"])
        page = module_map.page(self.root)
        for line in ("  spare_parts --> search", "| records | `SparePart` |",
                     "| rights | `spare_parts.read`, `spare_parts.write` |",
                     "| needs | [search](#search) |"):
            self.assertIn(line, page.splitlines())
        self.assertIn("`POST /spare-parts/{id}/closing` (spare_parts.write)", page)

    def test_singular_names(self):
        table = [("inspections", "inspection"), ("categories", "category"), ("boxes", "box"),
                 ("visits", "visit"), ("releases", "release"), ("search", "search")]
        for plural, expected in table:
            self.assertEqual(new_module.singular(plural), expected)


if __name__ == "__main__":
    unittest.main()
