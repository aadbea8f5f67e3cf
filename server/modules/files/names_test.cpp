#include "modules/files/names.h"

#include <gtest/gtest.h>

#include "modules/files/types.h"

namespace baijin::files {
namespace {

TEST(FileNames, A2_AreCleanedWhateverWasSent) {
  struct Row {
    std::string sent, kept;
  };
  const Row rows[] = {{"../../etc/passwd", "passwd"},
                      {"..\\..\\x", "x"},
                      {"/etc/x", "x"},
                      {"C:\\x", "x"},
                      {".htaccess", "htaccess"},
                      {"x.php\u200b", "x.php"},
                      {"\u202Egpj.exe", "gpj.exe"},
                      {"", "file"},
                      {"..", "file"},
                      {"CON", "_CON"},
                      {"con.txt", "_con.txt"},
                      {"a\r\nSet-Cookie: x=1", "aSet-Cookie_ x=1"},
                      {std::string("a\0b.txt", 7), "ab.txt"},
                      {"say \"hi\".txt", "say _hi_.txt"},
                      {"=cmd|' /C calc'!A0", "C calc'!A0"},
                      {"报告单 2026.pdf", "报告单 2026.pdf"},
                      {"\xff\xfe.png", "png"}};
  for (const auto& row : rows) EXPECT_EQ(clean_name(row.sent), row.kept) << row.sent;
  std::string many;
  for (int i = 0; i < 300; ++i) many += "ä";
  auto kept = clean_name(many + ".txt");
  EXPECT_LE(kept.size(), 200U);
  EXPECT_TRUE(kept.ends_with("ä.txt"));
}

TEST(FileNames, A2_TravelInTheHeaderAsRfc6266Says) {
  EXPECT_EQ(attachment_header("a b.pdf"),
            "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf");
  EXPECT_EQ(attachment_header("报告.pdf"),
            "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf");
  auto header = attachment_header("a\"\\\r\n%;'.txt");
  EXPECT_EQ(header.find_first_of("\r\n"), std::string::npos);
  EXPECT_EQ(header,
            "attachment; filename=\"a_____;'.txt\"; "
            "filename*=UTF-8''a%22%5C%0D%0A%25%3B%27.txt");
}

TEST(FileTypes, A6_ComeFromTheAllowTable) {
  EXPECT_EQ(allowed_type("image/png"), "image/png");
  for (auto type : {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml",
                    "application/javascript", "text/javascript", "text/css", "application/wasm",
                    "application/x-shockwave-flash", "multipart/related", ""}) {
    EXPECT_EQ(allowed_type(type), "application/octet-stream") << type;
  }
}

}  // namespace
}  // namespace baijin::files
