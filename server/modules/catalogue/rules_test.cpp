#include "modules/catalogue/rules.h"

#include <gtest/gtest.h>

#include <set>

namespace baijin::catalogue {
namespace {

bool known(std::string_view) { return true; }

std::string text_of(const std::vector<FieldError>& errors) {
  std::string text;
  for (const auto& error : errors) text += error.field + "=" + error.reason + " ";
  return text;
}

State state(const char* key, Phase phase = Phase::open) {
  return {{key}, {"名"}, {"name"}, phase, {"名"}, {"name"}, false};
}
Transition step(const char* key, std::vector<Slug> from, const char* to) {
  return {{key}, std::move(from), {to}, {"名"}, {"name"}, {"tickets.work"}, false, {}, {}, false};
}
WorkflowText small() {
  return {{"small"},
          {"小"},
          {"Small"},
          {"a"},
          {state("a", Phase::fresh), state("b"), state("c", Phase::closed)},
          {step("go", {{"a"}}, "b"), step("end", {{"a"}, {"b"}}, "c")}};
}

struct WorkflowCase {
  const char* name;
  void (*spoil)(WorkflowText&);
  const char* problems;
};

const WorkflowCase workflow_cases[] = {
    {"Good", [](WorkflowText&) {}, ""},
    {"NoSuchStart", [](WorkflowText& w) { w.start = {"x"}; },
     "start=unknown_state states.0=unreachable states.1=unreachable states.2=unreachable "},
    {"StateTwice", [](WorkflowText& w) { w.states.push_back(state("b")); }, "states.3.key=twice "},
    {"TransitionTwice", [](WorkflowText& w) { w.transitions.push_back(step("go", {{"b"}}, "c")); },
     "transitions.2.key=twice "},
    {"Unreachable", [](WorkflowText& w) { w.states.push_back(state("d")); },
     "states.3=unreachable "},
    {"ToNowhere", [](WorkflowText& w) { w.transitions.push_back(step("x", {{"b"}}, "z")); },
     "transitions.2.to=unknown_state "},
    {"FromNowhere", [](WorkflowText& w) { w.transitions.push_back(step("x", {{"z"}}, "b")); },
     "transitions.2.from=unknown_state "},
    {"FromNothing", [](WorkflowText& w) { w.transitions.push_back(step("x", {}, "b")); },
     "transitions.2.from=required "},
    {"Loop", [](WorkflowText& w) { w.transitions.push_back(step("x", {{"b"}}, "b")); },
     "transitions.2.from=goes_nowhere "},
    {"Need", [](WorkflowText& w) { w.transitions[0].needs = {{"luck"}}; },
     "transitions.0.needs=unknown_need "},
    {"NeverCloses", [](WorkflowText& w) { w.states[2].phase = Phase::open; },
     "states=no_closed_state "},
    {"Empty", [](WorkflowText& w) { w.states.clear(), w.transitions.clear(); },
     "states=required start=unknown_state states=no_closed_state "}};

TEST(Workflow, Tkt3ChecksAreATable) {
  for (const auto& c : workflow_cases) {
    auto text = small();
    c.spoil(text);
    EXPECT_EQ(text_of(rules::workflow_problems(text, known, known)), c.problems) << c.name;
  }
}

TEST(Workflow, NamesOnlyKnownRightsAndGuards) {
  auto text = small();
  text.transitions[0].guards = {{"moon_full"}};
  auto nothing = [](std::string_view) { return false; };
  EXPECT_EQ(text_of(rules::workflow_problems(text, known, nothing)),
            "transitions.0.guards=unknown_guard ");
  EXPECT_EQ(text_of(rules::workflow_problems(text, nothing, known)),
            "transitions.0.right=unknown_right transitions.1.right=unknown_right ");
}

TEST(Workflow, SaysWhichStatesWereTakenOut) {
  auto gone = rules::states_taken_out({state("a"), state("b"), state("c")},
                                      {state("c"), state("a"), state("d")});
  EXPECT_EQ(gone, std::vector<Slug>{{"b"}});
}

TEST(Preset, Tkt3HasEveryStateAndIsSound) {
  auto texts = preset_workflows();
  std::set<std::string> keys;
  for (const auto& s : texts.front().states) keys.insert(s.key.value);
  EXPECT_EQ(keys,
            (std::set<std::string>{"received", "confirmed", "assigned", "responded", "diagnosing",
                                   "resolving", "verifying", "awaiting_customer", "closed",
                                   "evaluated", "archived", "waiting_customer",
                                   "waiting_third_party", "suspended", "cancelled", "reopened"}));
  const std::set<std::string> guards{"customer_named",    "content_confirmed", "assignee_set",
                                     "diagnosis_present", "original_recorded", "backup_evidenced",
                                     "solution_present",  "test_recorded",     "customer_informed",
                                     "form_signed"};
  auto guard_known = [&](std::string_view name) { return guards.contains(std::string(name)); };
  for (const auto& text : texts) {
    EXPECT_EQ(text_of(rules::workflow_problems(text, known, guard_known)), "") << text.key.value;
    auto again = from_json<WorkflowText>(parse_json(to_json(text)));
    EXPECT_TRUE(Value<WorkflowText>::same(text, again)) << "its texts are not in normal form";
  }
}

TEST(Preset, Tkt8NothingReachesResolvingUnguarded) {
  for (const auto& t : preset_workflows().front().transitions) {
    bool came_from_there = t.key.value == "fail_test" || t.key.value == "reject";
    if (t.to.value != "resolving" || came_from_there) continue;
    EXPECT_EQ(t.guards.size(), 3u) << t.key.value;
  }
}

TEST(Phase, NewIsItsWord) {
  EXPECT_EQ(to_json(state("a", Phase::fresh)),
            R"({"key":"a","name_zh":"名","name_en":"name","phase":"new","customer_name_zh":"名",)"
            R"("customer_name_en":"name","clock_stops":false})");
  EXPECT_EQ(from_json<Phase>(parse_json("\"new\"")), Phase::fresh);
  EXPECT_THROW(from_json<Phase>(parse_json("\"fresh\"")), Error);
}

TEST(Matrix, Tkt4NamesEveryPairOnce) {
  std::vector<PriorityCell> cells;
  for (int s = 0; s < 4; ++s) {
    for (int i = 0; i < 4; ++i) {
      cells.push_back({static_cast<Severity>(s), static_cast<Impact>(i), Priority::P2});
    }
  }
  EXPECT_EQ(text_of(rules::matrix_problems(cells)), "");
  cells.back() = cells.front();
  EXPECT_EQ(text_of(rules::matrix_problems(cells)), "items.15=twice items=incomplete ");
}

// ── custom fields (INT-9) ────────────────────────────────────────────────────────────────────

CustomField field(const char* key, FieldKind kind) {
  CustomField made;
  made.key = {key};
  made.kind = kind;
  return made;
}

std::vector<CustomField> fields() {
  auto os = field("os", FieldKind::choice);
  os.options = {{{"linux"}, {"L"}, {"L"}}, {{"windows"}, {"W"}, {"W"}}};
  os.required = true;
  auto kernel = field("kernel", FieldKind::text);
  kernel.show_if = ShowIf{{"os"}, {"linux"}};
  kernel.required = true;
  kernel.max = 10;
  auto users = field("users", FieldKind::number);
  users.min = 1, users.max = 500;
  auto secret = field("secret", FieldKind::text);
  secret.staff_only = true;
  auto modules = field("modules", FieldKind::multi_choice);
  modules.options = {{{"a"}, {"A"}, {"A"}}, {{"b"}, {"B"}, {"B"}}};
  modules.max = 1;
  return {kernel,
          os,
          users,
          secret,
          modules,
          field("seen", FieldKind::date),
          field("urgent", FieldKind::boolean),
          field("page", FieldKind::link)};
}

struct ValueCase {
  const char *before, *given;
  Audience audience;
  const char *after, *errors;
};
constexpr auto staff = Audience::staff, customer = Audience::customer;

const ValueCase value_cases[] = {
    {"{}", R"({"os":"windows"})", staff, R"({"os":"windows"})", ""},
    {"{}", "{}", staff, "{}", "custom_fields.os=required "},
    {"{}", R"({"os":"linux"})", staff, nullptr, "custom_fields.kernel=required "},
    {"{}", R"({"os":"linux","kernel":" 6.1 "})", staff, R"({"os":"linux","kernel":"6.1"})", ""},
    {"{}", R"({"os":"windows","kernel":"6.1"})", staff, nullptr, "custom_fields.kernel=not_shown "},
    {R"({"os":"linux","kernel":"6.1"})", R"({"os":"windows"})", staff, R"({"os":"windows"})", ""},
    {R"({"os":"linux","kernel":"6.1"})", R"({"kernel":null})", staff, nullptr,
     "custom_fields.kernel=required "},
    {R"({"os":"windows"})", R"({"os":"beos"})", staff, nullptr, "custom_fields.os=not_a_choice "},
    {R"({"os":"linux"})", R"({"kernel":"12345678901"})", staff, nullptr,
     "custom_fields.kernel=too_long "},
    {R"({"os":"windows"})", R"({"users":0})", staff, nullptr, "custom_fields.users=out_of_range "},
    {R"({"os":"windows"})", R"({"users":"12"})", staff, nullptr, "custom_fields.users=wrong_type "},
    {R"({"os":"windows"})", R"({"users":12})", staff, R"({"os":"windows","users":12})", ""},
    {R"({"os":"windows"})", R"({"modules":["a","b"]})", staff, nullptr,
     "custom_fields.modules=too_many "},
    {R"({"os":"windows"})", R"({"modules":["a","a"]})", staff, nullptr,
     "custom_fields.modules=twice "},
    {R"({"os":"windows"})", R"({"modules":["b"]})", staff, R"({"os":"windows","modules":["b"]})",
     ""},
    {R"({"os":"windows"})", R"({"seen":"2026-02-30"})", staff, nullptr,
     "custom_fields.seen=not_a_date "},
    {R"({"os":"windows"})", R"({"urgent":"yes"})", staff, nullptr,
     "custom_fields.urgent=wrong_type "},
    {R"({"os":"windows"})", R"x({"page":"javascript:alert(1)"})x", staff, nullptr, nullptr},
    {R"({"os":"windows"})", R"({"colour":"red"})", staff, nullptr,
     "custom_fields.colour=unknown_field "},
    {R"({"os":"windows","secret":"x"})", R"({"secret":"y"})", customer, nullptr,
     "custom_fields.secret=unknown_field "},
    {R"({"os":"windows","secret":"x"})", R"({"secret":null})", customer, nullptr,
     "custom_fields.secret=unknown_field "},
    {R"({"os":"windows","secret":"x"})", R"({"users":3})", customer,
     R"({"os":"windows","secret":"x","users":3})", ""}};

JsonMap map_of(const char* text) { return from_json<JsonMap>(parse_json(text)); }

TEST(CustomFields, Int9ValuesAreATable) {
  auto asked = fields();
  for (const auto& c : value_cases) {
    std::vector<FieldError> errors;
    auto after = rules::lay_over(asked, map_of(c.before), map_of(c.given), c.audience, errors);
    if (c.errors) {
      EXPECT_EQ(text_of(errors), c.errors) << c.given;
    } else {
      EXPECT_EQ(errors.size(), 1u) << c.given;
    }
    if (c.after) {
      EXPECT_EQ(to_json(after), to_json(map_of(c.after))) << c.given;
    }
  }
}

TEST(CustomFields, DefinitionsAreChecked) {
  auto others = fields();
  auto problems = [&](const CustomField& f) { return text_of(rules::field_problems(f, others)); };
  EXPECT_EQ(problems(field("x", FieldKind::choice)), "options=required ");
  auto text = field("x", FieldKind::text);
  text.min = 5, text.max = 2;
  EXPECT_EQ(problems(text), "max=below_min ");
  text.min = 1;
  text.show_if = ShowIf{{"os"}, {"beos"}};
  EXPECT_EQ(problems(text), "show_if.equals=not_a_choice ");
  text.show_if = ShowIf{{"nothing"}, {"x"}};
  EXPECT_EQ(problems(text), "show_if.field=unknown_field ");
  text.show_if = ShowIf{{"secret"}, {"x"}};
  EXPECT_EQ(problems(text), "show_if.field=staff_only ");
  auto os = field("os", FieldKind::text);
  os.show_if = ShowIf{{"kernel"}, {"6"}};
  EXPECT_EQ(text_of(rules::field_problems(os, others)), "show_if.field=goes_round ");
}

}  // namespace
}  // namespace baijin::catalogue
