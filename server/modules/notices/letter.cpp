#include "modules/notices/letter.h"

#include "base/html.h"
#include "base/time.h"

namespace baijin::notices {
namespace {

struct Words {
  NoticeKind kind;
  std::string_view zh, en;  // # is who did it
};

constexpr Words words[] = {
    {NoticeKind::assigned_to_me, "#把服务单派给了你", "# assigned it to you"},
    {NoticeKind::mentioned, "#提到了你", "# mentioned you"},
    {NoticeKind::reopened, "#重新打开了服务单", "# reopened it"},
    {NoticeKind::customer_answered, "#回复了", "# answered"},
    {NoticeKind::opened_for_my_team, "团队有新的服务单", "New for your team"},
    {NoticeKind::handed_over, "#把你的服务单转给了别人", "# gave your ticket to somebody else"},
    {NoticeKind::low_rating, "#给了低分评价", "# gave a low rating"},
    {NoticeKind::closing_reminder, "已再次请客户确认", "The customer was asked again to confirm"},
    {NoticeKind::closing_held, "缺少记录，未能自动关闭",
     "It could not be closed: a record is missing"},
    {NoticeKind::watched_ticket_noted, "#写了备注", "# wrote a note"},
    {NoticeKind::watched_ticket_replied, "#回复了客户", "# replied to the customer"},
    {NoticeKind::reply_not_delivered, "回复未能送达客户", "A reply did not reach the customer"},
    {NoticeKind::mailbox_failing, "邮箱无法收发邮件", "A mailbox does not work"},
    {NoticeKind::mailbox_well, "邮箱已恢复正常", "A mailbox works again"},
    {NoticeKind::sender_floods, "#短时间内来信过多，已暂停自动回复",
     "# writes too much and gets no automatic answers for now"},
};

std::string link_to(std::string_view base_url, std::string_view path) {
  if (base_url.ends_with('/')) base_url.remove_suffix(1);
  return escape_html(std::string(base_url) + std::string(path));
}

std::string page_of(const Ref& subject) {
  std::string_view pages = subject.kind == "mailbox" ? "/mailboxes/" : "/tickets/";
  return std::string(pages) + std::to_string(subject.id);
}

std::string line_of(const NoticeView& notice, const Reading& reading) {
  auto line = "<p><b>" + escape_html(sentence_of(notice, reading.english)) + "</b><br><a href=\"" +
              link_to(reading.base_url, page_of(notice.subject)) + "\">" +
              escape_html(notice.title) + "</a><br>";
  if (!notice.number.empty()) line += escape_html(notice.number) + " · ";
  if (notice.customer_name) line += escape_html(*notice.customer_name) + " · ";
  return line + clock_text(notice.at, reading.zone) + "</p>";
}

std::string subject_of(const std::vector<NoticeView>& notices, std::size_t more, bool english) {
  const auto& first = notices.front();
  if (notices.size() == 1 && more == 0) {
    auto subject = sentence_of(first, english) + (english ? ": " : "：") + first.title;
    return first.number.empty() ? subject : subject + " [" + first.number + "]";
  }
  auto count = std::to_string(notices.size() + more);
  return english ? count + " new notices" : count + " 条新通知";
}

}  // namespace

std::string sentence_of(const NoticeView& notice, bool english) {
  std::string sentence;
  for (const auto& one : words) {
    if (one.kind == notice.kind) sentence = english ? one.en : one.zh;
  }
  std::string who = notice.by_name.empty() ? (english ? "The desk" : "系统") : notice.by_name;
  if (sentence.starts_with('#')) sentence.replace(0, 1, who);
  if (notice.times < 2) return sentence;
  return sentence + " ×" + std::to_string(notice.times);
}

Letter letter_of(const std::vector<NoticeView>& notices, std::size_t more, const Reading& reading) {
  Letter letter;
  letter.subject = subject_of(notices, more, reading.english);
  for (const auto& notice : notices) letter.html += line_of(notice, reading);
  auto paragraph = [&](std::string_view path, const std::string& text) {
    letter.html += "<p><a href=\"" + link_to(reading.base_url, path) + "\">" + text + "</a></p>";
  };
  if (more > 0) {
    auto count = std::to_string(more);
    paragraph("/notices", reading.english ? count + " more" : "还有 " + count + " 条");
  }
  paragraph("/me/notices", reading.english ? "What I am told of, and when" : "通知设置");
  return letter;
}

}  // namespace baijin::notices
