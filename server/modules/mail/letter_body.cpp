#include "modules/mail/letter_body.h"

#include "base/error.h"
#include "base/html.h"
#include "base/text.h"
#include "mime/quoted.h"

namespace baijin::mail {
namespace {

constexpr std::int64_t most_characters = 100'000;

using Names = std::map<std::string, std::string, std::less<>>;

// cid:NAME → what the name stands for; the letter wrote it, so anything may stand there, and the
// sanitiser comes after.
std::string with_images(std::string_view html, const Names& files) {
  if (files.empty()) return std::string(html);
  std::string made;
  std::size_t at = 0;
  while (true) {
    auto found = html.find("cid:", at);
    made.append(html.substr(at, found == html.npos ? html.npos : found - at));
    if (found == html.npos) return made;
    auto end = html.find_first_of("\"' >)", found);
    auto name = html.substr(found + 4, end == html.npos ? html.npos : end - found - 4);
    auto file = files.find(name);
    if (file == files.end()) made.append("cid:").append(name);
    else made.append(file->second);
    if (end == html.npos) return made;
    at = end;
  }
}

// Plain text without links: what is left when the rest is too much (X6).
std::string bare(std::string_view text) {
  std::string made;
  for (char c : text) {
    if (c == '\n') made += "<br>";
    else made += escape_html(std::string_view(&c, 1));
  }
  return sanitise(made).html;
}

std::string safe_text(std::string_view text) {
  auto shown = shorten(text, most_characters / 8);
  try {
    return sanitise(text_to_html(shown)).html;
  } catch (const Error&) {
    return bare(shown);
  }
}

bool has_content(std::string_view html) {
  return !html_to_text(html).empty() || html.find("<img") != html.npos;
}

// The HTML made safe; nothing when it is too large or too complex to be shown.
std::optional<std::string> safe_html(std::string_view html, const Names& files) {
  try {
    auto safe = sanitise(with_images(html, files)).html;
    if (code_points(safe) <= most_characters) return safe;
  } catch (const Error&) {
    return {};
  }
  return {};
}

}  // namespace

LetterBody body_of(const mime::Message& letter, const Names& files) {
  LetterBody body;
  if (!letter.html.empty()) {
    auto folded = mime::fold_html(letter.html);
    if (auto safe = safe_html(folded.visible, files); safe && has_content(*safe)) {
      body.html = std::move(*safe);
      body.folded = has_content(folded.quoted) || has_content(folded.signature);
      return body;
    }
    // Nothing but a quotation, or too much: the text says it, or all of it is shown.
    if (auto whole = safe_html(letter.html, files); whole && has_content(*whole)) {
      return {std::move(*whole), false};
    }
  }
  auto folded = mime::fold_text(letter.text);
  auto visible = folded.visible.empty() ? letter.text : folded.visible;
  if (visible.empty()) return body;
  body.folded = visible.size() < letter.text.size() || code_points(visible) > most_characters / 8;
  body.html = safe_text(visible);
  return body;
}

std::string whole_body_of(const mime::Message& letter) {
  Names parts;
  for (std::size_t i = 0; i < letter.attachments.size(); ++i) {
    const auto& name = letter.attachments[i].content_id;
    if (!name.empty()) parts.emplace(name, "cid:part-" + std::to_string(i + 1));
  }
  if (!letter.html.empty()) {
    if (auto safe = safe_html(letter.html, parts)) return *safe;
  }
  return letter.text.empty() ? std::string() : safe_text(letter.text);
}

std::string_view picture_type(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "image/gif";
  if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv)) return "image/webp";
  return {};
}

}  // namespace baijin::mail
