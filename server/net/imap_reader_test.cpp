#include "net/imap_reader.h"

#include <gtest/gtest.h>

#include "net/test_source.h"

namespace baijin::net {
namespace {

using testing::reason_of;
using testing::TextSource;
using Kind = ImapReply::Kind;

struct Read {
  ImapReply reply;
  std::string body;
};

Read read(std::string_view text, std::int64_t longest = 1'000) {
  TextSource source(text);
  ImapReader reader(source);
  Read made;
  made.reply = reader.next(longest, [&](std::string_view piece) { made.body += piece; });
  EXPECT_EQ(source.rest(), "") << text;
  return made;
}

TEST(ImapReader, ReadsTheEndsOfCommands) {
  const auto good = read("b1 OK [CAPABILITY IMAP4rev1 IDLE] Logged in\r\n").reply;
  EXPECT_EQ(good.kind, Kind::tagged);
  EXPECT_EQ(good.tag, "b1");
  EXPECT_EQ(good.word, "OK");
  EXPECT_EQ(good.code, "CAPABILITY IMAP4rev1 IDLE");
  EXPECT_EQ(good.text, "Logged in");
  EXPECT_EQ(read("b2 no\r\n").reply.word, "NO");
  EXPECT_EQ(read("b2 BAD what {3}\r\n").reply.text, "what {3}");
}

TEST(ImapReader, ReadsWhatIsSaidInBetween) {
  EXPECT_EQ(read("* OK [UIDVALIDITY 17] x\r\n").reply.code, "UIDVALIDITY 17");
  EXPECT_EQ(read("* BYE bye\r\n").reply.word, "BYE");
  EXPECT_EQ(read("* PREAUTH hi\r\n").reply.kind, Kind::status);
  EXPECT_EQ(read("* CAPABILITY IMAP4rev1 MOVE\r\n").reply.text, "IMAP4rev1 MOVE");
  EXPECT_EQ(read("+ idling\r\n").reply.kind, Kind::go_on);
  EXPECT_EQ(read("+\r\n").reply.kind, Kind::go_on);
  const auto exists = read("* 23 EXISTS\r\n").reply;
  EXPECT_EQ(exists.kind, Kind::count);
  EXPECT_EQ(exists.number, 23U);
  for (std::string_view other :
       {"* FLAGS (\\Seen \\*)\r\n", "* SEARCH\r\n", "* SEARCH 1 2 3\r\n", "* VANISHED 1:3\r\n",
        "* STATUS {5}\r\nINBOX (MESSAGES 3)\r\n", "* ID (\"name\" {3}\r\nabc)\r\n",
        "* 5 X {1}\r\na\r\n", "* ESEARCH (TAG \"b\") UID ALL 1:3\r\n", "* X } {\r\n"}) {
    EXPECT_EQ(read(other).reply.kind, Kind::other) << other;
  }
}

TEST(ImapReader, ReadsFolders) {
  EXPECT_EQ(read("* LIST (\\HasNoChildren) \"/\" \"a \\\"b\\\" c\"\r\n").reply.text, "a \"b\" c");
  EXPECT_EQ(read("* LIST () NIL INBOX\r\n").reply.text, "INBOX");
  EXPECT_EQ(read("* LIST (\\Marked) \"/\" {4}\r\na(b \r\n").reply.text, "a(b ");
  EXPECT_FALSE(read("* LIST (\\Noselect) \"/\" x\r\n").reply.selectable);
}

TEST(ImapReader, HandsMessagesOn) {
  const auto usual = read(
      "* 12 FETCH (UID 17 BODY[]<0> {13}\r\na\r\n.\r\nb){9}\r\n FLAGS (\\Seen))\r\n");
  EXPECT_EQ(usual.reply.kind, Kind::fetch);
  EXPECT_EQ(usual.reply.number, 12U);
  EXPECT_EQ(usual.reply.uid, 17U);
  EXPECT_EQ(usual.reply.body, 13);
  EXPECT_EQ(usual.body, "a\r\n.\r\nb){9}\r\n");
  EXPECT_EQ(read("* 1 FETCH (BODY[]<0> \"short\" UID 3)\r\n").body, "short");
  EXPECT_EQ(read("* 1 FETCH (BODY[] {0}\r\n UID 3)\r\n").reply.body, 0);
  const auto size = read("* 1 fetch (rfc822.size 44827 uid 9 FLAGS ())\r\n").reply;
  EXPECT_EQ(size.size, 44'827);
  EXPECT_EQ(size.uid, 9U);
  EXPECT_FALSE(size.body);
  EXPECT_EQ(
      read("* 1 FETCH (BODYSTRUCTURE ((\"a\" NIL (\"b\" {1}\r\nc) 3) (x)) ENVELOPE (\"(\" NIL)"
           " BODY[HEADER.FIELDS (DATE \"X\")]<3> {2}\r\nab MODSEQ (3) UID 4)\r\n")
          .reply.uid,
      4U);
}

TEST(ImapReader, RefusesWhatIsNone) {  // checklist 40
  for (std::string_view text : {"\r\n",
                                "*\r\n",
                                "* \r\n",
                                "b1\r\n",
                                "b1 HELLO\r\n",
                                "* 1 FETCH\r\n",
                                "* 1 FETCH (\r\n",
                                "* 1 FETCH (UID)\r\n",
                                "* 1 FETCH (UID x)\r\n",
                                "* 1 FETCH (UID 1\r\n",
                                "* 1 FETCH (UID 4294967296)\r\n",
                                "* 99999999999 EXISTS\r\n",
                                "* 1 FETCH (BODY[] {-1}\r\n",
                                "* 1 FETCH (BODY[] {}\r\n",
                                "* 1 FETCH (BODY[] {3}x\r\n",
                                "* 1 FETCH (BODY[] {3\r\n",
                                "* 1 FETCH (BODY[ {3}\r\n",
                                "* 1 FETCH (BODY[] NIL UID 3)\r\n",
                                "* 1 FETCH (BODY[] \"a\r\n",
                                "* 1 FETCH (BODY[] \"a\\\r\n",
                                "* 1 FETCH (BODY[] \"a\" BODY[] \"b\")\r\n",
                                "* 1 FETCH (X ))\r\n",
                                "* 1 FETCH (X ((((((((((((((((((((((((((((((((((\r\n",
                                "* LIST\r\n",
                                "* LIST () \"/\"\r\n",
                                "* OK [\r\n",
                                "\x16\x03\x01\r\n"}) {
    EXPECT_EQ(reason_of([&] { read(text); }), "peer_garbled") << text;
  }
}

TEST(ImapReader, RefusesWhatIsTooMuch) {  // checklist 40
  for (std::string_view text :
       {"* 1 FETCH (BODY[] {1001}\r\n", "* 1 FETCH (BODY[] {4294967296}\r\n",
        "* 1 FETCH (BODY[] {9223372036854775808}\r\n",
        "* 1 FETCH (BODY[] {99999999999999999999999}\r\n", "* 1 FETCH (X {65537}\r\n",
        "* LIST () \"/\" {4294967296}\r\n", "* ID {4294967296}\r\n"}) {
    EXPECT_EQ(reason_of([&] { read(text); }), "peer_too_long") << text;
  }
  EXPECT_EQ(reason_of([] { read(std::string(9'000, 'A')); }), "peer_too_long");
  std::string literals = "* 1 FETCH (X (";
  for (int i = 0; i < 2'000; ++i) literals += "{1}\r\na ";
  EXPECT_EQ(reason_of([&] { read(literals + "))\r\n"); }), "peer_too_long");
}

TEST(ImapReader, RefusesAMessageNobodyAskedFor) {
  TextSource source("* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n");
  ImapReader reader(source);
  EXPECT_EQ(reason_of([&] { reader.next(); }), "peer_garbled");
}

}  // namespace
}  // namespace baijin::net
