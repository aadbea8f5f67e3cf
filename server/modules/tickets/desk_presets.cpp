// The saved views and ready-made replies of a new desk. All but the views are data that the desk
// changes as it likes.
#include <array>

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
    {"due_soon", "即将到期", "Due soon", R"({"open":true})", "due_at"},
    {"waiting_customer", "等待客户", "Waiting for customer",
     R"({"state":"waiting_customer","open":true})", "updated_at"},
    {"new_today", "今天新建", "New today", R"({"created_from":"today"})", "-created_at"}};

constexpr const char* usual_columns[] = {"number",        "subject",    "customer_name", "priority",
                                         "state",         "due_at",     "assignee_name",
                                         "updated_at"};

struct ReplyPreset {
  const char *key, *name_zh, *name_en, *body_zh, *body_en;
};

constexpr ReplyPreset replies[] = {
    {"received", "已收到您的请求", "We have your request",
     "<p>{{contact.form_of_address}}，您好！</p><p>感谢您的来信。您反映的“{{ticket.subject}}”我们已经"
     "登记，编号 {{ticket.number}}。我是{{agent.name}}，会负责跟进，并及时向您通报进展。</p><p>您可以随时"
     "在这里查看处理情况：{{portal.link}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>Thank you for writing to us. We have registered "
     "“{{ticket.subject}}” as {{ticket.number}}. My name is {{agent.name}}; I am looking after it "
     "and will keep you informed.</p><p>You can follow the progress at any time here: "
     "{{portal.link}}</p>"},
    {"ask_for_details", "请补充信息", "Asking for details",
     "<p>{{contact.form_of_address}}，您好！</p><p>为了尽快为您处理 {{ticket.number}}，想请您补充以下信息：</p>"
     "<ul><li>问题出现的时间，以及当时正在进行的操作；</li><li>页面上的提示文字或截图；</li>"
     "<li>是个别人员遇到，还是大家都遇到。</li></ul><p>如果有不便提供的内容，请告诉我，我们一起找别的办法。"
     "谢谢您的配合！</p><p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>To help you with {{ticket.number}} as quickly as "
     "we can, may I ask for a few details:</p><ul><li>when it happened and what was being done at "
     "that moment;</li><li>the words on the screen, or a screenshot;</li><li>whether it concerns "
     "one person or everybody.</li></ul><p>If any of this is difficult to provide, please tell me "
     "and we will find another way. Thank you very much.</p><p>{{agent.name}}</p>"},
    {"being_diagnosed", "正在查找原因", "Looking for the cause",
     "<p>{{contact.form_of_address}}，您好！</p><p>关于 {{ticket.number}}，我们的工程师正在分析原因。一有"
     "结果我会马上告诉您；如果需要更多时间，我也会提前向您说明原因和下一步安排。</p><p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>Our engineers are looking for the cause of "
     "{{ticket.number}}. I will tell you as soon as we have found it; should it take longer, you "
     "will hear from me beforehand why, and what we will do next.</p><p>{{agent.name}}</p>"},
    {"appointment", "约定上门时间", "Arranging a visit",
     "<p>{{contact.form_of_address}}，您好！</p><p>这次需要工程师到现场为您处理（{{ticket.number}}）。请问您"
     "方便的日期和时间段是什么？也请告诉我们现场联系人、入场要求和停车事项，以便我们做好准备、减少对您工作的"
     "影响。</p><p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>For {{ticket.number}} an engineer should come to "
     "your site. Which day and time would suit you? Please also let us know whom to ask for, and "
     "what is needed to enter, so that we come prepared and disturb your work as little as "
     "possible.</p><p>{{agent.name}}</p>"},
    {"backup_before_change", "变更前确认备份", "Backup before a change",
     "<p>{{contact.form_of_address}}，您好！</p><p>处理 {{ticket.number}} 需要调整{{product.name}}的配置。"
     "动手之前，我们会先记录原有参数并做好备份，需要时可以恢复到现在的状态。请您确认可以操作的时间，并告知"
     "期间需要避开的业务。</p><p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>To resolve {{ticket.number}} we need to change "
     "the configuration of {{product.name}}. Before we begin we record the present settings and "
     "make a backup, so that everything can be put back as it is now. Please tell us when we may "
     "do this and which work must not be interrupted.</p><p>{{agent.name}}</p>"},
    {"delayed", "时间延后的说明", "It takes longer than promised",
     "<p>{{contact.form_of_address}}，您好！</p><p>很抱歉，{{ticket.number}} 无法在原定时间内完成。原因是："
     "（请填写）。我们建议：（请填写新的时间和过渡办法）。如果这样的安排对您有影响，请直接与我联系，我们一起商量"
     "更合适的方案。</p><p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>I am sorry that we cannot finish "
     "{{ticket.number}} by the time we had promised. The reason is: (please fill in). We propose: "
     "(please fill in the new time, and what helps until then). If this does not suit you, please "
     "contact me directly and we will find a better arrangement together.</p>"
     "<p>{{agent.name}}</p>"},
    {"please_confirm", "请确认处理结果", "Please confirm the result",
     "<p>{{contact.form_of_address}}，您好！</p><p>“{{ticket.subject}}”（{{ticket.number}}）已经处理完成并"
     "通过测试，请您检查是否符合预期，并在这里确认：{{portal.link}}</p><p>如果还有不满意的地方，请告诉我们，"
     "我们会继续处理。</p><p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>“{{ticket.subject}}” ({{ticket.number}}) has been "
     "resolved and tested. Please check whether it is as you expect and confirm it here: "
     "{{portal.link}}</p><p>If anything is still not right, please tell us and we will go on."
     "</p><p>{{agent.name}}</p>"},
    {"how_to_use", "使用方法说明", "How to use it",
     "<p>{{contact.form_of_address}}，您好！</p><p>关于您询问的{{product.name}}的使用方法，请按以下步骤操作：</p>"
     "<ol><li>（请填写）</li></ol><p>操作中遇到任何问题，请随时联系我，我可以通过电话或远程陪您一起完成。</p>"
     "<p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>This is how to do it in {{product.name}}:</p>"
     "<ol><li>(please fill in)</li></ol><p>If you get stuck anywhere, please contact me: I will "
     "gladly go through it with you by telephone or remotely.</p><p>{{agent.name}}</p>"},
    {"suggestion_thanks", "感谢您的建议", "Thank you for your suggestion",
     "<p>{{contact.form_of_address}}，您好！</p><p>感谢{{customer.name}}对{{product.name}}提出的建议。我们已经"
     "记录（{{ticket.number}}）并转交产品团队评估，有结论后会向您回复。您的意见对我们改进产品很有帮助。</p>"
     "<p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>Thank you for what {{customer.name}} suggests for "
     "{{product.name}}. We have recorded it ({{ticket.number}}) and passed it on to the product "
     "team; you will hear from us what they decide. Your view helps us to make it better.</p>"
     "<p>{{agent.name}}</p>"},
    {"complaint_apology", "投诉致歉", "Apology after a complaint",
     "<p>{{contact.form_of_address}}，您好！</p><p>对于这次服务给您带来的不便，我们诚恳地向您道歉。您反映的情况"
     "（{{ticket.number}}）已由专人负责核实，我们会在查清原因后向您说明，并告知改进措施。</p><p>{{agent.name}}，"
     "{{today}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>We sincerely apologise for the trouble this has "
     "caused you. A colleague is looking into what you told us ({{ticket.number}}); once we know "
     "the cause we will explain it to you and say what we will do better.</p><p>{{agent.name}}, "
     "{{today}}</p>"},
    {"closing", "结束并致谢", "Closing with thanks",
     "<p>{{contact.form_of_address}}，您好！</p><p>{{ticket.number}} 已经完成。感谢您的理解与配合！如果之后再次"
     "出现同样的问题，直接回复即可，我们会接着为您处理。祝您工作顺利！</p><p>{{agent.name}}</p>",
     "<p>Dear {{contact.form_of_address}},</p><p>{{ticket.number}} is finished. Thank you for your "
     "patience and help. Should it come back, simply reply and we will take it up again.</p>"
     "<p>Kind regards,<br>{{agent.name}}</p>"}};

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
    reply.body_zh.value = clean_html(preset.body_zh, 20'000);
    reply.body_en.value = clean_html(preset.body_en, 20'000);
    reply.created_at = change.now();
    change.add(reply);
    change.tell("tickets.canned_reply_added", reply);
  }
}

}  // namespace baijin::tickets
