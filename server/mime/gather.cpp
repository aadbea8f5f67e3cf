#include "mime/gather.h"

#include <algorithm>

#include "base/html.h"
#include "base/text.h"
#include "mime/characters.h"
#include "mime/charset.h"
#include "mime/flowed.h"
#include "mime/tnef.h"
#include "mime/transfer.h"

namespace baijin::mime {
namespace {

struct Item {
  bool html = false;
  std::string text;
};

// A body as those see it who want text, and those who want HTML.
struct Views {
  std::vector<Item> text;
  std::vector<Item> html;
  bool has_plain = false;
  bool has_html = false;

  void add(Views other) {
    std::ranges::move(other.text, std::back_inserter(text));
    std::ranges::move(other.html, std::back_inserter(html));
    has_plain = has_plain || other.has_plain;
    has_html = has_html || other.has_html;
  }
};

bool is_report(std::string_view type) {
  return type == "message/delivery-status" || type == "message/feedback-report" ||
         type == "message/disposition-notification" || type == "message/global-delivery-status" ||
         type == "message/global-disposition-notification" || type == "message/tracking-status";
}

bool is_message(std::string_view type) {
  return type == "message/rfc822" || type == "message/global" || type == "message/news" ||
         type == "text/rfc822-headers" || type == "message/global-headers" ||
         type == "text/rfc822" || type == "message/rfc822-headers";
}

bool is_smime(std::string_view type) {
  return type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime";
}

bool is_signature(std::string_view type) {
  return type == "application/pgp-signature" || type == "application/pkcs7-signature" ||
         type == "application/x-pkcs7-signature";
}

// <meta charset=…> or <meta http-equiv … content="text/html; charset=…"> near the beginning.
std::string_view charset_in_html(std::string_view html) {
  html = html.substr(0, 2'048);
  const auto at = find_word(html, "charset=");
  if (at == std::string_view::npos) return {};
  auto name = html.substr(at + 8);
  while (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
  return name.substr(0, name.find_first_of("\"' ;/>\r\n"));
}

std::string joined(const std::vector<Item>& items, bool as_html) {
  std::string all;
  for (const auto& item : items) {
    if (!as_html && !all.empty() && !all.ends_with('\n')) all += '\n';
    if (as_html && !item.html && !all.empty()) all += "<br>";
    if (item.html == as_html) all += item.text;
    else all += as_html ? text_to_html(item.text) : html_to_text(item.text);
  }
  return all;
}

class Gatherer {
 public:
  Gatherer(const Structure& structure, Budget& budget) : structure_(structure), budget_(budget) {}

  Gathered gather() {
    auto views = visit(0, 0);
    made_.text = joined(views.text, false);
    if (views.has_html) made_.html = joined(views.html, true);
    made_.text_from_html = views.has_html && !views.has_plain;
    for (auto& file : made_.attachments) file.name = file_name(file.name);
    recognise_inline_pgp();
    return std::move(made_);
  }

 private:
  const Part& part(std::size_t index) const { return structure_.parts[index]; }
  void note(std::string_view oddity) { made_.oddities.emplace_back(oddity); }

  // `place` is the part's place among the children of its multipart.
  Views visit(std::size_t index, std::size_t place) {
    const auto& here = part(index);
    const auto& type = here.type.value;
    if (type == "multipart/alternative") return visit_alternative(here);
    if (type == "multipart/signed") note_signed(here);
    if (type == "multipart/encrypted") made_.protection = Protection::pgp_encrypted;
    if (here.is_multipart()) {
      Views views;
      for (std::size_t i = 0; i < here.children.size(); ++i) views.add(visit(here.children[i], i));
      return views;
    }
    const bool whole = index == 0;
    const auto& around = whole ? here : part(here.parent);
    if (is_body(here, around, whole ? 0 : place)) return visit_text(here);
    return visit_file(here, around);
  }

  // RFC 8621: what is not called an attachment, and stands first or has no name, is read at once.
  static bool is_body(const Part& part, const Part& around, std::size_t place) {
    const bool text = part.is("text/plain") || part.is("text/html");
    if (!text || part.disposition.value == "attachment") return false;
    return place == 0 || around.is("multipart/alternative") ||
           (!around.is("multipart/related") && part.file_name().empty());
  }

  // The last of each kind is the richest that can be read.
  Views visit_alternative(const Part& here) {
    Views best;
    for (std::size_t i = 0; i < here.children.size(); ++i) {
      auto views = visit(here.children[i], i);
      const bool better_text = views.has_plain || (!best.has_plain && !views.text.empty());
      if (better_text) best.text = std::move(views.text);
      const bool better_html = views.has_html || (!best.has_html && !views.html.empty());
      if (better_html) best.html = std::move(views.html);
      best.has_plain = best.has_plain || views.has_plain;
      best.has_html = best.has_html || views.has_html;
    }
    return best;
  }

  void note_signed(const Part& here) {
    const auto protocol = here.type.find("protocol");
    if (find_word(protocol, "pgp-signature") != std::string_view::npos) {
      made_.protection = Protection::pgp_signed;
    } else if (find_word(protocol, "pkcs7-signature") != std::string_view::npos) {
      made_.protection = Protection::smime_signed;
    }
  }

  bool pay_for(const Part& here) {
    const bool base64 = here.encoding.starts_with("base64");
    return budget_.decoded_bytes(base64 ? here.body.size() / 4 * 3 : here.body.size());
  }

  Views visit_text(const Part& here) {
    if (!budget_.text_bytes(here.body.size())) {
      note("long_text");
      return visit_file(here, here);
    }
    if (!pay_for(here)) return {};
    auto decoded = decode_transfer(here.body, here.encoding);
    if (decoded.damaged) note("damaged_encoding");
    const bool html = here.is("text/html");
    if (!html) take_text_files(decoded.bytes);
    auto told = here.type.find("charset");
    if (html && told.empty()) told = charset_in_html(decoded.bytes);
    auto read = to_utf8(decoded.bytes, told);
    if (read.guessed) note("guessed_charset");
    if (read.text.find('\0') != std::string::npos) note("nul_bytes");
    auto text = plain_lines(read.text);
    if (!html && same_word(here.type.find("format"), "flowed")) {
      text = unflowed(text, same_word(here.type.find("delsp"), "yes"));
    }
    Views views;
    (html ? views.has_html : views.has_plain) = true;
    views.text.push_back({html, text});
    views.html.push_back({html, std::move(text)});
    return views;
  }

  // What was uuencoded into a text becomes a file of its own.
  void take_text_files(std::string& bytes) {
    std::string rest;
    std::size_t read_to = 0;
    while (true) {
      auto file = find_text_file(bytes, read_to);
      if (file.end == 0 || !budget_.part()) break;
      rest.append(bytes, read_to, file.begin - read_to);
      read_to = file.end;
      auto& added = made_.attachments.emplace_back();
      added.name = one_line(to_utf8(file.name, {}).text);
      added.type = "application/octet-stream";
      added.damaged = file.content.damaged;
      added.bytes = std::move(file.content.bytes);
    }
    if (read_to > 0) bytes = rest + bytes.substr(read_to);
  }

  Views visit_file(const Part& here, const Part& around) {
    if (!pay_for(here)) return {};
    auto decoded = decode_transfer(here.body, here.encoding);
    const auto name = here.file_name();
    if (here.is("application/ms-tnef") || here.is("application/vnd.ms-tnef") ||
        same_word(name, "winmail.dat")) {
      auto tnef = read_tnef(decoded.bytes, budget_);
      if (tnef.readable) return take_tnef(std::move(tnef));
    }
    Attachment file;
    file.role = role_of(here, around);
    file.name = name;
    file.type = here.type.value;
    file.content_id = here.content_id;
    file.method = here.is("text/calendar") ? std::string(here.type.find("method")) : std::string();
    file.inline_wanted = here.disposition.value != "attachment";
    file.damaged = decoded.damaged;
    file.bytes = std::move(decoded.bytes);
    if (is_smime(file.type)) note_smime(here);
    made_.attachments.push_back(std::move(file));
    return {};
  }

  Role role_of(const Part& here, const Part& around) const {
    const auto& type = here.type.value;
    if (around.is("multipart/encrypted") || is_smime(type)) return Role::encrypted;
    if (is_signature(type)) return Role::signature;
    const bool signs = around.is("multipart/signed") && around.children.size() > 1 &&
                       &here == &part(around.children[1]);
    if (signs) return Role::signature;
    if (is_report(type)) return Role::report;
    if (is_message(type)) return Role::message;
    if (type == "text/calendar") return Role::calendar;
    const bool beside = around.is("multipart/related") || here.disposition.value == "inline";
    if (type.starts_with("image/") && beside && here.disposition.value != "attachment") {
      return Role::inline_image;
    }
    return Role::attachment;
  }

  void note_smime(const Part& here) {
    const auto kind = lower(here.type.find("smime-type"));
    const bool is_signed = kind == "signed-data";
    made_.protection = is_signed ? Protection::smime_signed : Protection::smime_encrypted;
  }

  Views take_tnef(Tnef tnef) {
    if (tnef.damaged) note("damaged_tnef");
    std::ranges::move(tnef.attachments, std::back_inserter(made_.attachments));
    Views views;
    const bool html = !tnef.html.empty();
    const bool plain = !tnef.text.empty();
    auto text = plain_lines(plain ? tnef.text : tnef.html);
    if (plain || html) views.text.push_back({!plain, std::move(text)});
    if (html) views.html.push_back({true, plain_lines(tnef.html)});
    else if (plain) views.html.push_back({false, views.text.front().text});
    views.has_plain = plain;
    views.has_html = html;
    return views;
  }

  void recognise_inline_pgp() {
    if (made_.protection != Protection::none) return;
    const std::string_view text = made_.text;
    auto has_line = [&](std::string_view line) {
      const auto at = text.find(line);
      return at != std::string_view::npos && (at == 0 || text[at - 1] == '\n');
    };
    if (has_line("-----BEGIN PGP MESSAGE-----")) made_.protection = Protection::pgp_encrypted;
    if (has_line("-----BEGIN PGP SIGNED MESSAGE-----")) made_.protection = Protection::pgp_signed;
  }

  const Structure& structure_;
  Budget& budget_;
  Gathered made_;
};

}  // namespace

Gathered gather(const Structure& structure, Budget& budget) {
  return Gatherer(structure, budget).gather();
}

std::string likely_charset(const Structure& structure) {
  for (const auto& part : structure.parts) {
    const auto charset = part.type.find("charset");
    if (part.type.value.starts_with("text/") && !charset.empty()) return std::string(charset);
  }
  return {};
}

std::string file_name(std::string_view told) {
  const auto slash = told.find_last_of("/\\");
  auto name = one_line(slash == std::string_view::npos ? told : told.substr(slash + 1));
  if (name == "." || name == "..") return {};
  constexpr std::int64_t longest = 200;
  if (code_points(name) <= longest) return name;
  const auto dot = name.rfind('.');
  const bool keeps = dot != std::string::npos && name.size() - dot <= 16;
  return shorten(name, longest - 20) + (keeps ? name.substr(dot) : std::string());
}

}  // namespace baijin::mime
