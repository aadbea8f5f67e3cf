// The same in HTML: each program marks what it quotes in its own way.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "base/html.h"
#include "mime/characters.h"
#include "mime/html_tree.h"
#include "mime/quoted.h"

namespace baijin::mime {
namespace {

struct Case {
  const char* name;
  const char* html;
  const char* visible;        // as text
  const char* signature;      // as text
  const char* quoted_begins;  // as text
};

class FoldHtml : public testing::TestWithParam<Case> {};

TEST_P(FoldHtml, CutsTheTree) {
  const auto& one = GetParam();
  const auto folded = fold_html(one.html);
  EXPECT_EQ(html_to_text(folded.visible), one.visible) << folded.visible;
  EXPECT_EQ(html_to_text(folded.signature), one.signature);
  auto quoted = html_to_text(folded.quoted);
  while (quoted.starts_with("\u00A0")) quoted.erase(0, quoted.find_first_not_of(" \n", 2));
  EXPECT_TRUE(quoted.starts_with(one.quoted_begins)) << folded.quoted;
  EXPECT_EQ(quoted.empty(), std::string_view(one.quoted_begins).empty()) << folded.quoted;
}

const Case cases[] = {
    {"Gmail",
     R"(<div dir="ltr">Thanks!</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">
     On Mon, Jan 5, 2026 at 10:00 AM S &lt;<a href="mailto:s@d.example">s@d.example</a>&gt;
     wrote:<br>
     </div><blockquote class="gmail_quote" style="margin:0"><div>Please
     restart.</div></blockquote></div>)",
     "Thanks!", "", "On Mon, Jan 5, 2026"},
    {"GmailAnswersBetween",
     R"(<div class="gmail_quote">On Mon, Jan 5, 2026 S wrote:<blockquote
     class="gmail_quote">Version?
     </blockquote><div>V3.2</div><blockquote
     class="gmail_quote">Site?</blockquote><div>Suzhou</div></div>)",
     "On Mon, Jan 5, 2026 S wrote:\nVersion?\nV3.2\nSite?\nSuzhou", "", ""},
    {"OutlookDesktop",
     R"(<html><body><div class="WordSection1"><p class="MsoNormal">Still broken.<o:p></o:p></p>
     <p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid
     #E1E1E1 1.0pt;
     padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> S &lt;s@d.example&gt;
     <br><b>Sent:</b>
     Monday, January 5, 2026 10:00 AM<br><b>To:</b> W<br><b>Subject:</b> RE: PLC</p></div></div>
     <p class="MsoNormal">Please restart.</p></div></body></html>)",
     "Still broken.", "", "From: S <s@d.example>"},
    {"OutlookChinese",
     R"(<div><p>问题还在。</p><div style="border:none;border-top:solid #E1E1E1
     1.0pt"><p><b>发件人<span>:</span></b>
     服务台 &lt;s@d.example&gt;<br><b>发送时间:</b> 2026年1月5日 10:00<br><b>收件人:</b> 王芳<br><b>主题:</b> PLC
     </p></div><p>请重启。</p></div>)",
     "问题还在。", "", "发件人: 服务台"},
    {"OutlookWeb",
     R"(<div>ok</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"
     tabindex="-1">
     <div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> S<br><b>Sent:</b> Monday<br><b>To:</b>
     W<br>
     <b>Subject:</b> x</font></div><div>hi</div>)",
     "ok", "", "From: S"},
    {"OutlookPhone",
     R"(<div dir="ltr">ok</div><div id="ms-outlook-mobile-signature"><div></div>Get <a
     href="https://aka.ms/o0ukef">
     Outlook for iOS</a></div><hr><div id="divRplyFwdMsg"><b>From:</b> S<br><b>Sent:</b> Monday<br>
     <b>To:</b> W<br><b>Subject:</b> x</div><div>hi</div>)",
     "ok", "Get Outlook for iOS", "From: S"},
    {"AppleMail",
     R"(<html><body>Works.<br><div><br><blockquote type="cite"><div>On 5 Jan 2026, at 10:00, S
     &lt;s@d.example&gt;
     wrote:</div><br><div>Try again.</div></blockquote></div><br></body></html>)",
     "Works.", "", "On 5 Jan 2026"},
    {"Iphone",
     R"(<div dir="auto">可以了</div><div dir="ltr"><br>发自我的 iPhone</div><div
     dir="ltr"><br><blockquote type="cite">
     在 2026年1月5日，上午10:00，服务台 &lt;s@d.example&gt; 写道：<br><br></blockquote></div><blockquote
     type="cite">
     <div dir="ltr">请重启</div></blockquote>)",
     "可以了", "发自我的 iPhone", "在 2026年1月5日"},
    {"Thunderbird",
     R"(<p>Yes.</p><div class="moz-cite-prefix">On 1/5/26 10:00, S wrote:<br></div><blockquote
     type="cite"
     cite="mid:x@y"><p>Does it work?</p></blockquote>)",
     "Yes.", "", "On 1/5/26 10:00"},
    {"ThunderbirdAnswersBetween",
     R"(<div class="moz-cite-prefix">On 1/5/26 10:00, S wrote:<br></div><blockquote
     type="cite">Version?
     </blockquote><p>V3.2</p>)",
     "On 1/5/26 10:00, S wrote:\nVersion?\nV3.2", "", ""},
    {"Qq",
     R"(<div>您好，问题还在。</div><div><!--emptysign--></div><div>&nbsp;</div><div style="font-size: 12px;
     font-family: Arial Narrow;padding:2px 0 2px
     0;">------------------&nbsp;原始邮件&nbsp;------------------</div>
     <div style="font-size:
     12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"服务台"&lt;s@d.example&gt;;</div>
     <div><b>发送时间:</b>&nbsp;2026年1月5日(星期一)
     上午10:00</div><div><b>收件人:</b>&nbsp;"王芳"&lt;w@qq.com&gt;;</div>
     <div><b>主题:</b>&nbsp;PLC</div></div><div>&nbsp;</div><div>请重启。</div>)",
     "您好，问题还在。", "", "------------------"},
    {"Foxmail",
     R"(<html><head></head><body><div><span></span>收到，谢谢！</div><div><br></div><hr
     style="width:210px;height:1px;"
     color="#b5c4df" size="1" align="left"><div><span><div style="MARGIN:
     10px;"><div>王芳</div></div></span></div>
     <blockquote style="margin-Top: 0px; margin-Bottom: 0px; margin-Left: 0.5em; margin-Right:
     inherit"><div>&nbsp;</div>
     <div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div
     style="PADDING-RIGHT: 8px;
     BACKGROUND: #efefef;"><div><b>发件人：</b>&nbsp;<a
     href="mailto:s@d.example">服务台</a></div><div><b>发送时间：</b>
     &nbsp;2026-01-05&nbsp;10:00</div><div><b>收件人：</b>&nbsp;<a>wf</a></div><div>
     <b>主题：</b>&nbsp;Re: PLC</div></div>
     </div><div><div>请重启。</div></div></blockquote></body></html>)",
     "收到，谢谢！\n\n王芳", "", "发件人：\u00A0服务台"},
    {"NetEase163",
     R"(<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial">问题解决了。<br><br>
     <div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><br>在
     2026-01-05 10:00:00，
     "服务台" &lt;s@d.example&gt; 写道：<br> <blockquote id="isReplyContent" style="PADDING-LEFT:
     1ex"><div>请重启。</div>
     </blockquote></div>)",
     "问题解决了。", "", "在 2026-01-05 10:00:00"},
    {"NetEaseMailMaster",
     R"(<div>已处理</div><div class="ntes-mailmaster-quote" style="padding-top: 1px;"><div
     style="line-height: 20px">
     <span>---- 回复的原邮件
     ----</span></div><table><tr><td>发件人</td><td>服务台</td></tr><tr><td>日期</td><td>2026年
     </td></tr></table><blockquote>请重启</blockquote></div>)",
     "已处理", "", "---- 回复的原邮件 ----"},
    {"DingTalk",
     R"(<div class="__aliyun_email_body_block"><div>已收到</div><blockquote
     style="margin-right:.0px;"><div
     style="clear:both;"><span>----------------------------------------------------------</span>
     </div><div>
     <span>发件人：服务台&lt;s@d.example&gt;</span></div><div>日　期：2026年01月05日
     10:00:00</div><div>收件人：王芳</div>
     <div>主　题：PLC</div><div>请重启</div></blockquote></div>)",
     "已收到", "", "------"},
    {"Coremail",
     R"(好的<br><br>-----原始邮件-----<br><b>发件人:</b><span>"服务台"</span><br><b>发送时间:</b>2026-01-05
     10:00:00<br>
     <b>收件人:</b> wf<br><b>主题:</b> PLC<br><br><blockquote class="ReferenceQuote">请重启</blockquote>)",
     "好的", "", "-----原始邮件-----"},
    {"Yahoo",
     R"(<div>ok</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, January 5,
     2026, 10:00, S wrote:
     </div><div>hi</div></div>)",
     "ok", "", "On Monday, January 5"},
    {"Proton",
     R"(<div>ok</div><div class="protonmail_quote">On Monday, January 5, 2026 S
     wrote:<br><blockquote
     type="cite">hi</blockquote></div>)",
     "ok", "", "On Monday, January 5"},
    {"LotusNotes",
     R"(<font size="2">同意</font><br><br><hr width="100%"><font>发件人：</font><font>"服务台"
     &lt;s@d.example&gt;</font><br>
     <font>收件人：</font><font>wang</font><br><font>日期：</font><font>2026/01/05
     10:00</font><br><font>主题：PLC</font>
     <br><br>请重启)",
     "同意", "", "发件人："},
    {"SignatureMark", R"(<div>It is broken.</div><div>-- <br>Wang Fang</div>)", "It is broken.",
     "--\nWang Fang", ""},
    {"ForwardAloneIsVisible",
     R"(<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message
     ---------<br>From: W<br>
     Date: x<br>Subject: y<br>To: z<br></div>It is broken.</div>)",
     "---------- Forwarded message ---------\nFrom: W\nDate: x\nSubject: y\nTo: z\nIt is broken.",
     "", ""},
    {"PictureAloneIsVisible",
     R"(<div><img src="cid:1" alt="alarm"></div><div class="gmail_quote">On Jan 5, 2026 S
     wrote:<blockquote>hi
     </blockquote></div>)",
     "alarm", "", "On Jan 5"},
    {"Plain", "<p>Nothing is quoted here.</p>", "Nothing is quoted here.", "", ""},
};

std::string name_of_case(const testing::TestParamInfo<Case>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Programs, FoldHtml, testing::ValuesIn(cases), name_of_case);

TEST(FoldHtmlTree, TheCutOpensAnewWhatItCloses) {
  const auto folded = fold_html(
      R"(<div class="x"><b>new<br>-----Original Message-----<br>old</b></div>)");
  EXPECT_EQ(folded.visible, R"(<div class="x"><b>new</b></div>)");
  EXPECT_EQ(folded.quoted, R"(<div class="x"><b><br>-----Original Message-----<br>old</b></div>)");
}

TEST(FoldHtmlTree, WhatIsNotCutStaysAsItCame) {
  EXPECT_EQ(fold_html("<p>a<p>b").visible, "<p>a<p>b");
}

TEST(FoldHtmlTree, DepthAndNumberTakeNoTime) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div><blockquote>";
  std::string ends = "x";
  for (int i = 0; i < 200'000; ++i) ends += "</p>";
  std::string open = "x<br>";
  for (int i = 0; i < 100'000; ++i) open += "<b>";
  const auto begin = std::chrono::steady_clock::now();
  fold_html("x" + deep + "y");
  fold_html(ends);
  fold_html(open + "<br>-----Original Message-----<br>y");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

RC_GTEST_PROP(FoldHtmlProperties, LosesNoText, (const std::vector<std::uint8_t>& choices)) {
  constexpr auto pieces = std::to_array<std::string_view>(
      {"<div>", "</div>", "<b>", "</b>", "<blockquote>", "</blockquote>", "<br>", "word ", "<p>",
       "On Jan 5, 2026 at 10:00 X &lt;x@y.z&gt; wrote:<br>", "</p>", "<td>", "</table>",
       "<div class=\"gmail_quote\">", "<hr>", "发自我的iPhone<br>", "-- <br>"});
  std::string html;
  for (auto choice : choices) html += pieces[choice % pieces.size()];
  const auto folded = fold_html(html);
  auto letters = [](std::string_view markup) {
    std::string all;
    for (char c : html_to_text(markup)) {
      if (!is_white(c)) all += c;
    }
    return all;
  };
  RC_ASSERT(letters(folded.visible) + letters(folded.signature) + letters(folded.quoted) ==
            letters(html));
}

}  // namespace
}  // namespace baijin::mime
