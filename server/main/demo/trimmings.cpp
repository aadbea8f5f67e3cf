#include "main/demo/trimmings.h"

#include <algorithm>

#include "main/demo/hours.h"
#include "main/demo/ways.h"

namespace baijin::demo {
namespace {

using boost::json::array;
using boost::json::object;
using Everything = std::shared_ptr<std::vector<Played>>;

std::string path_of(const Everything& played, std::size_t place, std::string_view below) {
  return "/tickets/" + std::to_string((*played)[place].id.value) + std::string(below);
}

// When a ticket began and ended, among all steps.
struct Span {
  Time first, last;
  std::size_t steps = 0;
};
std::vector<Span> spans_of(const std::vector<Step>& steps, std::size_t tickets) {
  std::vector<Span> spans(tickets);
  for (const auto& step : steps) {
    auto& span = spans[step.ticket];
    if (span.steps++ == 0) span.first = span.last = step.at;
    span.first = std::min(span.first, step.at);
    span.last = std::max(span.last, step.at);
  }
  return spans;
}

bool is_on_site(std::string_view type) {
  return type == "inspection" || type == "installation" || type == "training" || type == "care";
}

void log_work(const Casting& cast, const Span& span, const Everything& played,
              std::vector<Step>& steps, Dice& dice) {
  const auto& type = cast.dialogue->service_type;
  bool on_site = is_on_site(type);
  auto spent = on_site ? dice.between(2, 14) * 30 : dice.between(2, 16) * 10;
  auto at = next_working(Time{span.first.us + (span.last - span.first).us / 2}, dice);
  if (at > span.last) at = span.last;
  object input{{"kind", type == "training" ? "training"
                        : on_site          ? "onsite"
                                           : "remote"},
               {"started_at", to_text(at - minutes(spent))},
               {"minutes", spent},
               {"billable", on_site && dice.in_hundred(25)},
               {"note", on_site ? "现场工作，含准备和交接" : "远程处理与电话沟通"}};
  if (on_site) input["travel_minutes"] = dice.between(2, 10) * 15;
  steps.push_back({at, cast.place, "log work",
                   [input, played, place = cast.place, actor = cast.engineer->actor()](
                       Past& past, Time when, Played&) {
                     past.create(actor, when, path_of(played, place, "/work-logs"), input);
                   }});
}

void link(const Casting& from, const Casting& to, Time at, const Everything& played,
          std::vector<Step>& steps) {
  steps.push_back({at, from.place, "link",
                   [played, from_place = from.place, to_place = to.place,
                    actor = from.dispatcher->actor()](Past& past, Time when, Played&) {
                     past.create(actor, when, path_of(played, from_place, "/links"),
                                 {{"to", (*played)[to_place].id.value}, {"kind", "relates"}});
                   }});
}

void merge_duplicate(const Casting& kept, const Casting& other, Time at, const Everything& played,
                     std::vector<Step>& steps) {
  steps.push_back({at, other.place, "merge",
                   [played, kept_place = kept.place, place = other.place,
                    actor = other.dispatcher->actor()](Past& past, Time when, Played&) {
                     past.create(actor, when, path_of(played, kept_place, "/merges"),
                                 {{"other", (*played)[place].id.value},
                                  {"reason", "同一件事由两位同事分别报修，合并处理"}});
                   }});
}

struct ViewLine {
  const char *owner, *name, *filter, *sort;
};
constexpr ViewLine views[] = {
    {"rexian1", "今天该回的", R"({"open":true,"state":"waiting_customer"})", "updated_at"},
    {"zhiban", "紧急未关闭", R"({"open":true,"priority":"P1"})", "created_at"},
    {"zhuguan", "全部投诉", R"({"tag":"投诉"})", "-created_at"},
    {"gong.hd1", "我的待验证", R"({"assignee":"me","state":"verifying"})", "updated_at"},
    {"paigong.hd", "没人接的", R"({"open":true,"assignee":"none"})", "created_at"},
    {"fabu", "客户的愿望", R"({"tag":"功能愿望"})", "-created_at"},
};

struct ReplyLine {
  const char *name_zh, *name_en, *body_zh, *body_en;
};
constexpr ReplyLine replies[] = {
    {"索要日志", "Ask for the log",
     "<p>{{contact.form_of_address}}，还差一样材料：安装目录 logs 下当天的日志，发来即可继续。</p>",
     "<p>Hello {{contact.name}}, one thing is missing: that day's log.</p>"},
    {"约远程时间", "Agree on remote access",
     "<p>{{contact.form_of_address}}，请选一个方便的时间远程：今天下午、明天上午或您定。"
     "密码由您自己输入，我们不记录。</p>",
     "<p>Hello {{contact.name}}, when would remote access suit you? You type the password.</p>"},
    {"先备份再动手", "Backup first",
     "<p>动手之前先做一次完整备份，备份结果我发给您确认，您同意后再继续。</p>",
     "<p>Before any change we take a full backup and send you the result.</p>"},
    {"节日值班", "On duty over the holidays",
     "<p>节日期间热线 7×24 有人，紧急事情请直接打电话，工单 {{ticket.number}} 我们会继续跟。</p>",
     "<p>We are on duty over the holidays; ticket {{ticket.number}} goes on.</p>"},
};

}  // namespace

void add_trimmings(const std::vector<Casting>& castings, const Everything& played,
                   std::vector<Step>& steps, Time now, std::uint64_t seed) {
  Dice dice = Dice(seed).apart(4);
  auto spans = spans_of(steps, castings.size());
  for (const auto& cast : castings) {
    const auto& span = spans[cast.place];
    if (cast.duplicate_of) {
      auto kept = *cast.duplicate_of;
      auto at = after_work(span.last, dice.between(5, 40), dice);
      if (at < now) merge_duplicate(castings[kept], cast, at, played, steps);
      continue;
    }
    if (state_line(cast.workflow, cast.target).stage >= resolving) {
      log_work(cast, span, played, steps, dice);
    }
    // Whoever finds the same trouble at another customer says so.
    if (!dice.in_hundred(12)) continue;
    for (auto earlier = cast.place; earlier-- > 0;) {
      const auto& before = castings[earlier];
      bool alike = before.dialogue == cast.dialogue && !before.duplicate_of;
      if (!alike || spans[earlier].first > span.last) continue;
      link(cast, before, span.last, played, steps);
      break;
    }
  }
}

void save_views_and_replies(Hub& hub, const Vendor& vendor, Time at) {
  in_the_past(hub, [&](Past& past) {
    for (const auto& line : views) {
      auto owner = vendor.with_login(line.owner).actor();
      past.create(owner, at, "/views",
                  {{"name_zh", line.name},
                   {"sharing", "personal"},
                   {"filter", parse_json(line.filter)},
                   {"sort", line.sort}});
    }
    auto author = vendor.with_login("zhuguan").actor();
    for (const auto& line : replies) {
      past.create(author, at, "/canned-replies",
                  {{"kind", "reply"},
                   {"name_zh", line.name_zh},
                   {"name_en", line.name_en},
                   {"body_zh", line.body_zh},
                   {"body_en", line.body_en}});
    }
  });
}

}  // namespace baijin::demo
