#pragma once
// Reads what an IMAP server says (RFC 3501 §7, §9), one reply at a time. Messages stream through to
// a sink; everything else is small or refused: a pure function of octets, for tests and fuzzing
// (checklist 40, R21). Throws LineFailure peer_garbled, peer_too_long, and what the source throws.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/line_source.h"

namespace baijin::net {

struct ImapReply {
  enum class Kind {
    go_on,       // "+ …"
    tagged,      // the end of a command: OK, NO, BAD
    status,      // untagged: OK, NO, BAD, BYE, PREAUTH
    capability,  // `text` holds them
    count,       // EXISTS, RECENT, EXPUNGE, with `number`
    fetch,
    list,
    other,  // what nobody asked for
  };
  Kind kind = Kind::other;
  std::string tag;
  std::string word;  // in upper case: OK, EXISTS, SEARCH …
  std::string code;  // what stood in brackets: "UIDVALIDITY 17"
  std::string text;  // for people; of a list the name of the folder as it came
  std::uint32_t number = 0;
  // Of a FETCH: what was there of it.
  std::optional<std::uint32_t> uid;
  std::optional<std::int64_t> size;
  std::optional<std::int64_t> body;  // how many octets of the message came
  bool selectable = true;            // of a LIST
};

class ImapReader {
 public:
  explicit ImapReader(LineSource& source) : source_(source) {}
  // `body` takes the octets of a message. One longer than `longest_body` is peer_too_long, and one
  // that nobody asked for peer_garbled.
  ImapReply next(std::int64_t longest_body = 0, const Octets& body = {});

 private:
  void read_rest_of_line();
  bool at_end() const { return at_ >= line_.size(); }
  char peek() const { return at_end() ? '\0' : line_[at_]; }
  bool skip(char c);
  void expect(char c);
  std::string_view atom();
  std::string item_name();
  std::uint32_t number();
  std::int64_t literal_size();
  std::int64_t value(std::int64_t longest, const Octets& sink);
  std::string text_value();
  void skip_value();
  void skip_literals();
  void read_status(ImapReply& reply);
  void read_numbered(ImapReply& reply, std::int64_t longest_body, const Octets& body);
  void read_fetch(ImapReply& reply, std::int64_t longest_body, const Octets& body);
  void read_list(ImapReply& reply);

  LineSource& source_;
  std::string line_;
  std::size_t at_ = 0;
  int literals_ = 0;  // of this reply
};

}  // namespace baijin::net
