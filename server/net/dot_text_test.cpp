#include "net/dot_text.h"

#include <gtest/gtest.h>

namespace baijin::net {
namespace {

std::string written(std::string_view message, std::size_t piece = 1'000) {
  std::string out;
  DotWriter writer;
  for (std::size_t at = 0; at < message.size(); at += piece) {
    writer.add(out, message.substr(at, piece));
  }
  writer.end(out);
  return out;
}

std::string read(std::string_view wire, std::size_t piece, std::size_t& used) {
  std::string message;
  DotReader reader;
  for (used = 0; used < wire.size() && !reader.done();) {
    const auto some = wire.substr(used, piece);
    used += reader.read(some, [&](std::string_view bytes) { message += bytes; });
  }
  EXPECT_TRUE(reader.done()) << wire;
  return message;
}

// How many messages a server sees that takes any of these for an end: the strict one and those that
// smuggling lives on.
int ends_seen_by_the_lax(std::string_view wire) {
  int ends = 0;
  for (std::size_t at = 0; at + 1 < wire.size(); ++at) {
    const bool line_begins = at == 0 || wire[at - 1] == '\n' || wire[at - 1] == '\r';
    const bool line_ends = wire[at + 1] == '\r' || wire[at + 1] == '\n';
    if (wire[at] == '.' && line_begins && line_ends) ++ends;
  }
  return ends;
}

TEST(DotText, ArrivesByteForByteWhenItsLinesEndInCrlf) {  // M8
  for (std::string_view message : {"", "a\r\n", ".\r\n", "..\r\n", ".a\r\n..b\r\n", "\r\n.\r\n\r\n",
                                   "Subject: x\r\n\r\n.\r\n..\r\n.\r\n"}) {
    for (std::size_t piece : {1, 2, 3, 1'000}) {
      std::size_t used = 0;
      const auto wire = written(message, piece) + "QUIT\r\n";
      EXPECT_EQ(read(wire, piece, used), message);
      EXPECT_EQ(wire.substr(used), "QUIT\r\n");
    }
  }
}

TEST(DotText, HasExactlyOneEndWhateverIsInIt) {  // M8: SMTP smuggling
  for (std::string_view message :
       {"a\n.\r\nMAIL FROM:<x@y>\r\n", "a\r.\rb", "a\n.\nb", "a\r\n.\nb", "a\r.\r\nb", "a\n.\rb",
        "\n.\r\n", ".", ".\r", ".\n", "a\r\r\n.\r\n", "a\n\r.\n\rb", "\r\n\x00.\r\n"}) {
    for (std::size_t piece : {1, 2, 1'000}) {
      const auto wire = written(message, piece);
      EXPECT_EQ(ends_seen_by_the_lax(wire), 1) << wire;
      EXPECT_TRUE(wire.ends_with("\r\n.\r\n") || wire == ".\r\n") << wire;
    }
  }
}

TEST(DotText, MakesCrlfOfEveryOtherLineEnd) {
  EXPECT_EQ(written("a\nb\rc\r\nd\r\r\ne\n\rf"), "a\r\nb\r\nc\r\nd\r\n\r\ne\r\n\r\nf\r\n.\r\n");
}

TEST(DotText, TakesOnlyCrlfForTheEndOfALineOffTheWire) {
  std::size_t used = 0;
  EXPECT_EQ(read("a\n.\r\nb\r.\r\n\r\n..c\r\n.\rd\r\n.\r\n", 1, used),
            "a\n.\r\nb\r.\r\n\r\n.c\r\n\rd\r\n");
}

}  // namespace
}  // namespace baijin::net
