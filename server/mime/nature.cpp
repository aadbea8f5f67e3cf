#include "mime/nature.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mime/addresses.h"
#include "mime/bounce_text.h"
#include "mime/characters.h"
#include "mime/delivery_report.h"
#include "mime/encoded_words.h"
#include "mime/header_block.h"

namespace baijin::mime {
namespace {

constexpr std::size_t most_marks = 200;

bool contains_any(std::string_view text, const auto& words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::string header(const Message& message, std::string_view name) {
  const auto* value = message.header(name);
  return value ? lower(*value) : std::string();
}

bool has_type(const Message& message, std::string_view type) {
  return std::ranges::any_of(message.attachments,
                             [&](const auto& file) { return file.type == type; });
}

class Judge {
 public:
  Judge(const Message& message, const Circumstances& circumstances)
      : message_(message), circumstances_(circumstances) {}

  Judgement judge() {
    find_nature();
    const bool about_another = made_.nature == Nature::bounce ||
                               made_.nature == Nature::feedback_report;
    if (about_another) read_original();
    made_.may_be_answered = made_.nature == Nature::personal && !is_suppressed();
    return std::move(made_);
  }

 private:
  void find_nature() {
    if (is_own()) return be(Nature::own, "X-Baijin-Loop");
    if (is_feedback_report()) return;
    if (is_delivery_report()) return;
    if (is_amazon_notice()) return;
    if (is_auto_reply_by_subject()) return be(Nature::auto_reply, "Subject");
    if (is_bounce_in_words()) return;
    if (is_auto_reply()) return;
    if (is_list()) return;
    if (is_bulk()) return;
    if (null_return_path()) return be(Nature::auto_reply, "Return-Path");
  }

  void be(Nature nature, std::string_view because) {
    made_.nature = nature;
    made_.because = because;
  }

  bool is_own() const {
    if (circumstances_.loop_mark.empty()) return false;
    return std::ranges::any_of(message_.headers, [&](const Header& one) {
      return same_word(one.name, "X-Baijin-Loop") && one.value == circumstances_.loop_mark;
    });
  }

  bool null_return_path() const {
    if (circumstances_.null_return_path) return true;
    const auto* path = message_.header("Return-Path");
    if (!path) return false;
    const auto value = trimmed(*path);
    return value == "<>" || same_word(value, "<mailer-daemon>") ||
           same_word(value, "mailer-daemon");
  }

  bool is_feedback_report() {
    if (!has_type(message_, "message/feedback-report")) return false;
    be(Nature::feedback_report, "message/feedback-report");
    made_.failures = read_feedback_report(message_);
    return true;
  }

  bool is_delivery_report() {
    const bool typed = has_type(message_, "message/delivery-status") ||
                       has_type(message_, "message/global-delivery-status");
    auto failures = typed || is_from_machine() || null_return_path()
                        ? read_delivery_status(message_)
                        : std::vector<Failure>();
    if (!typed && failures.empty()) return false;
    be(Nature::bounce, "message/delivery-status");
    made_.failures = std::move(failures);
    const bool silent = std::ranges::any_of(made_.failures, [](const Failure& one) {
      return one.recipient.empty() || one.diagnostic.empty();
    });
    if (silent || made_.failures.empty()) complete_from_text();
    return true;
  }

  // A report that does not say whom or why: the text above it does.
  void complete_from_text() {
    auto told = read_bounce_text(message_, split_bounce(message_.text).report);
    if (told.empty()) return;
    bool nameless = true;
    for (auto& failure : made_.failures) {
      nameless = nameless && failure.recipient.empty();
      const auto same = std::ranges::find_if(
          told, [&](const Failure& one) { return same_word(one.recipient, failure.recipient); });
      if (same == told.end() || !failure.diagnostic.empty()) continue;
      const auto action = failure.action;
      const auto status = failure.status;
      failure = *same;
      failure.action = action;
      const bool vague = status.empty() || status.ends_with(".0.0");
      if (!vague || failure.status.empty()) failure.status = status;
    }
    if (!nameless) return;
    if (made_.failures.size() == 1 && told.size() == 1) {
      made_.failures.front().recipient = told.front().recipient;
      if (made_.failures.front().reason == Reason::other) made_.failures = std::move(told);
    } else {
      made_.failures = std::move(told);
    }
  }

  bool is_amazon_notice() {
    switch (read_amazon_notice(message_.text, made_.failures)) {
      case Notice::none: return false;
      case Notice::complaint: be(Nature::feedback_report, "notificationType"); return true;
      case Notice::bounce:
      case Notice::delivery: be(Nature::bounce, "notificationType"); return true;
    }
    return false;
  }

  // MAILER-DAEMON, postmaster, or nobody.
  bool is_from_machine() const {
    if (message_.from.empty()) return null_return_path();
    const auto& from = message_.from.front();
    const auto name = lower(from.name + " " + from.email);
    constexpr auto machines = std::to_array<std::string_view>(
        {"mailer-daemon", "mailer daemon", "postmaster", "mail delivery", "mail deliver",
         "mail.delivery.system", "ndr administrator", "delivery subsystem", "邮件系统",
         "系统退信"});
    return contains_any(name, machines) || trimmed(name).empty();
  }

  bool is_failure_subject() const {
    constexpr auto subjects = std::to_array<std::string_view>({"undeliver",
                                                               "delivery status notification",
                                                               "mail delivery failed",
                                                               "delivery failure",
                                                               "failure notice",
                                                               "returned mail",
                                                               "returned to sender",
                                                               "mail system error",
                                                               "delivery has failed",
                                                               "could not be delivered",
                                                               "mail failure",
                                                               "failed delivery",
                                                               "error sending your mail",
                                                               "delivery failed",
                                                               "non-delivery",
                                                               "退信",
                                                               "未送达",
                                                               "无法送达",
                                                               "投递失败",
                                                               "邮件被退回",
                                                               "系统退信",
                                                               "не доставлено",
                                                               "delivery notification"});
    constexpr auto answers = std::to_array<std::string_view>(
        {"re:", "fw:", "fwd:", "aw:", "wg:", "回复", "答复", "转发", "回覆", "轉寄"});
    const auto subject = lower(message_.subject);
    const bool answered = std::ranges::any_of(
        answers, [&](std::string_view beginning) { return subject.starts_with(beginning); });
    return !answered && contains_any(subject, subjects);
  }

  // Without a report that machines read: a machine must have written it, and its subject or its
  // text must say so. A person who asks about a bounce is a person.
  bool is_bounce_in_words() {
    const bool subject = is_failure_subject();
    const bool machine = is_from_machine() || null_return_path();
    const auto split = split_bounce(message_.text);
    const bool words = speaks_of_failure(split.report) ||
                       message_.header("X-Failed-Recipients") != nullptr;
    if (!machine || (!subject && !words)) return false;
    be(Nature::bounce, subject ? "Subject" : "From");
    made_.failures = read_bounce_text(message_, split.report);
    return true;
  }

  bool is_auto_reply_by_subject() const {
    constexpr auto beginnings = std::to_array<std::string_view>({"automatic reply",
                                                                 "auto reply",
                                                                 "auto-reply",
                                                                 "autoreply",
                                                                 "auto response",
                                                                 "out of office",
                                                                 "out of the office",
                                                                 "vacation reply",
                                                                 "away from",
                                                                 "自动回复",
                                                                 "自動回覆",
                                                                 "自动答复",
                                                                 "外出时的自动",
                                                                 "不在办公室",
                                                                 "abwesenheitsnotiz",
                                                                 "automatische antwort",
                                                                 "réponse automatique",
                                                                 "respuesta automática",
                                                                 "自動返信",
                                                                 "自動応答",
                                                                 "автоответ"});
    const auto subject = lower(trimmed(message_.subject));
    const bool says = std::ranges::any_of(
        beginnings, [&](std::string_view beginning) { return subject.starts_with(beginning); });
    return says && !is_failure_subject();
  }

  bool is_auto_reply() {
    const auto submitted = header(message_, "Auto-Submitted");
    if (!submitted.empty() && !submitted.starts_with("no")) {
      const bool replied = submitted.starts_with("auto-replied") ||
                           submitted.starts_with("auto-notified");
      be(replied ? Nature::auto_reply : Nature::bulk, "Auto-Submitted");
      return true;
    }
    constexpr auto names = std::to_array<std::string_view>(
        {"X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Autoreply-From",
         "X-Mail-Autoreply", "Auto-Response", "X-Apple-Action", "X-Auto-Response"});
    for (const auto name : names) {
      const auto value = header(message_, name);
      if (value.empty() || value == "no") continue;
      if (name == "X-Apple-Action" && value != "vacation") continue;
      be(Nature::auto_reply, name);
      return true;
    }
    const auto precedence = header(message_, "Precedence");
    if (precedence == "auto_reply" || precedence == "auto-reply") {
      be(Nature::auto_reply, "Precedence");
      return true;
    }
    return is_receipt();
  }

  // "Your message was displayed" (RFC 8098).
  bool is_receipt() {
    if (!has_type(message_, "message/disposition-notification")) return false;
    be(Nature::auto_reply, "message/disposition-notification");
    return true;
  }

  bool is_list() {
    constexpr auto names = std::to_array<std::string_view>(
        {"List-Id", "List-Post", "X-Mailing-List", "X-BeenThere", "Mailing-List"});
    for (const auto name : names) {
      if (!message_.header(name)) continue;
      be(Nature::list, name);
      return true;
    }
    if (header(message_, "Precedence") != "list") return false;
    be(Nature::list, "Precedence");
    return true;
  }

  bool is_bulk() {
    const auto precedence = header(message_, "Precedence");
    if (precedence == "bulk" || precedence == "junk") {
      be(Nature::bulk, "Precedence");
      return true;
    }
    for (std::string_view name :
         {"List-Unsubscribe", "Feedback-ID", "X-Campaign", "X-CampaignID"}) {
      if (!message_.header(name)) continue;
      be(Nature::bulk, name);
      return true;
    }
    return false;
  }

  // Somebody's wish not to be answered by machines, and addresses that nobody reads.
  bool is_suppressed() const {
    const auto suppress = header(message_, "X-Auto-Response-Suppress");
    if (contains_any(suppress, std::to_array<std::string_view>({"all", "oof", "autoreply"}))) {
      return true;
    }
    if (message_.from.empty()) return true;
    const auto local = lower(message_.from.front().email);
    constexpr auto nobody = std::to_array<std::string_view>(
        {"mailer-daemon@", "postmaster@", "no-reply@", "noreply@", "no_reply@", "donotreply@",
         "do-not-reply@", "bounce@", "bounces@", "owner-", "root@"});
    return std::ranges::any_of(nobody, [&](auto name) { return local.starts_with(name); });
  }

  // The message it is about: enclosed, or copied below the text.
  void read_original() {
    for (const auto& file : message_.attachments) {
      if (file.role == Role::message) return read_marks(file.bytes);
    }
    const auto original = split_bounce(message_.text).original;
    if (!original.empty()) read_marks(original);
  }

  void read_marks(std::string_view bytes) {
    Budget budget{Limits{}};
    const auto block = read_header_block(bytes, 0, budget);
    auto value = [&](std::string_view name) {
      const auto* field = block.find(name);
      return field ? unfolded(field->value) : std::string();
    };
    made_.original_subject = decoded_words(value("Subject"), {}, budget);
    for (std::string_view name : {"Message-ID", "References"}) {
      for (auto& id : read_ids(value(name))) mark(std::move(id));
    }
    for (std::string_view name : {"Reply-To", "From"}) {
      for (auto& one : read_addresses(value(name), {}, budget)) mark(std::move(one.email));
    }
    if (made_.failures.empty()) take_recipients(value("To"), budget);
  }

  void mark(std::string text) {
    if (!text.empty() && made_.original_marks.size() < most_marks) {
      made_.original_marks.push_back(std::move(text));
    }
  }

  // Nobody is named as failed: a message with one recipient failed for that one.
  void take_recipients(std::string_view to, Budget& budget) {
    const auto list = read_addresses(to, {}, budget);
    if (list.size() != 1 || !list.front().valid) return;
    const auto report = split_bounce(message_.text).report;
    made_.failures.push_back(failure_of(list.front().email, report));
  }

  const Message& message_;
  const Circumstances& circumstances_;
  Judgement made_;
};

}  // namespace

Judgement judge(const Message& message, const Circumstances& circumstances) {
  return Judge(message, circumstances).judge();
}

}  // namespace baijin::mime
