// Signatures as RFC 6376 wants them. The expected one was verified by another program, dkimpy.
#include "mime/dkim.h"

#include <gtest/gtest.h>

namespace baijin::mime {
namespace {

const std::string key = R"(-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDttwzlDKOgYT+s
KC7a9kVRbwQ0b5maldWpoUwr6V2mkb1Lc5fn6LWiyXe5/lzAJJyNIrda4yXGbgCD
7+4YjllxLTuKyz9va499Q0VAbM05zyH+9etqw6xMpTjqPiTWiWCO68Jp4kGeGE1k
nw3paSPpZqhXwPlyeF+YBNVFBtiJXeSiQ6cCc6vCM3WPvvQx2arxXmXOVV5WpTd8
Z+8DoSZAIPzWSqCn8XLrF7X9c/JOj+fL1g5TzdHXkVs5y56mAxlPCZ0XVBJGgbcV
u6J3agu4qqFUYJpke079Owx+Qz3nFB9XYfj+VBSUW1msJhXf8M1bdrJW9cDbRcoz
5XfqYR/tAgMBAAECggEAAJzdYaT3oSR4oa3oTc/r5p8JcCNMLFTnV/VC4auyD03b
zVKnn5ZYgpTpkOUJfcTFDs3xkkBnpGOzZoGH9MmU4bUi8PSD1XqgCHZ+dkWEuejB
T2l4eCWVgqYiYWx2QGF0I/+Bcfyxlc6bkDJvshPMPNVh+fj/oxPEn5SgaKR5m7/3
vOA18bmex9taWqGKdMKG9ct+XmL3gH50clthnbSQH0NQ5eFKIi4RrvpD74i3+H6o
XCZLshWjyLS0YeUk4CNRXqyzK/T1AYA9jCQPWMnXzWSiUg2/ISuFntnfpCrEz3qA
v3+G6f1mz57EXbfe2hm3ZsaNnpmFRM2iBH1SwgGpGQKBgQD7OMZ0h+9SY+Wpsp1G
R740PMsNqfh5MWxn2oUXS2C9uxU8hnepJ/kOLa5zLqKpAmu8YpYJRdb7FD8+f5Zc
NOmrxzEXkz3mY2oyYvoEawDGyBi8AmpzAlkP4V4JmaaEapFe1ox5KX+cFfWX9QNQ
z8bT8Q50iW3Aey1uSTwA8tdsJwKBgQDyPIJrjffDOlaRsnSxGIDp/j48CUjb3CT/
s+1j6eMeoWBehkvF/iXcLtcBceRsbyeFg/AKIsW8x9Vpz4j0H5TRwomMzgtrCp+6
rK7/KYWr7n6HVX8rptq8BJXzebYdu8iFTOTWO81lxVnbPymVbD8i5iG7jPcgnfia
+TLJ0E/bywKBgDV9VzQEpX5DaukA8N+/8s2ojAtyv0b+sPhD3Mai9Awxw0nJz7yi
mDLeoyA/M78MlufbjdqXljiLjRO/ksI7Oe2rUdaVMT7WuAvWayl5pwasICgX05Z9
T31EHQOqRXw4PI+W2v4JSfRv8ITUVEpmkw0ZbFx/znCHSZsL2MzS5+9NAoGAZ/Cw
4ae8LWgl50SUr7zc7Aqs96PgQH7Y3WN+NEYSr3z9VfH4J4/i/PSYS0Vsh162raKs
aBz9jgCNQWbM1DuM5ui7jtCGs7qOSVJ5kIFnmxut7TIxbDCfYNfy49NQ4rdF1nTl
KEvm2YlyAhK7LCOTf80RomFdVQCTwSO2uEQLUDsCgYEAp+FSSMHhGov17rdDg5rk
IR2KnPEGG+PjPGzgBj9vPyNfOlX+pK71CH7YsmkPQVlmZcZdDswfFZyQu+K2K06p
/hCM28aZGMsUsaJLm3w6SJWZCEOCs03jv4OHujyoCKd/6JfdUiZvdoJgYhgbrEw+
akuif0ZlEy7iY0ziaxmC61U=
-----END PRIVATE KEY-----
)";

const std::string message =
    "From: =?utf-8?B?5pyN5Yqh5Y+w?= <service@desk.test>\r\nTo: wang@kunde.test\r\n"
    "Subject: A subject \r\n  that is folded\r\nDate: Fri, 27 Nov 2026 09:00:00 +0800\r\n"
    "Message-ID: <m1@desk.test>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    "Hello,  there \t\r\n\r\n indented\r\n\r\n\r\n";
const Time now = {1'795'741'200'000'000};

std::string signed_one(const std::string& text) {
  return dkim_signed(text, {"desk.test", "baijin", key}, now);
}
std::string tag(const std::string& text, const std::string& name) {
  auto at = text.find(name + "=");
  std::string value;
  for (at += name.size() + 1; text[at] != ';' && text.compare(at, 6, "\r\nFrom") != 0; ++at) {
    if (text[at] > ' ') value += text[at];
  }
  return value;
}

TEST(Dkim, SignsAsAnotherProgramVerifies) {
  auto made = signed_one(message);
  EXPECT_TRUE(
      made.starts_with("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=desk.test;"));
  EXPECT_TRUE(made.ends_with(message)) << "the message itself stays as it is";
  EXPECT_EQ(tag(made, "bh"), "EeMY8YDM1vnX5ulOBOeyvxR2MBrG6MWKUsWzq7i6nhQ=");
  EXPECT_EQ(tag(made, "\tb").substr(0, 60),
            "y+ZQFXk6fnR+CrBevU3tZPM+oTKCbwhP6mCyy+kSuALPlv1Q1k8vgt78CAKP");
}

TEST(Dkim, CountsWhatIsSaidAndNotHowItIsSpaced) {
  auto spaced = message;
  spaced.replace(spaced.find("Hello,  there \t"), 15, "Hello, there");
  spaced += "\r\n";
  spaced.replace(spaced.find("A subject \r\n  that"), 19, "A subject that");
  EXPECT_EQ(tag(signed_one(spaced), "bh"), tag(signed_one(message), "bh"));
  auto other = message;
  other.replace(other.find("Hello"), 5, "Hullo");
  EXPECT_NE(tag(signed_one(other), "bh"), tag(signed_one(message), "bh"));
}

TEST(Dkim, NoLineIsTooLongAndFromStandsTwice) {
  auto made = signed_one(message);
  auto head = made.substr(0, made.size() - message.size());
  for (std::size_t at = 0; at < head.size();) {
    auto end = head.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 100u);
    at = end + 2;
  }
  EXPECT_TRUE(tag(made, "h").starts_with("From:From:To:Subject:"));
}

TEST(Dkim, MakesKeysAndTheirRecords) {
  auto fresh = new_dkim_key();
  EXPECT_TRUE(dkim_record(fresh).starts_with("v=DKIM1; k=rsa; p=MIIBIjAN"));
  EXPECT_NE(fresh, new_dkim_key());
  EXPECT_THROW(dkim_record("no key"), std::runtime_error);
}

}  // namespace
}  // namespace baijin::mime
