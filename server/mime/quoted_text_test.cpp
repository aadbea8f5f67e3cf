// What the mail programs of China and of the West put under an answer, one of each.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "mime/characters.h"
#include "mime/quoted.h"

namespace baijin::mime {
namespace {

struct Case {
  const char* name;
  const char* text;
  const char* visible;
  const char* signature;
  const char* quoted_begins;
};

class FoldText : public testing::TestWithParam<Case> {};

std::string without_blanks(std::string_view text) {
  std::string all;
  for (char c : text) {
    if (!is_white(c)) all += c;
  }
  return all;
}

TEST_P(FoldText, CutsWhereTheAnswerEnds) {
  const auto& one = GetParam();
  const auto folded = fold_text(one.text);
  EXPECT_EQ(folded.visible, one.visible);
  EXPECT_EQ(folded.signature, one.signature);
  EXPECT_TRUE(folded.quoted.starts_with(one.quoted_begins)) << folded.quoted;
  EXPECT_EQ(folded.quoted.empty(), std::string_view(one.quoted_begins).empty()) << folded.quoted;
  EXPECT_EQ(without_blanks(folded.visible + folded.signature + folded.quoted),
            without_blanks(one.text));
}

const Case western[] = {
    {"GmailEnglish",
     "Thanks, it works.\n\nOn Mon, Jan 5, 2026 at 10:00 AM Support <support@desk.example> "
     "wrote:\n\n"
     "> Please try again.\n> Regards\n",
     "Thanks, it works.", "", "On Mon, Jan 5, 2026"},
    {"GmailWrappedIntroduction",
     "Yes.\n\nOn Mon, Jan 5, 2026 at 10:00 AM A Very Long Department Name <\n"
     "support-and-service@desk.example.com> wrote:\n\n> Did it work?\n",
     "Yes.", "", "On Mon, Jan 5, 2026"},
    {"GmailForward",
     "FYI, please handle.\n\n---------- Forwarded message ---------\nFrom: Wang <w@x.cn>\n"
     "Date: Mon, Jan 5, 2026\nSubject: PLC\nTo: <me@x.cn>\n\nIt is broken.\n",
     "FYI, please handle.", "", "---------- Forwarded message"},
    {"ForwardAloneIsVisible",
     "---------- Forwarded message ---------\nFrom: Wang <w@x.cn>\nDate: Mon, Jan 5, 2026\n"
     "Subject: PLC\nTo: <me@x.cn>\n\nIt is broken.",
     "---------- Forwarded message ---------\nFrom: Wang <w@x.cn>\nDate: Mon, Jan 5, 2026\n"
     "Subject: PLC\nTo: <me@x.cn>\n\nIt is broken.",
     "", ""},
    {"OutlookEnglish",
     "Hello,\n\nstill broken.\n\n\nFrom: Support <support@desk.example>\n"
     "Sent: Monday, January 5, 2026 10:00 AM\nTo: Wang\nSubject: RE: PLC\n\nPlease restart.\n",
     "Hello,\n\nstill broken.", "", "From: Support"},
    {"OutlookWithRule",
     "Still broken.\n\n________________________________\nFrom: Support <support@desk.example>\n"
     "Sent: Monday, January 5, 2026 10:00 AM\nTo: Wang <w@x.cn>\nSubject: PLC\n\nRestart.\n",
     "Still broken.", "", "________________________________\nFrom:"},
    {"OutlookExpress",
     "ok\n\n-----Original Message-----\nFrom: Support [mailto:s@desk.example]\n"
     "Sent: Monday, January 05, 2026 10:00\nTo: Wang\nSubject: x\n\nhello\n",
     "ok", "", "-----Original Message-----"},
    {"OutlookBoldHeaders",
     "ok\n\n*From:* Support <s@desk.example>\n*Sent:* Monday, January 5, 2026\n*To:* Wang\n"
     "*Subject:* x\n\nhello\n",
     "ok", "", "*From:*"},
    {"OutlookGerman",
     "Danke.\n\nVon: Support <s@desk.example>\nGesendet: Montag, 5. Januar 2026 10:00\nAn: Wang\n"
     "Betreff: x\n\nHallo\n",
     "Danke.", "", "Von: Support"},
    {"AppleMail",
     "Works now.\n\n> On 5 Jan 2026, at 10:00, Support <s@desk.example> wrote:\n> \n> Try again.\n",
     "Works now.", "", "> On 5 Jan 2026"},
    {"AppleMailUnquotedIntroduction",
     "Works now.\n\nOn Jan 5, 2026, at 10:00, Support <s@desk.example> wrote:\n\n> Try again.\n\n",
     "Works now.", "", "On Jan 5, 2026"},
    {"AppleForward",
     "See below.\n\nBegin forwarded message:\n\n> From: Wang <w@x.cn>\n> Subject: PLC\n"
     "> Date: 5 Jan 2026\n> To: me@x.cn\n> \n> Broken.\n",
     "See below.", "", "Begin forwarded message:"},
    {"Thunderbird", "Yes, it does.\n\nOn 1/5/26 10:00 AM, Support wrote:\n> Does it work?\n",
     "Yes, it does.", "", "On 1/5/26"},
    {"ThunderbirdGerman", "Ja.\n\nAm 05.01.26 um 10:00 schrieb Support:\n> Geht es?\n", "Ja.", "",
     "Am 05.01.26"},
    {"GmailFrench",
     "Oui.\n\nLe lun. 5 janv. 2026 à 10:00, Support <s@desk.example> a écrit :\n\n> Ça marche ?\n",
     "Oui.", "", "Le lun. 5 janv. 2026"},
    {"GmailJapanese",
     "はい。\n\n2026年1月5日(月) 10:00 Support <s@desk.example>:\n\n> 動きますか\n", "はい。", "",
     "2026年1月5日(月)"},
    {"AnswersBetweenStayVisible",
     "Hi,\n\nOn Mon, Jan 5, 2026 at 10:00 AM S <s@desk.example> wrote:\n> Which version?\n"
     "V3.2\n> Which site?\nSuzhou\n",
     "Hi,\n\nOn Mon, Jan 5, 2026 at 10:00 AM S <s@desk.example> wrote:\n> Which version?\n"
     "V3.2\n> Which site?\nSuzhou",
     "", ""},
    {"AnswersBelowStayVisible",
     "On Mon, Jan 5, 2026 at 10:00 AM S <s@desk.example> wrote:\n> Which version?\n\nV3.2\n",
     "On Mon, Jan 5, 2026 at 10:00 AM S <s@desk.example> wrote:\n> Which version?\n\nV3.2", "", ""},
    {"TrailingQuoteAfterAnswers",
     "> Which version?\nV3.2\n> Which site?\nSuzhou\n\n> Regards\n> Support\n",
     "> Which version?\nV3.2\n> Which site?\nSuzhou", "", "> Regards"},
    {"BareQuoteAtTheEnd", "Please call me.\n\n> old text\n> more\n", "Please call me.", "",
     "> old"},
    {"ListFooterBelowTheQuote",
     "I agree.\n\nOn Mon, Jan 5, 2026 at 10:00 AM S <s@desk.example> wrote:\n> A proposal.\n"
     "_______________________________________________\nusers mailing list\nusers@l.example\n",
     "I agree.", "", "On Mon, Jan 5, 2026"},
    {"SignatureMark", "It is broken.\n\n-- \nWang Fang\nAcme (Suzhou)\n", "It is broken.",
     "-- \nWang Fang\nAcme (Suzhou)", ""},
    {"SignatureAndQuote",
     "It is broken.\n\n-- \nWang Fang\n\nOn Mon, Jan 5, 2026 at 10:00 AM S <s@d.example> wrote:\n"
     "> Hi\n",
     "It is broken.", "-- \nWang Fang", "On Mon, Jan 5, 2026"},
    {"SentFromMyPhone", "Broken again.\n\nSent from my iPhone", "Broken again.",
     "Sent from my iPhone", ""},
    {"OutlookForIos",
     "Broken again.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n"
     "________________________________\nFrom: S <s@desk.example>\nSent: Monday, January 5, 2026\n"
     "To: W <w@x.cn>\nSubject: x\n\nHi\n",
     "Broken again.", "Get Outlook for iOS<https://aka.ms/o0ukef>",
     "________________________________\nFrom"},
    {"ADashIsNoSignature", "a - b\n--\n", "a - b", "--", ""},
    {"FromInASentenceIsNoHeader", "From: the beginning it was broken.\nPlease call.",
     "From: the beginning it was broken.\nPlease call.", "", ""},
    {"WroteInASentenceIsNoIntroduction", "As I wrote:\nit is broken since 10:00.",
     "As I wrote:\nit is broken since 10:00.", "", ""},
    {"NothingAtAll", "", "", "", ""},
    {"OnlyAQuoteIsVisible", "> a\n> b", "> a\n> b", "", ""},
};

const Case chinese[] = {
    {"Qq",
     "您好，问题还在。\n\n\n------------------ 原始邮件 ------------------\n"
     "发件人: \"服务台\" <support@desk.example>;\n发送时间: 2026年1月5日(星期一) 上午10:00\n"
     "收件人: \"王芳\"<wf@qq.com>;\n主题: Re: PLC 报警\n\n请重启。\n",
     "您好，问题还在。", "", "------------------ 原始邮件 ------------------"},
    {"QqEnglish",
     "ok\n\n------------------ Original ------------------\nFrom: \"S\" <s@desk.example>;\n"
     "Date: Mon, Jan 5, 2026 10:00 AM\nTo: \"w\"<w@qq.com>;\nSubject: x\n\nhi\n",
     "ok", "", "------------------ Original"},
    {"QqPhone",
     "好的\n\n---Original---\nFrom: \"S\"<s@desk.example>\nDate: Mon, Jan 5, 2026\n"
     "To: \"w\"<w@qq.com>;\nSubject: x\n\nhi\n",
     "好的", "", "---Original---"},
    {"Foxmail",
     "收到，谢谢！\n\n\n\n王芳\n\n发件人： 服务台\n发送时间： 2026-01-05 10:00\n收件人： wf\n"
     "主题： Re: PLC\n请重启。\n",
     "收到，谢谢！\n\n\n\n王芳", "", "发件人： 服务台"},
    {"NetEase163",
     "问题解决了。\n\n\n\n\n\n\n\n在 2026-01-05 10:00:00，\"服务台\" <support@desk.example> "
     "写道：\n"
     "\n请重启。\n此致\n",
     "问题解决了。", "", "在 2026-01-05 10:00:00"},
    {"NetEase163English",
     "solved\n\nAt 2026-01-05 10:00:00, \"S\" <s@desk.example> wrote:\n>please restart\n", "solved",
     "", "At 2026-01-05"},
    {"NetEaseMailMaster",
     "已处理\n\n\n| |\n王芳\n|\n---- 回复的原邮件 ----\n| 发件人 | 服务台<s@desk.example> |\n"
     "| 日期 | 2026年01月05日 10:00 |\n| 收件人 | wf@163.com |\n| 主题 | PLC |\n请重启\n",
     "已处理\n\n\n| |\n王芳\n|", "", "---- 回复的原邮件 ----"},
    {"NetEaseMasterEnglish",
     "done\n\n---- Replied Message ----\n| From | S<s@desk.example> |\n| Date | 01/05/2026 10:00 "
     "|\n"
     "| To | w@163.com |\n| Subject | x |\nhi\n",
     "done", "", "---- Replied Message ----"},
    {"GmailChinese",
     "可以了\n\n服务台 <support@desk.example> 于2026年1月5日周一 10:00写道：\n\n> 请重启\n",
     "可以了", "", "服务台 <support@desk.example>"},
    {"AppleChinese",
     "可以了\n\n> 在 2026年1月5日，10:00，服务台 <support@desk.example> 写道：\n> \n> 请重启\n",
     "可以了", "", "> 在 2026年1月5日"},
    {"IphoneChinese",
     "可以了\n\n发自我的 iPhone\n\n> 在 2026年1月5日，上午10:00，服务台 <s@desk.example> 写道：\n> "
     "\n"
     "> ﻿请重启\n",
     "可以了", "发自我的 iPhone", "> 在 2026年1月5日"},
    {"IphoneChineseOld", "可以了\n\n发自我的iPhone", "可以了", "发自我的iPhone", ""},
    {"OutlookChinese",
     "您好：\n  问题还在。\n\n发件人: 服务台 <support@desk.example>\n发送时间: 2026年1月5日 10:00\n"
     "收件人: 王芳 <wf@customer.cn>\n抄送: 李强\n主题: 答复: PLC\n\n请重启。\n",
     "您好：\n  问题还在。", "", "发件人: 服务台"},
    {"OutlookChineseOriginal",
     "ok\n\n-----邮件原件-----\n发件人: 服务台 [mailto:s@desk.example]\n发送时间: 2026年1月5日 "
     "10:00\n"
     "收件人: 王芳\n主题: PLC\n\n请重启\n",
     "ok", "", "-----邮件原件-----"},
    {"OutlookTraditional",
     "好\n\n寄件者: 服務台 <s@desk.example>\n寄件日期: 2026年1月5日 上午 10:00\n收件者: 王芳\n"
     "主旨: PLC\n\n請重啟\n",
     "好", "", "寄件者: 服務台"},
    {"ThunderbirdChinese", "可以\n\n在 2026/1/5 10:00, 服务台 写道:\n> 请重启\n", "可以", "",
     "在 2026/1/5 10:00"},
    {"ThunderbirdChineseForward",
     "请处理\n\n-------- 转发的消息 --------\n主题: PLC\n日期: Mon, 5 Jan 2026 10:00:00 +0800\n"
     "发件人: 王芳 <wf@customer.cn>\n收件人: 李强 <lq@x.cn>\n\n坏了\n",
     "请处理", "", "-------- 转发的消息 --------"},
    {"DingTalk",
     "已收到\n------------------------------------------------------------------\n"
     "发件人：服务台<support@desk.example>\n日　期：2026年01月05日 10:00:00\n"
     "收件人：王芳<wf@customer.cn>\n主　题：PLC\n\n请重启\n",
     "已收到", "",
     "------------------------------------------------------------------\n发件人：服务台"},
    {"Aliyun",
     "好的\n\n------------------------------------------------------------------\n"
     "发件人：服务台 <support@desk.example>\n发送时间：2026年1月5日(星期一) 10:00\n"
     "收件人：王芳 <wf@customer.cn>\n主　题：回复：PLC\n\n请重启\n",
     "好的", "",
     "------------------------------------------------------------------\n发件人：服务台"},
    {"Coremail",
     "好的\n\n\n-----原始邮件-----\n发件人:\"服务台\" <support@desk.example>\n"
     "发送时间:2026-01-05 10:00:00 (星期一)\n收件人: wf@customer.cn\n抄送: \n主题: PLC\n\n请重启\n",
     "好的", "", "-----原始邮件-----"},
    {"LotusNotesChinese",
     "同意\n\n\n\n发件人： \"服务台\" <support@desk.example>\n收件人： wang@customer.cn\n抄送：\n"
     "日期： 2026/01/05 10:00\n主题： PLC\n\n\n请重启\n",
     "同意", "", "发件人： \"服务台\""},
    {"LotusINotes",
     "同意\n\n-----\"服务台\" <support@desk.example> 写信: -----\n收件人: wang@customer.cn\n"
     "发件人: \"服务台\" <support@desk.example>\n日期: 2026/01/05 10:00\n主题: PLC\n\n请重启\n",
     "同意", "", "-----\"服务台\""},
    {"WideBlanksInLabels",
     "好\n\n发 件 人：服务台\n收 件 人：王芳\n日 期：2026-01-05\n主 题：PLC\n\n请重启\n", "好", "",
     "发 件 人：服务台"},
    {"NetEaseSignature", "还是不行\n\n发自 网易邮箱大师", "还是不行", "发自 网易邮箱大师", ""},
    {"HuaweiSignature", "还是不行\n\n发自我的华为手机\n", "还是不行", "发自我的华为手机", ""},
    {"WeComSignature", "还是不行\n\n\n发自企业微信", "还是不行", "发自企业微信", ""},
    {"ASentenceThatSaysWritten", "客户在说明书里写道：压力 3:2 时报警。\n请处理。",
     "客户在说明书里写道：压力 3:2 时报警。\n请处理。", "", ""},
    {"AFormWithLabels", "日期：2026-01-05\n型号：S7\n请处理。",
     "日期：2026-01-05\n型号：S7\n请处理。", "", ""},
};

std::string name_of_case(const testing::TestParamInfo<Case>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Western, FoldText, testing::ValuesIn(western), name_of_case);
INSTANTIATE_TEST_SUITE_P(Chinese, FoldText, testing::ValuesIn(chinese), name_of_case);

RC_GTEST_PROP(FoldTextProperties, LosesNothing, (const std::vector<std::uint8_t>& choices)) {
  constexpr auto lines = std::to_array<std::string_view>(
      {"hello", "> quoted", ">> deeper", "", "-- ",
       "On Jan 5, 2026 at 10:00 X <x@y.z> wrote:", "发件人: x", "收件人: y", "主题: z",
       "发自我的iPhone", "-----Original Message-----", "____________"});
  std::string text;
  for (auto choice : choices) text += std::string(lines[choice % lines.size()]) + "\n";
  const auto folded = fold_text(text);
  RC_ASSERT(without_blanks(folded.visible + folded.signature + folded.quoted) ==
            without_blanks(text));
  RC_ASSERT(folded.quoted.empty() || !without_blanks(folded.visible).empty());
}

}  // namespace
}  // namespace baijin::mime
