#include "mime/tnef.h"

#include <optional>

#include "mime/characters.h"
#include "mime/charset.h"
#include "mime/little_endian.h"
#include "mime/rtf.h"

namespace baijin::mime {
namespace {

constexpr std::size_t longest_rtf = 2 << 20;
constexpr std::uint32_t signature = 0x223E9F78;

// Attributes (MS-OXTNEF §2.1.3.2) …
enum Attribute : std::uint32_t {
  body = 0x0002800C,
  attach_data = 0x0006800F,
  attach_title = 0x00018010,
  attach_rendering = 0x00069002,
  message_properties = 0x00069003,
  attach_properties = 0x00069005,
  oem_codepage = 0x00069007,
};
// … and properties inside of them (MS-OXPROPS).
enum Property : std::uint32_t {
  plain_body = 0x1000,
  packed_rtf = 0x1009,
  html_body = 0x1013,
  display_name = 0x3001,
  attached_bytes = 0x3701,
  short_name = 0x3704,
  long_name = 0x3707,
  media_type = 0x370E,
  content_id = 0x3712,
  internet_codepage = 0x3FDE,
};
enum Type : std::uint32_t {
  object = 0x000D,
  text = 0x001E,
  wide_text = 0x001F,
  binary = 0x0102,
  many = 0x1000,  // a flag
};

struct Value {
  std::uint32_t id = 0;
  std::uint32_t type = 0;
  std::uint32_t number = 0;
  std::string_view bytes;
};

bool has_length(std::uint32_t type) {
  return type == object || type == text || type == wide_text || type == binary;
}

std::size_t fixed_size(std::uint32_t type) {
  switch (type) {
    case 0x0001: return 0;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040: return 8;
    case 0x0048: return 16;
    default: return 4;
  }
}

std::size_t padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

// Calls sink with each property; stops where the bytes end.
template <class Sink>
void each_property(std::string_view bytes, const Sink& sink) {
  LittleEndian in(bytes);
  const auto count = in.number(4);
  for (std::uint32_t i = 0; i < count && !in.broken() && !in.at_end(); ++i) {
    Value value;
    const auto type = in.number(2);
    value.type = type & ~std::uint32_t{many};
    value.id = in.number(2);
    if (value.id >= 0x8000) {  // a named one: its name is skipped
      in.take(16);
      const auto kind = in.number(4);
      const auto length = in.number(4);
      if (kind == 1) in.take(padded(length));
    }
    const bool variable = has_length(value.type);
    const auto values = (type & many) != 0 || variable ? in.number(4) : 1;
    for (std::uint32_t v = 0; v < values && !in.broken() && !in.at_end(); ++v) {
      if (variable) {
        const auto length = in.number(4);
        value.bytes = in.take(length);
        in.take(padded(length) - length);
      } else {
        const auto raw = in.take(fixed_size(value.type));
        value.number = LittleEndian(raw).number(std::min<std::size_t>(raw.size(), 4));
      }
      if (!in.broken()) sink(value);
    }
  }
}

std::string charset_of(std::uint32_t codepage) {
  switch (codepage) {
    case 0: return {};
    case 936: return "gb18030";
    case 950: return "big5";
    case 65000: return "utf-7";
    case 65001: return "utf-8";
    case 20127: return "us-ascii";
    case 28591: return "iso-8859-1";
    case 54936: return "gb18030";
    default: return "windows-" + std::to_string(codepage);
  }
}

class TnefReader {
 public:
  explicit TnefReader(Budget& budget) : budget_(budget) {}

  Tnef read(std::string_view bytes) {
    LittleEndian in(bytes);
    made_.readable = in.number(4) == signature;
    in.number(2);
    while (made_.readable && !in.at_end()) {
      in.number(1);  // whether of the message or of an attachment: the attribute says so as well
      const auto attribute = in.number(4);
      const auto length = in.number(4);
      const auto content = in.take(length);
      in.number(2);  // a check sum
      if (in.broken()) break;
      take(attribute, content);
    }
    made_.damaged = in.broken();
    finish_body();
    std::erase_if(made_.attachments, [](const auto& file) { return file.bytes.empty(); });
    return std::move(made_);
  }

 private:
  void take(std::uint32_t attribute, std::string_view content) {
    switch (attribute) {
      case body: body_ = content; break;
      case oem_codepage: codepage_ = LittleEndian(content).number(4); break;
      case message_properties:
        each_property(content, [&](const Value& value) { take_of_message(value); });
        break;
      case attach_rendering: begin_attachment(); break;
      case attach_data: keep(content); break;
      case attach_title:
        if (auto* file = current(); file && file->name.empty()) file->name = narrow(content);
        break;
      case attach_properties:
        each_property(content, [&](const Value& value) { take_of_attachment(value); });
        break;
      default: break;
    }
  }

  void take_of_message(const Value& value) {
    switch (value.id) {
      case internet_codepage: html_codepage_ = value.number; break;
      case plain_body:
        text_ = value.type == wide_text ? wide(value.bytes) : narrow(value.bytes);
        break;
      case html_body: html_ = value.bytes; break;
      case packed_rtf: rtf_ = value.bytes; break;
      default: break;
    }
  }

  void take_of_attachment(const Value& value) {
    auto* file = current();
    if (!file) return;
    auto said = [&] { return value.type == wide_text ? wide(value.bytes) : narrow(value.bytes); };
    switch (value.id) {
      case long_name: file->name = said(); break;
      case short_name:
      case display_name:
        if (file->name.empty()) file->name = said();
        break;
      case media_type: file->type = lower(said()); break;
      case content_id: file->content_id = said(); break;
      case attached_bytes:
        // An embedded message stands behind the name of an interface, 16 bytes long.
        if (value.type == object && value.bytes.size() > 16) {
          keep(value.bytes.substr(16));
          file->type = "application/ms-tnef";
        } else {
          keep(value.bytes);
        }
        break;
      default: break;
    }
  }

  void begin_attachment() {
    full_ = full_ || !budget_.part();
    if (!full_) made_.attachments.emplace_back().type = "application/octet-stream";
  }
  Attachment* current() {
    return full_ || made_.attachments.empty() ? nullptr : &made_.attachments.back();
  }
  void keep(std::string_view content) {
    auto* file = current();
    if (file && file->bytes.empty() && budget_.decoded_bytes(content.size())) file->bytes = content;
  }

  std::string narrow(std::string_view bytes) const {
    return std::string(without_nul(to_utf8(bytes, charset_of(codepage_)).text));
  }
  static std::string wide(std::string_view bytes) {
    return std::string(without_nul(to_utf8(bytes, "utf-16le").text));
  }
  static std::string_view without_nul(std::string_view text) {
    return text.substr(0, text.find('\0'));
  }

  void finish_body() {
    if (!budget_.text_bytes(html_.size() + body_.size() + text_.size())) return;
    if (!html_.empty()) {
      const auto codepage = html_codepage_ != 0 ? html_codepage_ : codepage_;
      made_.html = to_utf8(html_, charset_of(codepage)).text;
    } else if (!rtf_.empty()) {
      const auto rtf = unpacked_rtf(rtf_, longest_rtf);
      if (!budget_.text_bytes(rtf.size())) return;
      auto read = read_rtf(rtf);
      (read.is_html ? made_.html : made_.text) = std::move(read.text);
    }
    if (!text_.empty()) made_.text = text_;
    else if (!body_.empty()) made_.text = narrow(body_);
  }

  Budget& budget_;
  Tnef made_;
  std::uint32_t codepage_ = 0;
  std::uint32_t html_codepage_ = 0;
  std::string_view body_;
  std::string_view html_;
  std::string_view rtf_;
  std::string text_;
  bool full_ = false;
};

}  // namespace

Tnef read_tnef(std::string_view bytes, Budget& budget) { return TnefReader(budget).read(bytes); }

}  // namespace baijin::mime
