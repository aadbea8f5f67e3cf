#include "base/html.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <chrono>
#include <fstream>
#include <random>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

namespace baijin {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double slowest_seconds = 20;  // sanitizers slow everything down
#else
constexpr double slowest_seconds = 2;
#endif

constexpr std::string_view protection = " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";

bool is_allowed_address(std::string_view tag, std::string_view name, std::string_view value) {
  const auto begins = [&](std::string_view prefix) { return value.starts_with(prefix); };
  const bool web = begins("http:") || begins("https:");
  const bool other = begins("mailto:") || begins("tel:") || begins("cid:");
  if (name == "href") return tag == "a" && (web || other);
  if (name == "data-remote-src") return tag == "img" && web;
  if (name != "src") return true;
  return tag == "img" &&
         (begins("cid:") || begins("data:image/png;base64,") || begins("data:image/jpeg;base64,") ||
          begins("data:image/gif;base64,") || begins("data:image/webp;base64,"));
}

using Names = std::set<std::string_view>;
const Names listed_tags = {"a",     "b",    "blockquote", "br",  "caption", "code",  "dd",    "div",
                           "dl",    "dt",   "em",         "h1",  "h2",      "h3",    "h4",    "h5",
                           "h6",    "hr",   "i",          "img", "li",      "ol",    "p",     "pre",
                           "s",     "span", "strong",     "sub", "sup",     "table", "tbody", "td",
                           "tfoot", "th",   "thead",      "tr",  "u",       "ul"};
const Names listed_attributes = {"href", "title", "rel",    "target",  "src",     "data-remote-src",
                                 "alt",  "width", "height", "colspan", "rowspan", "start"};

// Reads a result by the narrow grammar it must follow, independently of the tokeniser: every <
// opens a listed tag, every attribute is listed and quoted, every tag closed. Says what is wrong.
std::string hole_in(std::string_view html) {
  std::vector<std::string_view> open;
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    const auto end = html.find('>', at);
    if (end == std::string_view::npos) return "a tag without an end";
    auto tag = html.substr(at + 1, end - at - 1);
    at = end;
    const bool closing = tag.starts_with('/');
    if (closing) tag.remove_prefix(1);
    const auto name = tag.substr(0, tag.find(' '));
    if (!listed_tags.contains(name)) return "the tag " + std::string(name);
    tag.remove_prefix(name.size());
    if (closing) {
      if (!tag.empty() || open.empty() || open.back() != name) return "a wrong end tag";
      open.pop_back();
      continue;
    }
    if (name != "br" && name != "hr" && name != "img") open.push_back(name);
    while (!tag.empty()) {
      const auto equals = tag.find("=\"");
      if (tag[0] != ' ' || equals == std::string_view::npos) return "a broken attribute";
      const auto attribute = tag.substr(1, equals - 1);
      const auto quote = tag.find('"', equals + 2);
      if (quote == std::string_view::npos) return "a value without an end";
      const auto value = tag.substr(equals + 2, quote - equals - 2);
      if (!listed_attributes.contains(attribute)) return "the attribute " + std::string(attribute);
      if (!is_allowed_address(name, attribute, value)) return "the address " + std::string(value);
      if (value.find('<') != std::string_view::npos) return "a < in a value";
      tag.remove_prefix(quote + 1);
    }
  }
  return open.empty() ? "" : "a tag that is not closed";
}

void expect_silent(std::string_view html, std::string_view input) {
  EXPECT_EQ(hole_in(html), "") << html << " from " << input;
  EXPECT_TRUE(is_utf8(html));
}

TEST(Html, TheCheckOfTheseTestsSeesHoles) {
  for (const auto* html :
       {"<script>x</script>", "<p onclick=\"x\">y</p>", "<a href=\"javascript:1\">x</a>", "<b>",
        "<svg></svg>", "<!-- x -->", "<p", "<p class=x>y</p>", "<img src=\"http://x\">", "</p>",
        "<b><i></b></i>", "<style>x</style>", "<img src=\"x\" onerror=\"y\">", "<?x?>", "< p>"}) {
    EXPECT_NE(hole_in(html), "") << html;
  }
}

void expect_holds(std::string_view input) {
  const auto once = sanitise(input);
  expect_silent(once.html, input);
  const auto twice = sanitise(once.html);
  ASSERT_EQ(twice.html, once.html) << "X2 from " << input;
  EXPECT_EQ(twice.remote_images, once.remote_images);
}

TEST(Html, X1TheDomPurifySetIsSilent) {
  std::ifstream file(BAIJIN_SOURCE_DIR "/../shared/data/html/dompurify_cases.jsonl");
  if (!file) GTEST_SKIP() << "the DOMPurify cases are not on this machine";
  int cases = 0;
  for (std::string line; std::getline(file, line); ++cases) {
    const auto one = parse_json(line);
    const std::string_view payload = one.at("payload").as_string();
    expect_holds(payload);
    expect_silent(text_to_html(payload), payload);
    expect_silent(escape_html(payload), payload);
    expect_silent(sanitise(text_to_html(html_to_text(payload))).html, payload);
  }
  EXPECT_GE(cases, 200);
}

TEST(Html, WhatIsListedStays) {
  const std::string table[] = {
      "plain &amp; simple &lt;3",
      "<p>a</p><p>b</p>",
      "<b>b</b><i>i</i><u>u</u><s>s</s>",
      "<ul><li>a</li><li>b<ol start=\"3\"><li>c</li></ol></li></ul>",
      "<table><caption>t</caption><thead><tr><th>h</th></tr></thead><tbody><tr>"
      "<td colspan=\"2\">c</td></tr></tbody></table>",
      "<h1>x</h1><pre>a\n  b</pre><code>c</code><blockquote>q</blockquote><hr><br>",
      "<dl><dt>t</dt><dd>d</dd></dl><sub>1</sub><sup>2</sup><em>e</em><strong>s</strong>",
      "<img src=\"cid:a@b\" alt=\"x\" width=\"10\" height=\"20\">",
      "<img src=\"data:image/png;base64,iVBORw0KGgo=\">",
      "中文 😀 \u00A0",
      "<div><span>x</span></div>"};
  for (const auto& html : table) EXPECT_EQ(sanitise(html).html, html);
}

TEST(Html, WhatIsNotListedGoes) {
  const std::pair<std::string, std::string> table[] = {
      {"<script>alert(1)</script>x", "x"},
      {"<scr<script>ipt>alert(1)</script>x", "ipt&gt;alert(1)x"},
      {"<style>*{}</style><title>t</title>x", "x"},
      {"<p style=\"color:red\" class=\"c\" id=\"i\" onclick=\"x\">y</p>", "<p>y</p>"},
      {"<iframe src=x>a</iframe><object><p>b</p></object><form><input>c</form>d", "d"},
      {"<svg><a href=\"javascript:1\">x</a></svg>y<svg/>z", "yz"},
      {"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", ""},
      {"<font color=red>r</font><center>c</center>", "<span>r</span><div>c</div>"},
      {"<!--[if mso]><p>x</p><![endif]-->y<!---->z<!-->w", "yzw"},
      {"<![CDATA[<p>x]]>y", "x]]&gt;y"},
      {"<custom-tag>x</custom-tag><o:p>y</o:p>", "xy"},
      {"a<b", "a"},
      {"a < b", "a &lt; b"},
      {"<img src=x onerror=alert(1)>", ""},
      {"<img src=x alt=\"a picture\">", "<img alt=\"a picture\">"},
      {"<img src=x alt=\"\x01\">", ""},
      {"<base href=//evil><meta http-equiv=refresh><link rel=stylesheet href=//x>y", "y"},
      {"a\xFF"
       "b\x01"
       "c\u202E",
       "a\xEF\xBF\xBD"
       "bc"}};
  for (const auto& [html, expected] : table) EXPECT_EQ(sanitise(html).html, expected) << html;
}

TEST(Html, WhatIsBadlyNestedIsRepaired) {
  const std::pair<std::string, std::string> table[] = {
      {"<b><i>x</b></i>y", "<b><i>x</i></b>y"},
      {"<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"},
      {"<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"},
      {"<li>a</li>b", "<div>a</div>b"},
      {"<table><tr><td>a<td>b<tr><td>c</table>d",
       "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>d"},
      {"<table> x </table>", "<table><tbody><tr><td> x </td></tr></tbody></table>"},
      {"<tr><td>x", "x"},
      {"</div></p></table>x", "x"},
      {"<table><td></div></table>x", "<table><tbody><tr><td></td></tr></tbody></table>x"},
      {"<pre>\n\nx</pre>", "<pre>x</pre>"},
      {"<a href=\"http://a\">x<a href=\"http://b\">y",
       "<a href=\"http://a\"" + std::string(protection) + ">x</a><a href=\"http://b\"" +
           std::string(protection) + ">y</a>"}};
  for (const auto& [html, expected] : table) {
    EXPECT_EQ(sanitise(html).html, expected) << html;
    expect_holds(html);
  }
}

TEST(Html, X4OnlySafeSchemesMayBeFollowed) {
  for (const auto* href : {"javascript:alert(1)",
                           "JaVa\tScript:alert(1)",
                           "&#x6A;avascript:alert(1)",
                           "javascript:alert(1)//http://x",
                           " javascript:alert(1)",
                           "\x01javascript:1",
                           "java&#10;script:1",
                           "javascript&colon;alert(1)",
                           "javascript%3Aalert(1)",
                           "%6Aavascript:alert(1)",
                           "data:text/html,x",
                           "vbscript:x",
                           "file:///etc/passwd",
                           "&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58;1",
                           "//evil",
                           "/x",
                           "x",
                           "",
                           "#a",
                           "blob:x",
                           "http",
                           "http:",
                           "view-source:http://x",
                           "&amp;#x6A;avascript:1",
                           "ｊavascript:1",
                           "feed:javascript:1"}) {
    const auto html = "<a href=\"" + std::string(href) + "\">x</a>";
    EXPECT_EQ(sanitise(html).html, "x") << href;
  }
  const std::pair<std::string, std::string> kept[] = {
      {"https://a.cn/?a=1&amp;b=2", "https://a.cn/?a=1&amp;b=2"},
      {"HTTPS://A.cn", "https://A.cn"},
      {"ht\ntps://a.cn", "https://a.cn"},
      {"mailto:a@b.cn?subject=x y", "mailto:a@b.cn?subject=x%20y"},
      {"tel:+86", "tel:+86"},
      {"cid:1@2", "cid:1@2"},
      {"http://x/'&quot;>", "http://x/'&quot;&gt;"},
      {"http://x/?copy=1&copy=2", "http://x/?copy=1&amp;copy=2"}};
  for (const auto& [href, expected] : kept) {
    EXPECT_EQ(sanitise("<a href=\"" + href + "\">x</a>").html,
              "<a href=\"" + expected + "\"" + std::string(protection) + ">x</a>");
  }
}

TEST(Html, X5RemoteImagesWaitForAClick) {
  for (const auto* src : {"http://evil/x.png", "HTTPS://evil/x", "//evil/x", " http://evil/a b"}) {
    const auto safe = sanitise("<img src=\"" + std::string(src) + "\" srcset=\"http://e/2x\">");
    EXPECT_TRUE(safe.remote_images) << src;
    EXPECT_EQ(safe.html.find(" src="), std::string::npos);
    EXPECT_NE(safe.html.find("data-remote-src=\"http"), std::string::npos);
    EXPECT_EQ(safe.html.find("srcset"), std::string::npos);
  }
  for (const auto* html : {"<table background=http://e/x><tr><td>y", "<video src=http://e/x>",
                           "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
                           "<img src=\"data:image/png;base64,'onerror=\">",
                           "<img src=javascript:1>", "<img data-remote-src=javascript:1>"}) {
    const auto safe = sanitise(html);
    EXPECT_FALSE(safe.remote_images) << html;
    EXPECT_EQ(safe.html.find("<img"), std::string::npos) << safe.html;
  }
}

TEST(Html, X6HugeInputsAreDoneQuickly) {
  const auto repeated = [](std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
  };
  const std::pair<const char*, std::string> table[] = {
      {"nested", repeated("<div>", 100'000)},
      {"nested and text", repeated("<div>x", 100'000) + repeated("</div>", 100'000)},
      {"unmatched ends", repeated("<div>", 100'000) + repeated("</b>", 1'000'000)},
      {"10 MB of <b>", repeated("<b>", 3'400'000)},
      {"10 MB of <p>", repeated("<p>", 3'400'000)},
      {"tables", repeated("<table><tr><td>", 100'000)},
      {"links", repeated("<a href=http://x>y</a>", 100'000)},
      {"attributes", "<p " + repeated("a=1 ", 1'000'000) + ">x"},
      {"a line of 2 MB", repeated("x y & z <", 250'000)},
      {"comments", repeated("<!--", 1'000'000)},
      {"raw text", repeated("<style></styl", 500'000)},
      {"quotes", repeated("<a href=\"", 500'000)},
      {"ampersands", repeated("&", 5'000'000)},
      {"entities", repeated("&#x4e2d;&nbsp;", 500'000)},
      {"forms", repeated("<form>", 500'000) + repeated("</form>", 500'000)},
      {"marks", "a" + repeated("\xCC\x81\xCC\x96", 1'000'000)}};
  for (const auto& [name, html] : table) {
    const auto begin = std::chrono::steady_clock::now();
    try {
      sanitise(html);
    } catch (const Error& error) {
      EXPECT_EQ(error.reason, "too_complex") << name;
    }
    html_to_text(html);
    text_to_html(html);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(taken.count(), slowest_seconds) << name;
  }
}

TEST(Html, DeepNestingIsFlattenedNotLost) {
  std::string html;
  for (int i = 0; i < 100'000; ++i) html += "<div>";
  html += "hello";
  for (int i = 0; i < 100'000; ++i) html += "</div>";
  const auto safe = sanitise(html + "<p>after</p>");
  EXPECT_NE(safe.html.find("hello"), std::string::npos);
  EXPECT_TRUE(safe.html.ends_with("</div><p>after</p>"));
  expect_holds(html);
}

// What random documents are made of.
const std::string_view parts[] = {"<div>",
                                  "</div>",
                                  "<p>",
                                  "</p>",
                                  "<b>",
                                  "</b>",
                                  "<table>",
                                  "</table>",
                                  "<tr>",
                                  "<td>",
                                  "</td>",
                                  "</tr>",
                                  "<tbody>",
                                  "<caption>",
                                  "</caption>",
                                  "<li>",
                                  "<ul>",
                                  "</ul>",
                                  "<dl>",
                                  "<dt>",
                                  "<dd>",
                                  "<pre>",
                                  "</pre>",
                                  "\n",
                                  "\r",
                                  " ",
                                  "x",
                                  "中",
                                  "<h1>",
                                  "</h2>",
                                  "<h2>",
                                  "<br>",
                                  "</br>",
                                  "<hr>",
                                  "<a href=http://x>",
                                  "<a name=x>",
                                  "</a>",
                                  "<img src=http://y>",
                                  "<img src=cid:1>",
                                  "<img alt='\"<>'>",
                                  "<svg>",
                                  "</svg>",
                                  "<math>",
                                  "<style>",
                                  "</style>",
                                  "<script>",
                                  "</script>",
                                  "<!--",
                                  "-->",
                                  "--!>",
                                  "<![CDATA[",
                                  "]]>",
                                  "<title>",
                                  "</title>",
                                  "<noscript>",
                                  "<textarea>",
                                  "<template>",
                                  "</template>",
                                  "<form>",
                                  "</form>",
                                  "<select>",
                                  "<",
                                  ">",
                                  "&",
                                  "&lt;",
                                  "&amp;",
                                  "&#x3c;",
                                  "&#62",
                                  "&quot",
                                  "\"",
                                  "'",
                                  "=",
                                  "/",
                                  "<a href=\"",
                                  "javascript:",
                                  " onerror=alert(1) ",
                                  "<img src=",
                                  "\xCC\xB8",
                                  "\xCC\x81",
                                  "e",
                                  "\xFF",
                                  "\x01",
                                  "\u202E",
                                  "\u037E",
                                  "<font>",
                                  "</font>",
                                  "<center>",
                                  "<mglyph>",
                                  "<p/>",
                                  "</",
                                  "<x>",
                                  "\f"};

TEST(Html, X2RandomInputsAreStable) {
  std::mt19937 random(20261123);
  std::uniform_int_distribution<std::size_t> pick(0, std::size(parts) - 1);
  for (int round = 0; round < 20'000; ++round) {
    std::string html;
    const auto length = random() % 40;
    for (unsigned i = 0; i < length; ++i) html += parts[pick(random)];
    expect_holds(html);
    if (HasFailure()) return;
  }
}

TEST(Html, IsReadAsText) {
  const std::pair<std::string, std::string> table[] = {
      {"<p>a</p><p>b &amp; c</p>", "a\nb & c"},
      {"a<br>b<br><br>c", "a\nb\n\nc"},
      {"<div><div>  a\n b </div></div>c", "a b\nc"},
      {"<ul><li>x</li><li>y</li></ul>", "x\ny"},
      {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
      {"<style>x</style><script>y</script><title>t</title>z", "z"},
      {"<img src=x alt=\"a picture\"> b", "a picture b"},
      {"<pre>a\n  b</pre>", "a\n  b"},
      {"&#20013;&nbsp;&copy", "中\u00A0©"},
      {"", ""}};
  for (const auto& [html, text] : table) EXPECT_EQ(html_to_text(html), text) << html;
}

TEST(Html, TextBecomesHtml) {
  const auto link = [](const std::string& href) {
    return "<a href=\"" + href + "\"" + std::string(protection) + ">" + href + "</a>";
  };
  const std::pair<std::string, std::string> table[] = {
      {"a & <b>\nc\r\nd", "a &amp; &lt;b&gt;<br>c<br>d"},
      {"see https://x.cn/a?b=1.", "see " + link("https://x.cn/a?b=1") + "."},
      {"(http://x.cn)，请看http://y.cn/路",
       "(" + link("http://x.cn") + ")，请看" + link("http://y.cn/") + "路"},
      {"http:// x https:// httpx", "http:// x https:// httpx"},
      {"javascript:alert(1)", "javascript:alert(1)"}};
  for (const auto& [text, html] : table) {
    EXPECT_EQ(text_to_html(text), html);
    EXPECT_EQ(sanitise(html).html, html);
  }
  EXPECT_EQ(escape_html("<a href='x' t=\"y\">&"),
            "&lt;a href=&#39;x&#39; t=&quot;y&quot;&gt;&amp;");
}

}  // namespace
}  // namespace baijin
