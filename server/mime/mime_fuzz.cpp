// Whatever comes in as a message: reading it ends, its texts are plain, its parts fold without loss
// of order, and it travels between processes unchanged (security.md R21).
#include <cstdlib>

#include "base/text.h"
#include "mime/characters.h"
#include "mime/nature.h"
#include "mime/quoted.h"
#include "mime/read.h"
#include "mime/reference.h"
#include "mime/wire.h"

namespace {

using namespace baijin::mime;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_line(std::string_view line) {
  require(baijin::is_utf8(line));
  for (char c : line) require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
}

void check_lines(std::string_view text) {
  require(baijin::is_utf8(text));
  for (char c : text) {
    require(static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t');
  }
}

void check_addresses(const std::vector<Address>& addresses) {
  for (const auto& one : addresses) {
    check_line(one.name);
    check_line(one.email);
    check_line(one.group);
    if (one.valid) require(baijin::clean_email(one.email) == one.email);
  }
}

void check(std::string_view bytes, int depth) {
  const auto message = read_message(bytes);
  check_line(message.subject);
  check_lines(message.text);
  check_lines(message.html);
  for (const auto* list : {&message.from, &message.to, &message.cc, &message.reply_to}) {
    check_addresses(*list);
  }
  for (const auto& header : message.headers) check_line(header.value);
  for (const auto& file : message.attachments) {
    check_line(file.name);
    require(file.name.find('/') == std::string::npos);
  }
  require(from_wire(to_wire(message)) == message);
  const auto judged = judge(message, {"mark", false});
  for (const auto& failure : judged.failures) check_line(failure.recipient);
  const auto text = fold_text(message.text);
  require(text.quoted.empty() || !trimmed(text.visible).empty());
  fold_html(message.html);
  claimed_tickets(message.text);
  for (const auto& file : message.attachments) {
    if (file.role == Role::message && depth < 3) check(file.bytes, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  check({reinterpret_cast<const char*>(bytes), size}, 0);
  return 0;
}
