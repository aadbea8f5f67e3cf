#include "mime/bounce_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mime/addresses.h"
#include "mime/bounce_reason.h"
#include "mime/characters.h"
#include "mime/delivery_report.h"

namespace baijin::mime {
namespace {

constexpr std::size_t longest_report = 64 << 10;
constexpr std::int64_t longest_diagnostic = 1'000;

// Lines above the copy of the message, by their beginnings; lower case.
constexpr auto copy_titles = std::to_array<std::string_view>(
    {"--- below this line is a copy of the message",
     "--- enclosed is a copy of the message",
     "--- the header of the original message",
     "--- original message follows",
     "------ this is a copy of",
     "----- original message -----",
     "original message follows",
     "below is a copy of the original message",
     "message headers follow",
     "----- unsent message follows",
     "----- message header follows",
     "------- returned message",
     "original message headers:",
     "original message:",
     "included is a copy of the message header",
     "-------original mail info",
     "----- message body suppressed",
     "--- returned message",
     "----- returned message",
     "the original message was:",
     "----- this is a copy"});

bool begins_copy(std::string_view line) {
  const auto small = lower(trimmed(line.substr(0, 200)));
  return std::ranges::any_of(copy_titles, [&](auto title) { return small.starts_with(title); });
}

// A header without a title above it.
bool is_received(std::string_view line) {
  return begins_with_word(line, "received:") || begins_with_word(line, "return-path:");
}

bool is_address_letter(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || is_high(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

// An address in a line, and what stands before and behind it.
struct Found {
  std::string email;
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool find_address(std::string_view line, std::size_t from, Found& found) {
  for (auto sign = line.find('@', from); sign != std::string_view::npos;
       sign = line.find('@', sign + 1)) {
    auto begin = sign;
    while (begin > from && is_address_letter(line[begin - 1])) --begin;
    auto end = sign + 1;
    while (end < line.size() && (is_address_letter(line[end]) && line[end] != '/')) ++end;
    while (end > sign && (line[end - 1] == '.' || line[end - 1] == '\'')) --end;
    while (begin < sign && (line[begin] == '\'' || line[begin] == '=' || line[begin] == '/')) {
      ++begin;
    }
    auto address = plain_address(line.substr(begin, end - begin));
    if (!address.valid) continue;
    found = {std::move(address.email), begin, end};
    return true;
  }
  return false;
}

enum class Place { none, weak, strong };

// How surely the address in this place of the line is the one that failed.
Place place_of(std::string_view line, const Found& found) {
  const auto before = lower(trimmed(line.substr(0, found.begin)));
  const auto behind = trimmed(line.substr(found.end));
  constexpr auto never = std::to_array<std::string_view>(
      {"mail from", "envelope-from", "contact", "from:", "from", "sender", "f=[",
       "mailto:", "reply-to", "originator", "postmaster", "report to", "e-mail to", "http",
       "originally to", "message-id", "id"});
  for (const auto word : never) {
    const bool ends = before.ends_with(word) || before.ends_with(std::string(word) + " <") ||
                      before.ends_with(std::string(word) + ":<") ||
                      before.ends_with(std::string(word) + ": <") ||
                      before.ends_with(std::string(word) + "<");
    if (ends) return Place::none;
  }
  const bool first = before.empty() || before == "<" || before == "*" || before == "- <" ||
                     before == "-";
  if (first) return Place::strong;
  constexpr auto introductions = std::to_array<std::string_view>(
      {"rcpt to:", "recipient:", "recipients:", "address:", "unknown user:", "undeliverable to",
       "mail to", "message to", "message to:", "delivered to", "is full:", "user:", "rejected",
       "failed:", "recipient", "final-recipient: rfc822;", "address", "t=["});
  auto plain = before;
  while (!plain.empty() && (plain.back() == '<' || plain.back() == ' ')) plain.pop_back();
  for (const auto word : introductions) {
    if (plain.ends_with(word)) return Place::strong;
  }
  // "554 <kijitora@example.edu>... User unknown"
  const bool quotes_reply = before.ends_with('<') &&
                            (behind.starts_with(">...") || behind.starts_with(">:"));
  return quotes_reply ? Place::strong : Place::weak;
}

struct Candidate {
  std::string email;
  Place place = Place::weak;
  std::size_t line = 0;
  bool heads_block = false;  // its line is only it: what is said of it stands below
  bool one_line = false;     // "550 <a@b>... User unknown": all is said in its line
};

class ReportReader {
 public:
  ReportReader(const Message& message, std::string_view report) : message_(message) {
    while (!report.empty()) {
      const auto feed = report.find('\n');
      lines_.push_back(report.substr(0, feed));
      report.remove_prefix(feed == std::string_view::npos ? report.size() : feed + 1);
    }
  }

  std::vector<Failure> read() {
    collect();
    const bool strong = std::ranges::any_of(
        candidates_, [](const auto& one) { return one.place == Place::strong; });
    std::vector<Failure> failures;
    for (std::size_t i = 0; i < candidates_.size() && failures.size() < 100; ++i) {
      const auto& one = candidates_[i];
      if (strong && one.place != Place::strong) continue;
      add_failure(failures, failure_at(i, strong));
    }
    for (const auto& address : told_in_header()) {
      const bool known = std::ranges::any_of(
          failures, [&](const auto& one) { return same_word(one.recipient, address); });
      if (!known) failures.push_back(failure_about(address, 0, lines_.size()));
    }
    return failures;
  }

 private:
  // Exim's and Google's own header.
  std::vector<std::string> told_in_header() const {
    std::vector<std::string> addresses;
    const auto* told = message_.header("X-Failed-Recipients");
    if (!told) return addresses;
    Budget budget{Limits{}};
    for (auto& one : read_addresses(*told, {}, budget)) {
      if (one.valid && addresses.size() < 100) addresses.push_back(std::move(one.email));
    }
    return addresses;
  }

  bool is_ours(const std::string& email) const {
    auto named = [&](const std::vector<Address>& list) {
      return std::ranges::any_of(list,
                                 [&](const auto& one) { return same_word(one.email, email); });
    };
    return named(message_.to) || named(message_.from) || named(message_.cc) ||
           email.starts_with("mailer-daemon@");
  }

  void collect() {
    for (std::size_t i = 0; i < lines_.size() && candidates_.size() < 1'000; ++i) {
      const auto line = lines_[i].substr(0, 2'000);
      Found found;
      for (std::size_t from = 0; find_address(line, from, found); from = found.end) {
        const auto place = place_of(line, found);
        if (place == Place::none) continue;
        const auto rest = line.size() - (found.end - found.begin);
        const bool alone = is_digit(line.empty() ? ' ' : line.front()) &&
                           line.find("...") != std::string_view::npos;
        Candidate one{found.email, place, i, rest < 12, alone};
        if (!is_ours(one.email) || (one.heads_block && place == Place::strong)) {
          candidates_.push_back(std::move(one));
        }
      }
    }
  }

  // From its line to where the next address's block begins.
  Failure failure_at(std::size_t index, bool strong) const {
    const auto& one = candidates_[index];
    auto end = lines_.size();
    std::size_t others = 0;
    for (const auto& other : candidates_) {
      if (same_word(other.email, one.email) || (strong && other.place != Place::strong)) continue;
      ++others;
      if (other.line > one.line) end = std::min(end, other.line);
    }
    const auto begin = others == 0 ? 0 : one.line;
    if (others > 0 && one.one_line) end = one.line + 1;
    return failure_about(one.email, begin, std::max(end, one.line + 1));
  }

  Failure failure_about(const std::string& email, std::size_t begin, std::size_t end) const {
    std::string all;
    for (auto i = begin; i < end; ++i) all.append(lines_[i]).append("\n");
    return failure_of(email, all);
  }

  const Message& message_;
  std::vector<std::string_view> lines_;
  std::vector<Candidate> candidates_;
};

// The lines from the first one that quotes a reply to the next empty one; all of them where none
// does.
std::string diagnostic_in(std::string_view report) {
  std::string text;
  bool quoted = false;
  for (std::size_t at = 0; at < report.size();) {
    const auto feed = std::min(report.find('\n', at), report.size());
    const auto line = report.substr(at, feed - at);
    at = feed + 1;
    if (!quoted && (!find_reply_code(line).empty() || !find_status(line).empty())) {
      text.clear();
      quoted = true;
    }
    if (quoted && trimmed(line).empty()) break;
    text.append(line).append(" ");
  }
  return text;
}

}  // namespace

Failure failure_of(const std::string& email, std::string_view report) {
  Failure failure;
  failure.recipient = email;
  failure.status = find_status(report);
  failure.reply_code = find_reply_code(report);
  failure.diagnostic = shorten(one_line(diagnostic_in(report)), longest_diagnostic);
  const auto small = lower(report);
  constexpr auto warnings = std::to_array<std::string_view>(
      {"warning message only", "will be retried", "has been delayed"});
  const bool late = std::ranges::any_of(
      warnings, [&](auto warning) { return small.find(warning) != std::string::npos; });
  failure.action = late ? Action::delayed : Action::failed;
  classify(failure, report);
  return failure;
}

BounceText split_bounce(std::string_view text) {
  bool blank_before = false;
  for (std::size_t at = 0; at < text.size() && at < longest_report;) {
    const auto feed = std::min(text.find('\n', at), text.size());
    const auto line = text.substr(at, feed - at);
    const auto next = std::min(feed + 1, text.size());
    if (begins_copy(line)) {
      auto original = text.substr(next);
      while (!original.empty() && (is_white(original.front()) || original.front() == '-')) {
        original.remove_prefix(1);
      }
      return {text.substr(0, at), original};
    }
    if (is_received(line) && (blank_before || at == 0))
      return {text.substr(0, at), text.substr(at)};
    blank_before = trimmed(line).empty() || line.starts_with("---");
    at = next;
  }
  return {text.substr(0, longest_report), {}};
}

std::vector<Failure> read_bounce_text(const Message& message, std::string_view report) {
  return ReportReader(message, report).read();
}

bool speaks_of_failure(std::string_view text) {
  constexpr auto sentences = std::to_array<std::string_view>(
      {"this message was created automatically by mail delivery",
       "could not be delivered",
       "couldn't be delivered",
       "not be delivered",
       "wasn't able to deliver",
       "unable to deliver",
       "undeliverable",
       "delivery to the following",
       "delivery has failed",
       "delivery failed",
       "delivery failure",
       "failed permanently",
       "did not reach the following",
       "error delivering your mail",
       "returned mail",
       "transcript of session follows",
       "permanent error",
       "unknown user:",
       "user unknown",
       "mailbox is full",
       "had permanent fatal errors",
       "had delivery errors",
       "had delivery problems",
       "failure reasons",
       "was aborted after",
       "trouble delivering your message",
       "rejected by a remote",
       "account is disabled",
       "error has occurred while attempting to deliver",
       "incorrectly constructed",
       "不能送达",
       "无法送达",
       "无法投递",
       "投递失败",
       "退信",
       "未能送达",
       "не может быть доставлено",
       "存在しないか",
       "送信できません",
       "配信できません"});
  const auto small = lower(text.substr(0, longest_report));
  return std::ranges::any_of(
      sentences, [&](auto sentence) { return small.find(sentence) != std::string::npos; });
}

}  // namespace baijin::mime
