// The saved views and ready-made replies of a new desk. All but the views are data that the desk
// changes as it likes.
#include <algorithm>
#include <array>

#include "base/html.h"
#include "modules/accounts/accounts.h"
#include "modules/tickets/canned_replies.h"
#include "modules/tickets/views.h"

namespace baijin::tickets {
namespace {

struct ViewPreset {
  const char *key, *name_zh, *name_en, *filter, *sort;
};

constexpr ViewPreset views[] = {
    {"mine", "我的", "Mine", R"({"assignee":"me","open":true})", "due_at"},
    {"unassigned", "未分派", "Unassigned", R"({"assignee":"none","open":true})", "created_at"},
    {"due_soon", "即将到期", "Due soon", R"({"open":true,"due_to":"+1d"})", "due_at"},
    {"waiting_customer", "等待客户", "Waiting for customer",
     R"({"state":"waiting_customer","open":true})", "updated_at"},
    {"new_today", "今天新建", "New today", R"({"created_from":"today"})", "-created_at"}};

constexpr const char* usual_columns[] = {"number", "subject", "customer_name", "priority",
                                         "state",  "due_at",  "assignee_name", "updated_at"};

// A body is a text of lines: each a paragraph, or an item of a list when it begins with "- ".
// The greeting and the name of who writes come around it.
struct ReplyPreset {
  const char *key, *name_zh, *name_en, *body_zh, *body_en;
};

constexpr ReplyPreset replies[] = {
    {"received", "已收到您的请求", "We have your request",
     "感谢您的来信。您反映的“{{ticket.subject}}”我们已经登记，编号 {{ticket.number}}。\n"
     "我是{{agent.name}}，会负责跟进，并及时向您通报进展。\n"
     "您可以随时在这里查看处理情况：{{portal.link}}",
     "Thank you for writing to us. We have registered “{{ticket.subject}}” as "
     "{{ticket.number}}.\n"
     "My name is {{agent.name}}; I am looking after it and will keep you informed.\n"
     "You can follow the progress at any time here: {{portal.link}}"},
    {"ask_for_details", "请补充信息", "Asking for details",
     "为了尽快为您处理 {{ticket.number}}，想请您补充以下信息：\n"
     "- 问题出现的时间，以及当时正在进行的操作；\n"
     "- 页面上的提示文字或截图；\n"
     "- 是个别人员遇到，还是大家都遇到。\n"
     "如果有不便提供的内容，请告诉我，我们一起找别的办法。谢谢您的配合！",
     "To help you with {{ticket.number}} as quickly as we can, may I ask for a few "
     "details:\n"
     "- when it happened and what was being done at that moment;\n"
     "- the words on the screen, or a screenshot;\n"
     "- whether it concerns one person or everybody.\n"
     "If any of this is difficult to provide, please tell me and we will find another way."},
    {"being_diagnosed", "正在查找原因", "Looking for the cause",
     "关于 {{ticket.number}}，我们的工程师正在分析原因。一有结果我会马上告诉您。\n"
     "如果需要更多时间，我也会提前向您说明原因和下一步安排。",
     "Our engineers are looking for the cause of {{ticket.number}}. I will tell you as "
     "soon as we have found it.\n"
     "Should it take longer, you will hear from me beforehand why, and what we will do "
     "next."},
    {"appointment", "约定上门时间", "Arranging a visit",
     "这次需要工程师到现场为您处理（{{ticket.number}}）。请问您方便的日期和时间段是什么？\n"
     "也请告诉我们现场联系人、入场要求和停车事项，以便我们做好准备、减少对您工作的影响。",
     "For {{ticket.number}} an engineer should come to your site. Which day and time "
     "would suit you?\n"
     "Please also let us know whom to ask for, and what is needed to enter, so that we "
     "come prepared and disturb your work as little as possible."},
    {"backup_before_change", "变更前确认备份", "Backup before a change",
     "处理 {{ticket.number}} 需要调整{{product.name}}的配置。\n"
     "动手之前，我们会先记录原有参数并做好备份，需要时可以恢复到现在的状态。\n"
     "请您确认可以操作的时间，并告知期间需要避开的业务。",
     "To resolve {{ticket.number}} we need to change the configuration of {{product.name}}"
     ".\n"
     "Before we begin we record the present settings and make a backup, so that "
     "everything can be put back as it is now.\n"
     "Please tell us when we may do this and which work must not be interrupted."},
    {"delayed", "时间延后的说明", "It takes longer than promised",
     "很抱歉，{{ticket.number}} 需要比原定更长的时间。\n"
     "原因是：（请填写）。\n"
     "我们建议：（请填写新的时间和过渡办法）。\n"
     "如果这样的安排对您有影响，请直接与我联系，我们一起商量更合适的方案。",
     "I am sorry that {{ticket.number}} needs more time than we had promised.\n"
     "The reason is: (please fill in).\n"
     "We propose: (please fill in the new time, and what helps until then).\n"
     "If this does not suit you, please contact me directly and we will find a better "
     "arrangement together."},
    {"please_confirm", "请确认处理结果", "Please confirm the result",
     "“{{ticket.subject}}”（{{ticket.number}}）已经处理完成并通过测试。\n"
     "请您检查是否符合预期，并在这里确认：{{portal.link}}\n"
     "如果还有不满意的地方，请告诉我们，我们会继续处理。",
     "“{{ticket.subject}}” ({{ticket.number}}) has been resolved and tested.\n"
     "Please check whether it is as you expect and confirm it here: {{portal.link}}\n"
     "If anything is still not right, please tell us and we will go on."},
    {"how_to_use", "使用方法说明", "How to use it",
     "关于您询问的{{product.name}}的使用方法，请按以下步骤操作：\n"
     "- （请填写）\n"
     "操作中遇到任何问题，请随时联系我，我可以通过电话或远程陪您一起完成。",
     "This is how to do it in {{product.name}}:\n"
     "- (please fill in)\n"
     "If you get stuck anywhere, please contact me: I will gladly go through it with you "
     "by telephone or remotely."},
    {"suggestion_thanks", "感谢您的建议", "Thank you for your suggestion",
     "感谢{{customer.name}}对{{product.name}}提出的建议。\n"
     "我们已经记录（{{ticket.number}}）并转交产品团队评估，有结论后会向您回复。\n"
     "您的意见对我们改进产品很有帮助。",
     "Thank you for what {{customer.name}} suggests for {{product.name}}.\n"
     "We have recorded it ({{ticket.number}}) and passed it on to the product team; you "
     "will hear from us what they decide.\n"
     "Your view helps us to make it better."},
    {"complaint_apology", "投诉致歉", "Apology after a complaint",
     "对于这次服务给您带来的不便，我们诚恳地向您道歉。\n"
     "您反映的情况（{{ticket.number}}，{{today}}）已由专人负责核实。\n"
     "我们会在查清原因后向您说明，并告知改进措施。",
     "We sincerely apologise for the trouble this has caused you.\n"
     "A colleague is looking into what you told us ({{ticket.number}}, {{today}}).\n"
     "Once we know the cause we will explain it to you and say what we will do better."},
    {"closing", "结束并致谢", "Closing with thanks",
     "{{ticket.number}} 已经完成。感谢您的理解与配合！\n"
     "如果之后再次出现同样的问题，直接回复即可，我们会接着为您处理。祝您工作顺利！",
     "{{ticket.number}} is finished. Thank you for your patience and help.\n"
     "Should it come back, simply reply and we will take it up again. Kind regards"}};

std::string as_html(std::string_view lines) {
  std::string html;
  bool in_list = false;
  while (!lines.empty()) {
    auto end = std::min(lines.find('\n'), lines.size());
    auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    bool item = line.starts_with("- ");
    if (item != in_list) html += item ? "<ul>" : "</ul>";
    in_list = item;
    html += item ? "<li>" : "<p>";
    html += escape_html(item ? line.substr(2) : line);
    html += item ? "</li>" : "</p>";
  }
  return in_list ? html + "</ul>" : html;
}

CannedBody letter(std::string_view greeting, std::string_view lines) {
  auto html = as_html(greeting) + as_html(lines) + as_html("{{agent.name}}");
  return {sanitise(html).html};
}

}  // namespace

void add_preset_views(Change& change) {
  constexpr std::array<std::string_view, 1> right{"tickets.share_views"};
  for (auto role : {"duty_manager", "manager"}) accounts::grant(change, role, right);
  for (const auto& preset : views) {
    SavedView view;
    view.key = Slug{preset.key};
    view.name_zh.value = preset.name_zh;
    view.name_en.value = preset.name_en;
    view.filter.value = parse_json(preset.filter).as_object();
    for (auto column : usual_columns) view.columns.push_back({column});
    view.sort = preset.sort;
    view.created_at = change.now();
    change.add(view);
    change.tell("tickets.view_saved", view);
  }
}

void add_preset_replies(Change& change) {
  constexpr std::array<std::string_view, 1> right{"tickets.manage_replies"};
  for (auto role : {"duty_manager", "manager"}) accounts::grant(change, role, right);
  for (const auto& preset : replies) {
    CannedReply reply;
    reply.key = Slug{preset.key};
    reply.name_zh.value = preset.name_zh;
    reply.name_en.value = preset.name_en;
    reply.body_zh = letter("{{contact.form_of_address}}，您好！", preset.body_zh);
    reply.body_en = letter("Dear {{contact.form_of_address}},", preset.body_en);
    reply.created_at = change.now();
    change.add(reply);
    change.tell("tickets.canned_reply_added", reply);
  }
}

}  // namespace baijin::tickets
