#include <algorithm>
#include <chrono>

#include "base/html.h"
#include "base/text.h"
#include "mime/characters.h"
#include "mime/encode.h"
#include "mime/letter.h"

namespace baijin::mime {
namespace {

constexpr std::size_t largest = 64 << 20;
constexpr std::size_t most_references = 30;

// "Mon, 5 Jan 2026 10:00:00 +0800"
std::string date_text(Time time, int zone_minutes) {
  using namespace std::chrono;
  constexpr std::string_view days = "SunMonTueWedThuFriSat";
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const int zone = std::clamp(zone_minutes, -14 * 60, 14 * 60);
  const std::int64_t local = time.us / 1'000'000 + zone * std::int64_t{60};
  const sys_seconds at{std::chrono::seconds(local)};
  const auto day = floor<std::chrono::days>(at);
  const year_month_day date(day);
  const hh_mm_ss clock(at - day);
  auto two = [](auto number) {
    const auto value = static_cast<int>(number);
    return std::string(1, static_cast<char>('0' + value / 10)) +
           static_cast<char>('0' + value % 10);
  };
  const int absolute = zone < 0 ? -zone : zone;
  return std::string(days.substr(weekday(day).c_encoding() * 3, 3)) + ", " +
         std::to_string(static_cast<unsigned>(date.day())) + " " +
         std::string(months.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3)) + " " +
         std::to_string(static_cast<int>(date.year())) + " " + two(clock.hours().count()) + ":" +
         two(clock.minutes().count()) + ":" + two(clock.seconds().count()) + " " +
         (zone < 0 ? "-" : "+") + two(absolute / 60) + two(absolute % 60);
}

// "image/png", or what says nothing.
std::string media_type(std::string_view told) {
  constexpr std::string_view signs = "!#$&^_.+-";
  const auto type = lower(trimmed(told));
  const auto slash = type.find('/');
  bool good = slash != std::string::npos && slash > 0 && slash + 1 < type.size() &&
              type.size() <= 127 && type.find('/', slash + 1) == std::string::npos;
  for (char c : type) {
    good = good && (c == '/' || is_digit(c) || (c >= 'a' && c <= 'z') ||
                    signs.find(c) != std::string_view::npos);
  }
  // These would have to stand unencoded, or be taken for a part of the message.
  const bool own = type.starts_with("multipart/") || type.starts_with("message/");
  return good && !own ? type : "application/octet-stream";
}

// As < > hold it: no blanks, brackets or control characters.
std::string content_id(std::string_view told) {
  std::string id;
  for (char c : told.substr(0, 200)) {
    if (c > ' ' && c < 0x7F && std::string_view("<>\"()\\").find(c) == std::string_view::npos)
      id += c;
  }
  return id;
}

std::string text_with_history(const Letter& letter) {
  auto text = plain_lines(letter.text.empty() ? html_to_text(letter.html) : letter.text);
  if (letter.history.introduction.empty()) return text;
  const auto& history = letter.history;
  const auto quoted = plain_lines(history.text.empty() ? html_to_text(history.html) : history.text);
  while (text.ends_with('\n')) text.pop_back();
  text += "\n\n" + one_line(history.introduction) + "\n";
  for (std::size_t at = 0; at < quoted.size();) {
    const auto feed = std::min(quoted.find('\n', at), quoted.size());
    text += feed > at && quoted[at] == '>' ? ">" : "> ";
    text.append(quoted, at, feed - at).append("\n");
    at = feed + 1;
  }
  return text;
}

std::string html_with_history(const Letter& letter) {
  auto html = plain_lines(letter.html);
  if (letter.history.introduction.empty()) return html;
  const auto& history = letter.history;
  html += "<br><div class=\"gmail_quote\"><div>" + escape_html(one_line(history.introduction)) +
          "</div><blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;border-left:1px solid "
          "#ccc;padding-left:1ex\">" +
          (history.html.empty() ? text_to_html(history.text) : plain_lines(history.html)) +
          "</blockquote></div>";
  return html;
}

class Composer {
 public:
  explicit Composer(const Letter& letter) : letter_(letter) {}

  std::string compose() {
    check();
    write_headers();
    write_body();
    return std::move(out_);
  }

 private:
  void check() const {
    if (letter_.to.empty() && letter_.cc.empty()) throw invalid("no_recipient");
    std::size_t size = letter_.text.size() + letter_.html.size() + letter_.history.text.size() +
                       letter_.history.html.size();
    for (const auto* list : {&letter_.inline_images, &letter_.attachments}) {
      for (const auto& file : *list) size += file.bytes.size();
    }
    if (size > largest) throw Error(Kind::too_large, "too_large");
  }

  void write_headers() {
    append_text_header(out_, "Date", date_text(letter_.sent_at, letter_.zone_minutes));
    append_address_header(out_, "From", {letter_.from});
    if (!letter_.sender.email.empty()) append_address_header(out_, "Sender", {letter_.sender});
    if (!letter_.reply_to.empty()) append_address_header(out_, "Reply-To", letter_.reply_to);
    if (!letter_.to.empty()) append_address_header(out_, "To", letter_.to);
    if (!letter_.cc.empty()) append_address_header(out_, "Cc", letter_.cc);
    append_text_header(out_, "Subject", letter_.subject);
    append_id_header(out_, "Message-ID", {letter_.message_id});
    if (!letter_.in_reply_to.empty()) append_id_header(out_, "In-Reply-To", {letter_.in_reply_to});
    if (!letter_.references.empty()) append_id_header(out_, "References", kept_references());
    write_automatic_headers();
    if (!letter_.language.empty()) append_text_header(out_, "Content-Language", letter_.language);
    out_ += "MIME-Version: 1.0\r\n";
  }

  std::vector<std::string> kept_references() const {
    auto kept = letter_.references;
    if (kept.size() > most_references + 1) {
      kept.erase(kept.begin() + 1, kept.end() - static_cast<std::ptrdiff_t>(most_references));
    }
    return kept;
  }

  // RFC 3834, and what Microsoft's servers look for instead.
  void write_automatic_headers() {
    if (letter_.automatic != Automatic::no) {
      const bool replied = letter_.automatic == Automatic::replied;
      out_ += replied ? "Auto-Submitted: auto-replied\r\n" : "Auto-Submitted: auto-generated\r\n";
      out_ += "X-Auto-Response-Suppress: All\r\n";
    }
    if (!letter_.loop_mark.empty()) append_text_header(out_, "X-Baijin-Loop", letter_.loop_mark);
    const auto address = one_line(letter_.list_unsubscribe);
    const bool usable = (address.starts_with("https://") || address.starts_with("mailto:")) &&
                        address.find_first_of(" <>,\"") == std::string::npos &&
                        !has_high(address) && address.size() < 900;
    if (!usable) return;
    out_ += "List-Unsubscribe: <" + address + ">\r\n";
    if (address.starts_with("https://")) {
      out_ += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    }
  }

  // "=_" stands in no line of quoted-printable or base64. The rest tells this message's boundaries
  // from those of another one inside of it or around it.
  std::string boundary() {
    std::uint64_t hash = 0xCBF29CE484222325;  // FNV-1a
    for (char c : letter_.message_id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    return "=_" + std::to_string(hash) + "_" + std::to_string(++boundaries_);
  }

  void begin_multipart(std::string_view kind, std::string_view boundary_text) {
    out_.append("Content-Type: multipart/").append(kind);
    out_.append(";\r\n boundary=\"").append(boundary_text).append("\"\r\n\r\n");
  }
  void begin_part(std::string_view boundary_text) {
    out_.append("--").append(boundary_text).append("\r\n");
  }
  void end_multipart(std::string_view boundary_text) {
    out_.append("--").append(boundary_text).append("--\r\n");
  }

  void write_body() {
    if (letter_.attachments.empty()) return write_alternatives();
    const auto mark = boundary();
    begin_multipart("mixed", mark);
    begin_part(mark);
    write_alternatives();
    for (const auto& file : letter_.attachments) {
      begin_part(mark);
      write_file(file, "attachment");
    }
    end_multipart(mark);
  }

  void write_alternatives() {
    const auto text = text_with_history(letter_);
    if (letter_.html.empty()) return write_text("plain", text);
    const auto mark = boundary();
    begin_multipart("alternative", mark);
    begin_part(mark);
    write_text("plain", text);
    begin_part(mark);
    write_related();
    end_multipart(mark);
  }

  void write_related() {
    const auto html = html_with_history(letter_);
    if (letter_.inline_images.empty()) return write_text("html", html);
    const auto mark = boundary();
    out_.append("Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\"");
    out_.append(mark).append("\"\r\n\r\n");
    begin_part(mark);
    write_text("html", html);
    for (const auto& image : letter_.inline_images) {
      begin_part(mark);
      write_file(image, "inline");
    }
    end_multipart(mark);
  }

  void write_text(std::string_view subtype, std::string_view text) {
    out_.append("Content-Type: text/").append(subtype).append("; charset=UTF-8\r\n");
    append_encoded_text(out_, text);
  }

  void write_file(const Enclosure& file, std::string_view disposition) {
    out_.append("Content-Type: ").append(media_type(file.type));
    if (!file.name.empty()) append_file_name(out_, "name", file.name);
    out_.append("\r\nContent-Disposition: ").append(disposition);
    if (!file.name.empty()) append_file_name(out_, "filename", file.name);
    out_ += "\r\n";
    if (const auto id = content_id(file.content_id); !id.empty()) {
      out_ += "Content-ID: <" + id + ">\r\n";
    }
    out_ += "Content-Transfer-Encoding: base64\r\n\r\n";
    append_base64(out_, file.bytes);
  }

  const Letter& letter_;
  std::string out_;
  int boundaries_ = 0;
};

}  // namespace

std::string compose_message(const Letter& letter) { return Composer(letter).compose(); }

std::vector<std::string> recipients_of(const Letter& letter) {
  std::vector<std::string> recipients;
  for (const auto* list : {&letter.to, &letter.cc}) {
    for (const auto& one : *list) {
      auto email = clean_email(one.email);
      const bool known = std::ranges::any_of(
          recipients, [&](const auto& other) { return same_word(other, email); });
      if (!known) recipients.push_back(std::move(email));
    }
  }
  if (recipients.empty()) throw invalid("no_recipient");
  return recipients;
}

}  // namespace baijin::mime
