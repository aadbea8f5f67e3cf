// M10: no message costs more than its limits say.
#include <gtest/gtest.h>

#include <ctime>

#include "mime/nature.h"
#include "mime/quoted.h"
#include "mime/read.h"

namespace baijin::mime {
namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string all;
  all.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += piece;
  return all;
}

// Everything that is done with a message that comes in.
Message read_in_time(const std::string& bytes) {
  const auto begin = std::clock();
  auto message = read_message(bytes);
  judge(message);
  fold_text(message.text);
  fold_html(message.html);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  EXPECT_LT(seconds, 5.0);
  return message;
}

TEST(Bombs, EncodedWords) {
  const auto one = read_in_time("Subject: " + repeated("=?utf-8?B?5Lit?=\n ", 40'000) + "\n\nx");
  EXPECT_EQ(one.too_much, TooMuch::encoded_words);
  EXPECT_EQ(one.text, "x");
  read_in_time("Subject: " + repeated("=?utf-8?Q?", 100'000) + "\n\nx");
  read_in_time("Subject: " + repeated("=?", 500'000) + "?=\n\nx");
  read_in_time("To: " + repeated("=?a?q?", 100'000) + "?=\n\nx");
}

TEST(Bombs, Parts) {
  const auto one = read_in_time("Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n" +
                                repeated("--b\n\nx\n", 10'000));
  EXPECT_EQ(one.too_much, TooMuch::parts);
  EXPECT_EQ(one.subject, "s");
  EXPECT_TRUE(one.text.starts_with("x\nx\n"));
}

TEST(Bombs, Depth) {
  std::string bytes = "Content-Type: multipart/mixed; boundary=b0\n\n";
  for (int i = 0; i < 1'000; ++i) {
    bytes += "--b" + std::to_string(i) + "\nContent-Type: multipart/mixed; boundary=b" +
             std::to_string(i + 1) + "\n\n";
  }
  EXPECT_EQ(read_in_time(bytes).too_much, TooMuch::depth);
  read_in_time("Content-Type: message/rfc822\n\n" +
               repeated("Content-Type: message/rfc822\n\n", 100'000));
}

TEST(Bombs, Headers) {
  EXPECT_EQ(read_in_time(repeated("A: b\n", 1'000'000)).too_much, TooMuch::headers);
  EXPECT_EQ(read_in_time("A: " + repeated("x\n ", 5'000'000)).too_much, TooMuch::header_bytes);
  EXPECT_EQ(read_in_time("To: " + repeated("a@b.cn, ", 100'000) + "\n\n").too_much,
            TooMuch::addresses);
  for (std::string_view piece :
       {"g:", "(", "<", "\"", "a@", ",", ";", "\\", "a b ", "<a@b.c", "@"}) {
    read_in_time("From: " + repeated(piece, 900'000 / piece.size()) + "\n\n");
  }
  for (std::string_view piece :
       {"; a=b", "; n*1*=x", ";", "=", "\"", "(", "; \"", " a=", "; a*=''%"}) {
    read_in_time("Content-Type: x/y" + repeated(piece, 900'000 / piece.size()) + "\n\n");
  }
  read_in_time("References: " + repeated("<a@b> ", 150'000) + "\n\n");
  read_in_time("Date: " + repeated("1 Jan ", 150'000) + "\n\n");
}

TEST(Bombs, BigBodies) {
  const auto big = repeated("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJz\n",
                            1'000'000);
  const auto file = read_in_time("Content-Transfer-Encoding: base64\nContent-Type: a/b\n\n" + big);
  EXPECT_EQ(file.too_much, TooMuch::no);
  EXPECT_EQ(file.attachments[0].bytes.size(), 45'000'000U);
  const auto text = read_in_time("Content-Type: text/plain\n\n" + big);
  EXPECT_EQ(text.text, "") << "a text too long to be read is a file";
  EXPECT_EQ(text.attachments.size(), 1U);
  const auto huge = read_in_time("Subject: huge\n\n" + repeated(big, 4));
  EXPECT_EQ(huge.too_much, TooMuch::message_bytes);
  EXPECT_EQ(huge.subject, "huge");
}

TEST(Bombs, BoundariesThatNeverCome) {
  const auto dashes = repeated("--not it\n", 5'000'000);
  read_in_time("Content-Type: multipart/mixed; boundary=b\n\n" + dashes);
  std::string nested = "Content-Type: multipart/mixed; boundary=b0\n\n";
  for (int i = 0; i < 19; ++i) {
    nested += "--b" + std::to_string(i) + "\nContent-Type: multipart/mixed; boundary=b" +
              std::to_string(i + 1) + "\n\n";
  }
  read_in_time(nested + dashes);
}

TEST(Bombs, Charsets) {
  for (std::string_view charset : {"utf-7", "utf-32", "utf-16", "iso-2022-jp", "iso-2022-cn-ext",
                                   "hz-gb-2312", "gb18030", "big5", "scsu", "bocu-1", "imap"}) {
    for (std::string_view piece : {"+", "+AAA", "\x1B$B", "\x1B$)A\x0E", "~{", "\x81", "\x84\x31",
                                   "\xFF", "\x0E\x0F", "a"}) {
      read_in_time("Content-Type: text/plain; charset=" + std::string(charset) + "\n\n" +
                   repeated(piece, 500'000 / piece.size()));
    }
  }
}

TEST(Bombs, Encodings) {
  const std::string quoted = "Content-Transfer-Encoding: quoted-printable\n\n";
  read_in_time(quoted + repeated("=", 8'000'000));
  read_in_time(quoted + repeated(" ", 8'000'000));
  read_in_time(quoted + repeated("=\n", 4'000'000));
  const std::string base64 = "Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n";
  read_in_time(base64 + repeated("=", 8'000'000));
  read_in_time(base64 + repeated("AA==", 8'000'000));
  read_in_time(base64 + repeated("A=", 4'000'000) + "!");
  read_in_time("\n" + repeated("begin 644 x\n", 300'000));
  read_in_time("\n" + repeated("=ybegin size=1 name=x\n", 150'000));
  read_in_time("\n" + repeated("begin 644 x\n#86)C\n`\nend\n", 150'000));
}

TEST(Bombs, Html) {
  const std::string html = "Content-Type: text/html\n\n";
  for (std::string_view piece :
       {"<div>", "<blockquote>", "</p>", "<b><i>", "<table><tr><td>", "<", "cid:", "&#",
        "<a href=", "On Jan 5, 2026 x wrote:<br>", "<br>-- <br>", "From: a<br>"}) {
    read_in_time(html + repeated(piece, 1'000'000 / piece.size()));
  }
}

TEST(Bombs, Quotations) {
  for (std::string_view piece : {"> a\n", "On Jan 5, 2026 x wrote:\n", "-- \n", "From: a\n", "\n",
                                 "> \nx\n", "On Jan 5, 2026 10:00\n", "-----\n"}) {
    read_in_time("\n" + repeated(piece, 1'000'000 / piece.size()) + "> q\nown\n");
  }
}

}  // namespace
}  // namespace baijin::mime
