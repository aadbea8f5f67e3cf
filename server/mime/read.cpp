#include "mime/read.h"

#include <algorithm>
#include <set>

#include "base/html.h"
#include "mime/addresses.h"
#include "mime/characters.h"
#include "mime/encoded_words.h"
#include "mime/gather.h"
#include "mime/mail_date.h"
#include "mime/structure.h"

namespace baijin::mime {
namespace {

constexpr std::size_t most_references = 100;

class MessageReader {
 public:
  MessageReader(std::string_view bytes, const Limits& limits)
      : bytes_(bytes), budget_(limits), limits_(limits) {}

  Message read() {
    if (bytes_.size() > limits_.message_bytes) {
      budget_.meet(TooMuch::message_bytes);
      bytes_ = bytes_.substr(0, limits_.header_bytes);  // enough to say who wrote, and about what
    }
    normalise_line_ends();
    const auto structure = read_structure(bytes_, budget_);
    if (structure.parts.empty()) return finish();
    hint_ = likely_charset(structure);
    read_headers(structure.parts.front().head);
    message_.type = structure.parts.front().type.value;
    if (budget_.met() != TooMuch::message_bytes) read_bodies(structure);
    if (structure.bare_multipart) note("no_boundary");
    if (structure.unterminated) note("unterminated_multipart");
    return finish();
  }

 private:
  void note(std::string_view oddity) { message_.oddities.emplace_back(oddity); }

  // A message whose lines end in CR alone is read as if they ended in LF.
  void normalise_line_ends() {
    const auto feed = bytes_.find('\n');
    if (feed != std::string_view::npos || bytes_.find('\r') == std::string_view::npos) return;
    replaced_ = bytes_;
    std::ranges::replace(replaced_, '\r', '\n');
    bytes_ = replaced_;
    note("bare_cr");
  }

  void read_headers(const HeaderBlock& head) {
    if (!head.ended && head.body < bytes_.size()) note("no_header_end");
    if (head.bad_lines) note("bad_header_lines");
    for (const auto& field : head.fields) {
      const auto value = unfolded(field.value);
      if (field.value.find('\0') != std::string_view::npos) note("nul_bytes");
      message_.headers.push_back({one_line(field.name), decoded_words(value, hint_, budget_)});
      read_field(field.name, value);
    }
    std::erase(message_.references, std::string());
  }

  void read_field(std::string_view name, std::string_view value) {
    if (same_word(name, "From")) take_addresses(message_.from, value, "duplicate_from");
    else if (same_word(name, "Sender")) take_addresses(message_.sender, value, "duplicate_sender");
    else if (same_word(name, "Reply-To"))
      take_addresses(message_.reply_to, value, "duplicate_reply_to");
    else if (same_word(name, "To")) take_addresses(message_.to, value, {});
    else if (same_word(name, "Cc")) take_addresses(message_.cc, value, {});
    else if (same_word(name, "Bcc")) take_addresses(message_.bcc, value, {});
    else if (same_word(name, "Subject")) take_subject();
    else if (same_word(name, "Date")) take_date(value);
    else if (same_word(name, "Message-ID")) take_message_id(value);
    else if (same_word(name, "In-Reply-To")) add_ids(message_.in_reply_to, value);
    else if (same_word(name, "References")) add_ids(message_.references, value);
  }

  // To and Cc may be written in several lines; of the others the first one counts.
  void take_addresses(std::vector<Address>& list, std::string_view value, std::string_view oddity) {
    if (!oddity.empty() && !list.empty()) return note(oddity);
    auto more = read_addresses(value, hint_, budget_);
    std::ranges::move(more, std::back_inserter(list));
  }

  void take_subject() {
    if (has_subject_) return note("duplicate_subject");
    has_subject_ = true;
    message_.subject = message_.headers.back().value;
  }

  void take_date(std::string_view value) {
    if (message_.date != DateState::absent) return note("duplicate_date");
    const auto date = read_date(value);
    message_.sent_at = date.time;
    message_.zone_minutes = date.zone_minutes;
    message_.date = date.state;
  }

  void take_message_id(std::string_view value) {
    if (!message_.message_id.empty()) return note("duplicate_message_id");
    const auto ids = read_ids(value);
    if (!ids.empty()) message_.message_id = ids.front();
  }

  static void add_ids(std::vector<std::string>& list, std::string_view value) {
    auto ids = read_ids(value);
    std::ranges::move(ids, std::back_inserter(list));
    if (list.size() <= most_references) return;
    list.erase(list.begin() + 1, list.end() - static_cast<std::ptrdiff_t>(most_references - 1));
  }

  void read_bodies(const Structure& structure) {
    auto gathered = gather(structure, budget_);
    message_.text = std::move(gathered.text);
    message_.html = std::move(gathered.html);
    message_.text_from_html = gathered.text_from_html;
    message_.attachments = std::move(gathered.attachments);
    message_.protection = gathered.protection;
    std::ranges::move(gathered.oddities, std::back_inserter(message_.oddities));
    recognise_inline_images();
    if (trimmed(message_.text).empty() && !message_.html.empty()) {
      message_.text = html_to_text(message_.html);
      message_.text_from_html = true;
    }
    while (message_.text.ends_with('\n') || message_.text.ends_with(' ')) message_.text.pop_back();
  }

  // An image that the HTML names is part of it, wherever it stands.
  void recognise_inline_images() {
    std::set<std::string, std::less<>> named;
    const std::string_view html = message_.html;
    for (auto at = find_word(html, "cid:"); at != std::string_view::npos;
         at = find_word(html, "cid:", at + 4)) {
      const auto rest = html.substr(at + 4, 1'000);
      named.emplace(rest.substr(0, rest.find_first_of("\"'> )\n")));
    }
    for (auto& file : message_.attachments) {
      const bool image = file.role == Role::attachment && file.type.starts_with("image/");
      if (image && named.contains(file.content_id)) file.role = Role::inline_image;
    }
  }

  Message finish() {
    message_.too_much = budget_.met();
    std::set<std::string, std::less<>> seen;
    std::erase_if(message_.oddities, [&](const auto& slug) { return !seen.insert(slug).second; });
    return std::move(message_);
  }

  std::string_view bytes_;
  std::string replaced_;
  Budget budget_;
  Limits limits_;
  std::string hint_;
  Message message_;
  bool has_subject_ = false;
};

}  // namespace

Message read_message(std::string_view bytes, const Limits& limits) {
  return MessageReader(bytes, limits).read();
}

}  // namespace baijin::mime
