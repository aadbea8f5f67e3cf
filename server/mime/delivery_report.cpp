#include "mime/delivery_report.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "mime/addresses.h"
#include "mime/bounce_reason.h"
#include "mime/characters.h"
#include "mime/charset.h"
#include "mime/encoded_words.h"
#include "mime/header_block.h"

namespace baijin::mime {
namespace {

constexpr std::size_t most_failures = 1'000;
constexpr std::int64_t longest_diagnostic = 1'000;

Action action_of(std::string_view raw) {
  const auto word = lower(trimmed(raw).substr(0, 10));
  for (const auto& [name, action] : {std::pair{"fail", Action::failed},
                                     {"delay", Action::delayed},
                                     {"delivered", Action::delivered},
                                     {"relayed", Action::relayed},
                                     {"expanded", Action::expanded}}) {
    if (word.starts_with(name)) return action;
  }
  return Action::unknown;
}

// "smtp; 550 5.1.1 …" → "550 5.1.1 …"
std::string_view without_type(std::string_view raw) {
  const auto semicolon = raw.find(';');
  if (semicolon == std::string_view::npos || semicolon > 24) return trimmed(raw);
  return trimmed(raw.substr(semicolon + 1));
}

// Amazon's servers wrap what the other one said: 5.1.0 - Unknown address error 550-'5.7.1 …' (…)
std::string_view inner_reply(std::string_view diagnostic) {
  const auto begin = diagnostic.find("-'");
  const auto end = diagnostic.rfind("' (");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin + 2 ||
      diagnostic.find(" - ") > begin) {
    return diagnostic;
  }
  return diagnostic.substr(begin + 2, end - begin - 2);
}

std::string value_of(const HeaderBlock& block, std::string_view name) {
  const auto* field = block.find(name);
  return field ? one_line(to_utf8(unfolded(field->value), {}).text) : std::string();
}

Failure failure_in(const HeaderBlock& block) {
  Failure failure;
  for (const auto* name : {"Final-Recipient", "X-Actual-Recipient", "Original-Recipient"}) {
    auto address = reported_address(value_of(block, name));
    if (address.find('@') == std::string::npos || address.starts_with('@')) continue;
    failure.recipient = std::move(address);
    break;
  }
  failure.action = action_of(value_of(block, "Action"));
  const auto diagnostic = value_of(block, "Diagnostic-Code");
  failure.diagnostic = shorten(inner_reply(without_type(diagnostic)), longest_diagnostic);
  failure.status = find_status(value_of(block, "Status"));
  failure.reply_code = find_reply_code(failure.diagnostic);
  // What the other machine said is more exact than "5.0.0".
  const auto said = find_status(failure.diagnostic);
  if (!said.empty() && (failure.status.empty() || failure.status.ends_with(".0.0"))) {
    failure.status = said;
  }
  return failure;
}

// Groups of fields with empty lines between them (RFC 3464 §2.1).
void read_groups(std::string_view bytes, std::string_view human, std::vector<Failure>& failures) {
  Budget budget{Limits{}};
  std::size_t at = 0;
  while (at < bytes.size() && failures.size() < most_failures) {
    const auto block = read_header_block(bytes, at, budget);
    if (block.find("Final-Recipient") || block.find("Action") || block.find("X-Actual-Recipient") ||
        block.find("Original-Recipient")) {
      auto failure = failure_in(block);
      classify(failure, human);
      // A program of the receiving machine failed: its "no such user" is none of a mailbox.
      const bool program = begins_with_word(value_of(block, "Diagnostic-Code"), "x-unix");
      if (program && failure.reason == Reason::user_unknown) {
        failure.reason = Reason::system;
        failure.permanence = Permanence::soft;
      }
      add_failure(failures, std::move(failure));
    }
    if (budget.met() != TooMuch::no) return;
    at = block.body > at ? block.body : line_end(bytes, at);
  }
}

// Amazon's: the part of the JSON that says to whom something happened.
void take_recipients(const boost::json::object& about, std::string_view list, Action action,
                     std::vector<Failure>& failures) {
  const auto* recipients = about.if_contains(list);
  if (!recipients || !recipients->is_array()) return;
  for (const auto& one : recipients->as_array()) {
    Failure failure;
    failure.action = action;
    if (one.is_string()) failure.recipient = reported_address(one.as_string());
    if (const auto* object = one.if_object()) {
      auto text = [&](std::string_view name) -> std::string_view {
        const auto* value = object->if_contains(name);
        return value && value->is_string() ? std::string_view(value->as_string())
                                           : std::string_view();
      };
      failure.recipient = reported_address(text("emailAddress"));
      failure.status = find_status(text("status"));
      failure.diagnostic = shorten(one_line(without_type(text("diagnosticCode"))),
                                   longest_diagnostic);
      failure.reply_code = find_reply_code(failure.diagnostic);
    }
    classify(failure, {});
    add_failure(failures, std::move(failure));
  }
}

// The notice itself, or the one inside of the envelope of their queue.
boost::json::value amazon_json(std::string_view text) {
  const auto begin = text.find('{');
  const auto end = text.rfind('}');
  if (begin != 0 || end == std::string_view::npos || text.size() > (1 << 20)) return {};
  std::string whole_text(text.substr(0, end + 1));
  // Lines too long for SMTP were cut in the middle of a text.
  for (auto at = whole_text.find("!\n"); at != std::string::npos; at = whole_text.find("!\n", at)) {
    whole_text.erase(at, whole_text.compare(at + 2, 1, " ") == 0 ? 3 : 2);
  }
  try {
    auto whole = parse_json(whole_text);
    const auto* inner = whole.is_object() ? whole.as_object().if_contains("Message") : nullptr;
    return inner && inner->is_string() ? parse_json(inner->as_string()) : whole;
  } catch (const Error&) {
    return {};  // a text that begins with a brace
  }
}

}  // namespace

std::vector<Failure> read_delivery_status(const Message& message) {
  std::vector<Failure> failures;
  for (const auto& file : message.attachments) {
    const bool status = file.type == "message/delivery-status" ||
                        file.type == "message/global-delivery-status";
    if (status) read_groups(file.bytes, message.text, failures);
  }
  if (!failures.empty()) return failures;
  // Amazon WorkMail and some old gateways write the same fields into the text.
  const auto at = find_word(message.text, "\nfinal-recipient:");
  if (at == std::string::npos) return failures;
  const auto group = message.text.rfind("\n\n", at);
  const auto begin = group == std::string::npos ? 0 : group + 2;
  read_groups(std::string_view(message.text).substr(begin), message.text, failures);
  return failures;
}

std::vector<Failure> read_feedback_report(const Message& message) {
  std::vector<Failure> failures;
  for (const auto& file : message.attachments) {
    if (file.type != "message/feedback-report") continue;
    Budget budget{Limits{}};
    const auto block = read_header_block(file.bytes, 0, budget);
    for (const auto& field : block.fields) {
      if (!same_word(field.name, "Original-Rcpt-To") &&
          !same_word(field.name, "Removal-Recipient")) {
        continue;
      }
      Failure failure;
      failure.recipient = reported_address(unfolded(field.value));
      failure.reason = Reason::spam;
      if (!failure.recipient.empty()) add_failure(failures, std::move(failure));
    }
  }
  return failures;
}

Notice read_amazon_notice(std::string_view text, std::vector<Failure>& failures) {
  const auto notice = amazon_json(text);
  const auto* object = notice.if_object();
  const auto* type = object ? object->if_contains("notificationType") : nullptr;
  if (!type || !type->is_string()) return Notice::none;
  auto about = [&](std::string_view name) -> boost::json::object {
    const auto* value = object->if_contains(name);
    return value && value->is_object() ? value->as_object() : boost::json::object();
  };
  const std::string_view kind = type->as_string();
  if (kind == "Bounce") {
    take_recipients(about("bounce"), "bouncedRecipients", Action::failed, failures);
    return Notice::bounce;
  }
  if (kind == "Complaint") {
    take_recipients(about("complaint"), "complainedRecipients", Action::unknown, failures);
    return Notice::complaint;
  }
  if (kind != "Delivery") return Notice::none;
  take_recipients(about("delivery"), "recipients", Action::delivered, failures);
  return Notice::delivery;
}

std::string reported_address(std::string_view raw) {
  raw = without_type(raw);
  while (!raw.empty() && (raw.front() == '<' || is_white(raw.front()))) raw.remove_prefix(1);
  raw = raw.substr(0, raw.find('>'));
  return plain_address(trimmed(raw)).email;
}

void add_failure(std::vector<Failure>& failures, Failure failure) {
  const auto known = std::ranges::find_if(failures, [&](const Failure& other) {
    return same_word(other.recipient, failure.recipient);
  });
  if (known == failures.end()) failures.push_back(std::move(failure));
  else if (known->diagnostic.empty() && known->status.empty()) *known = std::move(failure);
}

}  // namespace baijin::mime
