#include "modules/mail/judging.h"

#include "mime/characters.h"

namespace baijin::mail::judging {
namespace {

using mime::lower;
using mime::trimmed;

std::optional<Verdict> by_nature(const Facts& facts) {
  switch (facts.nature) {
    case mime::Nature::own: return Verdict{Fate::silence, "own"};
    case mime::Nature::bounce: return Verdict{Fate::silence, "bounce"};
    case mime::Nature::feedback_report: return Verdict{Fate::silence, "feedback_report"};
    case mime::Nature::auto_reply: return Verdict{Fate::silence, "auto_reply"};
    case mime::Nature::list:
    case mime::Nature::bulk:
      if (facts.takes_lists || facts.thread != Thread::none) return {};
      return Verdict{Fate::silence, facts.nature == mime::Nature::list ? "list" : "bulk"};
    case mime::Nature::personal: break;
  }
  return {};
}

Verdict by_sender(const Facts& facts) {
  if (facts.lately > most_in_ten_minutes) return {Fate::hold, "flood"};
  if (facts.known || facts.strangers == Strangers::welcome) return {Fate::ticket, ""};
  if (facts.strangers == Strangers::held) return {Fate::hold, "stranger"};
  return {Fate::refuse, "stranger"};
}

}  // namespace

Verdict verdict(const Facts& facts) {
  if (facts.decision == Decision::let_in && facts.thread != Thread::none) {
    return {Fate::message, ""};
  }
  if (facts.decision != Decision::none) return {Fate::ticket, ""};
  if (auto decided = by_nature(facts)) return *decided;
  if (facts.from_ourselves) return {Fate::silence, "own"};
  if (!facts.has_sender) return {Fate::hold, "no_sender"};
  if (!facts.whole) return {Fate::hold, "too_large"};
  if (facts.thread == Thread::takes_part) return {Fate::message, ""};
  if (facts.thread == Thread::does_not_take_part) return {Fate::hold, "sender_does_not_take_part"};
  return by_sender(facts);
}

Proof proof_of(const mime::Message& letter, std::string_view authserv) {
  if (authserv.empty()) return Proof::unknown;
  for (const auto& header : letter.headers) {
    if (lower(header.name) != "authentication-results") continue;
    auto value = lower(header.value);
    auto end = value.find(';');
    auto name = trimmed(std::string_view(value).substr(0, end));
    if (auto space = name.find(' '); space != name.npos) name = name.substr(0, space);  // version
    if (name != lower(authserv)) continue;
    auto found = value.find("dmarc=");
    if (found == value.npos) return Proof::unknown;
    auto result = std::string_view(value).substr(found + 6);
    if (result.starts_with("pass")) return Proof::passed;
    return result.starts_with("fail") ? Proof::failed : Proof::unknown;
  }
  return Proof::unknown;
}

bool may_answer(const Answers& answers) {
  if (answers.lately > most_answered_in_ten_minutes) return false;
  if (answers.last_hour >= 1 || answers.last_day >= 5) return false;
  return !answers.stranger || answers.last_day < 1;
}

}  // namespace baijin::mail::judging
