#include "mime/quote_marks.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mime/characters.h"

namespace baijin::mime {
namespace {

using Lines = std::vector<MailLine>;

// Names of header lines, as mail programs translate them into the text of an answer.
enum class Label { none, from, date, to, copy, subject };

struct LabelName {
  std::string_view name;  // without blanks, ASCII letters in lower case
  Label label;
};

constexpr auto labels = std::to_array<LabelName>({
    {"from", Label::from},
    {"发件人", Label::from},
    {"寄件者", Label::from},
    {"寄件人", Label::from},
    {"发信人", Label::from},
    {"来自", Label::from},
    {"差出人", Label::from},
    {"보낸사람", Label::from},
    {"von", Label::from},
    {"de", Label::from},
    {"da", Label::from},
    {"от", Label::from},
    {"van", Label::from},
    {"sent", Label::date},
    {"date", Label::date},
    {"senttime", Label::date},
    {"发送时间", Label::date},
    {"发送日期", Label::date},
    {"日期", Label::date},
    {"时间", Label::date},
    {"已发送", Label::date},
    {"傳送時間", Label::date},
    {"寄件日期", Label::date},
    {"送信日時", Label::date},
    {"日時", Label::date},
    {"날짜", Label::date},
    {"보낸날짜", Label::date},
    {"gesendet", Label::date},
    {"datum", Label::date},
    {"envoyé", Label::date},
    {"enviado", Label::date},
    {"fecha", Label::date},
    {"inviato", Label::date},
    {"дата", Label::date},
    {"отправлено", Label::date},
    {"to", Label::to},
    {"收件人", Label::to},
    {"收件者", Label::to},
    {"宛先", Label::to},
    {"받는사람", Label::to},
    {"an", Label::to},
    {"à", Label::to},
    {"para", Label::to},
    {"aan", Label::to},
    {"кому", Label::to},
    {"a", Label::to},
    {"cc", Label::copy},
    {"抄送", Label::copy},
    {"抄送人", Label::copy},
    {"副本", Label::copy},
    {"ccrecipients", Label::copy},
    {"subject", Label::subject},
    {"主题", Label::subject},
    {"主旨", Label::subject},
    {"标题", Label::subject},
    {"件名", Label::subject},
    {"제목", Label::subject},
    {"betreff", Label::subject},
    {"objet", Label::subject},
    {"asunto", Label::subject},
    {"oggetto", Label::subject},
    {"onderwerp", Label::subject},
    {"тема", Label::subject},
});

// "*From:*", "发 件 人：", "| 日期 |": the label in front, or none.
Label label_of(std::string_view line) {
  std::string name;
  std::size_t at = 0;
  for (int i = 0; i < 24 && at < line.size(); ++i) {
    const auto c = next_code_point(line, at);
    const bool ends = c == ':' || c == U'：' || (c == '|' && !name.empty());
    if (ends) {
      for (const auto& known : labels) {
        if (known.name == name) return known.label;
      }
      return Label::none;
    }
    if (!is_blank(c) && c != '*' && c != '|' && c != ill_formed) {
      append_code_point(name, c < 0x80 ? static_cast<char32_t>(lower(static_cast<char>(c))) : c);
    }
  }
  return Label::none;
}

bool contains_any(std::string_view text, const auto& words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Nothing but -, = or _ (and there are at least five): a rule drawn with letters.
bool is_rule(std::string_view line) {
  return line.size() >= 5 && line.find_first_not_of("-_=") == std::string_view::npos;
}

// "-----Original Message-----", "------------------ 原始邮件 ------------------"
bool is_titled_rule(std::string_view line) {
  constexpr auto titles = std::to_array<std::string_view>({"original",
                                                           "原始邮件",
                                                           "原始郵件",
                                                           "原邮件",
                                                           "邮件原件",
                                                           "郵件原件",
                                                           "原始信件",
                                                           "原始消息",
                                                           "forwarded",
                                                           "转发",
                                                           "轉寄",
                                                           "轉發",
                                                           "replied message",
                                                           "reply message",
                                                           "回复",
                                                           "wrote",
                                                           "写信",
                                                           "写到",
                                                           "写于",
                                                           "写道",
                                                           "ursprüngliche nachricht",
                                                           "message d'origine",
                                                           "mensaje original",
                                                           "messaggio originale",
                                                           "oorspronkelijk bericht",
                                                           "元のメッセージ",
                                                           "원본 메시지",
                                                           "исходное сообщение"});
  if (line.size() > 200 || line.size() < 8) return false;
  const char mark = line.front();
  if ((mark != '-' && mark != '=' && mark != '_') || !line.ends_with(mark)) return false;
  const auto begin = line.find_first_not_of(mark);
  if (begin == std::string_view::npos || begin < 2) return false;
  const auto end = line.find_last_not_of(mark);
  if (line.size() - end - 1 < 2) return false;
  return contains_any(lower(line.substr(begin, end + 1 - begin)), titles);
}

// "Begin forwarded message:", as Apple's programs put it.
bool is_forward_title(std::string_view line) {
  constexpr auto titles = std::to_array<std::string_view>(
      {"begin forwarded message:", "以下是转发的邮件：", "下面是被转发的邮件：", "开始转发邮件：",
       "已转发的邮件：", "anfang der weitergeleiteten nachricht:"});
  return std::ranges::find(titles, lower(line)) != titles.end();
}

bool has_clock_or_date(std::string_view line) {
  for (std::size_t at = 1; at + 1 < line.size(); ++at) {
    const bool between = is_digit(line[at - 1]) && is_digit(line[at + 1]);
    if (between && (line[at] == ':' || line[at] == '-' || line[at] == '/' || line[at] == '.')) {
      return true;
    }
  }
  return contains_any(line, std::to_array<std::string_view>({"年", "년"}));
}

// "On Mon, Jan 5, 2026 at 10:00 AM Wang <w@x.cn> wrote:", "在 2026-01-05 10:00，王 写道："
bool introduces(std::string_view text) {
  constexpr auto verbs = std::to_array<std::string_view>(
      {"wrote", "写道", "寫道", "写到", "写于", "schrieb", "a écrit", "escribió", "ha scritto",
       "escreveu", "schreef", "書きました", "のメール", "작성", "написал", "writes", "said"});
  if (text.size() > 500 || !has_clock_or_date(text)) return false;
  const bool colon = text.ends_with(':') || text.ends_with("：");
  // "张三 <z@x.cn>于2026年1月5日 周一10:00写道：" may lose its colon to the next line's mark.
  if (!colon && !text.ends_with("写道") && !text.ends_with("写道:")) return false;
  const auto small = lower(text);
  return contains_any(small, verbs) || small.ends_with(">:") || small.ends_with("> :");
}

class CutFinder {
 public:
  explicit CutFinder(const Lines& lines)
      : lines_(lines), quoted_from_(lines.size() + 1), own_from_(lines.size() + 1) {
    quoted_from_[lines.size()] = own_from_[lines.size()] = lines.size();
    for (auto i = lines.size(); i-- > 0;) {
      quoted_from_[i] = lines[i].quoted ? i : quoted_from_[i + 1];
      own_from_[i] = !lines[i].quoted && !is_empty(i) ? i : own_from_[i + 1];
    }
  }

  Cuts find() {
    Cuts cuts{lines_.size(), lines_.size()};
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!begins_quote(i)) continue;
      cuts.quote = with_rule_above(i);
      break;
    }
    if (cuts.quote == lines_.size()) cuts.quote = trailing_quote();
    if (is_blank_until(cuts.quote)) cuts.quote = lines_.size();  // nothing else is there to read
    cuts.signature = signature_before(cuts.quote);
    return cuts;
  }

 private:
  bool is_empty(std::size_t i) const { return lines_[i].text.empty(); }
  std::size_t next_full(std::size_t i) const {
    while (i < lines_.size() && is_empty(i)) ++i;
    return i;
  }
  bool is_blank_until(std::size_t end) const {
    for (std::size_t i = 0; i < end; ++i) {
      if (!is_empty(i) && !is_rule(lines_[i].text)) return false;
    }
    return true;
  }

  bool begins_quote(std::size_t i) const {
    const auto& line = lines_[i];
    if (line.begins_quote) return !has_answers_below(i);
    if (is_empty(i) || line.quoted) {
      // What some programs quote has its headers inside of the quotation.
      return line.quoted && label_of(line.text) == Label::from && is_header_block(i) &&
             !has_answers_below(i);
    }
    if (is_titled_rule(line.text) || is_forward_title(line.text)) return true;
    if (is_header_block(i)) return true;
    return is_introduction(i) && !has_answers_below(i);
  }

  // From, and two others of Sent, To, Subject, Cc in the lines below.
  bool is_header_block(std::size_t i) const {
    if (label_of(lines_[i].text) != Label::from) return false;
    std::array<bool, 6> seen{};
    int others = 0;
    const auto end = std::min(lines_.size(), i + 12);
    for (std::size_t at = i + 1; at < end && others < 2; ++at) {
      const auto label = label_of(lines_[at].text);
      auto& known = seen[static_cast<std::size_t>(label)];
      if (label != Label::none && label != Label::from && !known) ++others;
      known = true;
    }
    return others == 2;
  }

  // In one line, or broken over up to three.
  bool is_introduction(std::size_t i) const {
    std::string joined;
    for (std::size_t at = i; at < lines_.size() && at < i + 3; ++at) {
      if (is_empty(at) || lines_[at].quoted) return false;
      if (at > i) joined += ' ';
      joined += lines_[at].text;
      if (introduces(joined)) return at == i || is_beginning(lines_[i].text);
    }
    return false;
  }
  // So that a sentence in front of an introduction is not taken for its first line.
  static bool is_beginning(std::string_view line) {
    constexpr auto beginnings = std::to_array<std::string_view>(
        {"on ", "at ", "在", "于", "am ", "le ", "el ", "il ", "em ", "op "});
    const auto small = lower(line);
    const bool known = std::ranges::any_of(
        beginnings, [&](std::string_view beginning) { return small.starts_with(beginning); });
    return known || has_clock_or_date(line);
  }

  // Somebody wrote between or below the quoted lines: then all of it is one conversation.
  bool has_answers_below(std::size_t i) const {
    const auto own = own_from_[quoted_from_[i]];
    return own < lines_.size() && !is_footer(own);
  }
  // A list's or a company's lines at the very end, behind a rule or a signature's mark.
  bool is_footer(std::size_t i) const {
    const auto& text = lines_[i].text;
    return is_rule(text) || text == "--" || is_mobile_mark(text);
  }

  std::size_t with_rule_above(std::size_t i) const {
    auto above = i;
    while (above > 0 && is_empty(above - 1)) --above;
    return above > 0 && is_rule(lines_[above - 1].text) ? above - 1 : i;
  }

  // ">" lines at the end that nobody introduced.
  std::size_t trailing_quote() const {
    auto end = lines_.size();
    while (end > 0 && is_empty(end - 1)) --end;
    if (end == 0 || !lines_[end - 1].quoted) return lines_.size();
    auto begin = end;
    while (begin > 0 && (lines_[begin - 1].quoted || is_empty(begin - 1))) --begin;
    begin = next_full(begin);
    // Its introduction goes with it, though there were answers further up.
    for (std::size_t back = 1; back <= 3 && back <= begin; ++back) {
      if (is_introduction(begin - back)) return begin - back;
      if (is_empty(begin - back) && back > 1) break;
    }
    return begin;
  }

  static bool is_mobile_mark(std::string_view line) {
    constexpr auto marks = std::to_array<std::string_view>(
        {"发自我的",       "发自 我的",         "发自网易邮箱",    "发自 网易邮箱",
         "来自网易邮箱",   "来自 网易邮箱",     "来自我的",        "从我的",
         "由我的",         "从 windows 版邮件", "发送自 windows",  "从 outlook",
         "获取 outlook",   "获取outlook",       "下载 outlook",    "發自我的",
         "從我的",         "傳自我的",          "发自qq邮箱",      "发自 qq邮箱",
         "来自qq邮箱",     "发自企业微信",      "发自钉钉",        "来自钉钉",
         "发自新浪邮箱",   "发自 foxmail",      "sent from",       "get outlook for",
         "von meinem",     "envoyé de mon",     "envoyé depuis",   "enviado desde",
         "enviado do meu", "inviato da",        "verzonden vanaf", "отправлено с",
         "iphoneから送信", "iphone에서 보냄"});
    if (line.size() > 160) return false;
    const auto small = lower(line);
    return std::ranges::any_of(marks,
                               [&](std::string_view mark) { return small.starts_with(mark); });
  }

  // "-- " with at most 15 lines below, or a telephone's own line as the last one.
  std::size_t signature_before(std::size_t end) const {
    constexpr std::size_t most_lines = 15;
    auto last = end;
    while (last > 0 && is_empty(last - 1)) --last;
    if (last == 0) return end;
    for (auto i = last; i-- > 0 && last - i <= most_lines;) {
      const bool mark = lines_[i].text == "--" && !lines_[i].quoted;
      if (mark) return is_blank_until(i) ? end : i;
    }
    if (!is_mobile_mark(lines_[last - 1].text) || lines_[last - 1].quoted) return end;
    auto begin = last - 1;
    if (begin > 0 && is_rule(lines_[begin - 1].text)) --begin;
    return is_blank_until(begin) ? end : begin;
  }

  const Lines& lines_;
  std::vector<std::size_t> quoted_from_;  // the next quoted line, at or below
  std::vector<std::size_t> own_from_;     // the next one that is neither quoted nor empty
};

}  // namespace

Cuts find_cuts(const Lines& lines) { return CutFinder(lines).find(); }

std::string squeezed_line(std::string_view raw) {
  std::string line;
  for (std::size_t at = 0; at < raw.size();) {
    const auto c = next_code_point(raw, at);
    if (c == ill_formed) append_code_point(line, 0xFFFD);
    else if (!is_blank(c)) append_code_point(line, c);
    else if (!line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace baijin::mime
