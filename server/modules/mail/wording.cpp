#include "modules/mail/wording.h"

#include <array>

#include "base/html.h"
#include "hub/hub.h"
#include "hub/module.h"
#include "modules/customers/customers.h"
#include "modules/organisation/organisation.h"
#include "modules/portal/portal.h"

namespace baijin::mail {
namespace {

struct Wording {
  std::string_view kind, language, subject, body;
};

constexpr std::array wordings = {
    Wording{"received", "zh-CN", "已收到您的请求 {{ticket.number}}",
            "<p>{{contact.form_of_address}}，您好！</p><p>您的请求我们已经收到，编号是 "
            "<b>{{ticket.number}}</b>。我们会尽快给您答复；需要补充时，直接回复这封邮件即可。</p>"
            "<p><a href=\"https://{{link}}\">查看处理进展</a></p><p>{{organisation.name}}</p>"},
    Wording{"received", "en", "We have your request {{ticket.number}}",
            "<p>Dear {{contact.form_of_address}},</p><p>we have received your request. Its number "
            "is <b>{{ticket.number}}</b>. We will get back to you soon; to add something, just "
            "answer this mail.</p><p><a href=\"https://{{link}}\">See how it is going</a></p>"
            "<p>{{organisation.name}}</p>"},
    Wording{"waiting", "zh-CN", "我们在等您的回复：{{ticket.subject}}（{{ticket.number}}）",
            "<p>{{contact.form_of_address}}，您好！</p><p>处理您的请求 {{ticket.number}} "
            "还需要您提供一些信息。回复这封邮件，或者打开下面的链接，我们马上继续。</p>"
            "<p><a href=\"https://{{link}}\">查看并回复</a></p><p>{{organisation.name}}</p>"},
    Wording{
        "waiting", "en", "Waiting for you: {{ticket.subject}} ({{ticket.number}})",
        "<p>Dear {{contact.form_of_address}},</p><p>to go on with your request "
        "{{ticket.number}} we need something from you. Answer this mail or open the link "
        "below, and we go on at once.</p><p><a href=\"https://{{link}}\">Read and answer</a></p>"
        "<p>{{organisation.name}}</p>"},
    Wording{
        "confirm", "zh-CN", "问题解决了吗？{{ticket.subject}}（{{ticket.number}}）",
        "<p>{{contact.form_of_address}}，您好！</p><p>您的请求 {{ticket.number}} "
        "我们认为已经处理好了，请您确认。</p><p><a href=\"https://{{link}}\">请确认是否解决</a></p>"
        "<p>还没有解决的话，直接回复这封邮件告诉我们，我们继续处理。</p>"
        "<p>{{organisation.name}}</p>"},
    Wording{"confirm", "en", "Is it solved? {{ticket.subject}} ({{ticket.number}})",
            "<p>Dear {{contact.form_of_address}},</p><p>we believe your request "
            "{{ticket.number}} is solved. Please tell us whether it is.</p><p><a "
            "href=\"https://{{link}}\">Say whether it is solved</a></p><p>If it is not, just "
            "answer this "
            "mail and we go on.</p><p>{{organisation.name}}</p>"},
    Wording{"reminder", "zh-CN", "请您确认：{{ticket.subject}}（{{ticket.number}}）",
            "<p>{{contact.form_of_address}}，您好！</p><p>我们还没有收到您对请求 "
            "{{ticket.number}} 的确认。方便时请告诉我们是否已经解决；没有回复的话，"
            "它过几天会自动关闭，之后仍可重新打开。</p>"
            "<p><a href=\"https://{{link}}\">请确认是否解决</a></p><p>{{organisation.name}}</p>"},
    Wording{
        "reminder", "en", "Please confirm: {{ticket.subject}} ({{ticket.number}})",
        "<p>Dear {{contact.form_of_address}},</p><p>we have not heard yet whether your "
        "request {{ticket.number}} is solved. Please tell us when you find the time; without "
        "an answer it will be closed in some days, and can be opened again then.</p><p><a "
        "href=\"https://{{link}}\">Say whether it is solved</a></p><p>{{organisation.name}}</p>"},
    Wording{"closed", "zh-CN", "已关闭：{{ticket.subject}}（{{ticket.number}}）",
            "<p>{{contact.form_of_address}}，您好！</p><p>您的请求 {{ticket.number}} "
            "已经关闭。服务得怎么样？欢迎打开链接评价；问题又出现时，回复这封邮件即可重新打开。"
            "</p><p><a href=\"https://{{link}}\">评价这次服务</a></p><p>{{organisation.name}}</p>"},
    Wording{
        "closed", "en", "Closed: {{ticket.subject}} ({{ticket.number}})",
        "<p>Dear {{contact.form_of_address}},</p><p>your request {{ticket.number}} is closed. "
        "How did we do? Please open the link and tell us. Should it come back, answer this "
        "mail and it is opened again.</p><p><a href=\"https://{{link}}\">Rate our service</a></p>"
        "<p>{{organisation.name}}</p>"},
    Wording{"reopened", "zh-CN", "继续处理：{{ticket.subject}}（{{ticket.number}}）",
            "<p>{{contact.form_of_address}}，您好！</p><p>您的请求 {{ticket.number}} "
            "已重新打开，编号不变，我们继续处理。</p>"
            "<p><a href=\"https://{{link}}\">查看处理进展</a></p><p>{{organisation.name}}</p>"},
    Wording{
        "reopened", "en", "Opened again: {{ticket.subject}} ({{ticket.number}})",
        "<p>Dear {{contact.form_of_address}},</p><p>your request {{ticket.number}} is open "
        "again under the same number, and we go on with it.</p><p><a href=\"https://{{link}}\">See "
        "how it is going</a></p><p>{{organisation.name}}</p>"},
};

const Wording& wording_for(std::string_view kind, std::string_view language) {
  for (const auto& wording : wordings) {
    if (wording.kind == kind && wording.language == language) return wording;
  }
  throw std::logic_error("no wording of this kind");
}

// What comes out of a link's variable stands in an attribute, so the sanitiser comes behind.
std::string safe(std::string html) { return sanitise(html).html; }

void fill_desk(Change& change) {
  for (const auto& wording : wordings) {
    MailTemplate made;
    made.kind.value = wording.kind;
    made.language.value = wording.language;
    made.subject.value = wording.subject;
    made.body.value = wording.body;
    change.add(made);
    change.tell("mail.template_changed", made);
  }
}

std::string state_of(Reader& reader, const tickets::Ticket& ticket, bool english) {
  auto workflow = catalogue::workflow(reader, ticket.workflow);
  const auto& state = catalogue::state_of(*workflow, ticket.state);
  return english ? state.customer_name_en.value : state.customer_name_zh.value;
}

templates::Values invented(Reader& reader, bool english) {
  auto organisation = organisation::the_organisation(reader);
  return {
      {"ticket.number", "2026-4831-9207"},
      {"ticket.subject", english ? "Login page stays white" : "登录页白屏"},
      {"contact.name", english ? "Ann Lee" : "李敏"},
      {"contact.form_of_address", english ? "Ms Lee" : "李主任"},
      {"customer.name", english ? "County Hospital" : "县人民医院"},
      {"state", english ? "In work" : "处理中"},
      {"link", reader.hub().options().base_url + "/portal/follow"},
      {"organisation.name", english ? organisation.name_en.value : organisation.name_zh.value},
      {"organisation.phone", organisation.support_phone ? organisation.support_phone->value : ""}};
}

}  // namespace

templates::Values values_of(Reader& reader, const tickets::Ticket& ticket,
                            std::string_view language, bool stranger) {
  bool english = language == "en";
  auto values = invented(reader, english);  // the organisation is the real one
  values["ticket.number"] = ticket.number;
  values["ticket.subject"] = stranger ? "" : ticket.subject.value;
  values["contact.name"] = ticket.contact && !stranger
                               ? customers::contact_name(reader, *ticket.contact)
                               : "";
  values["contact.form_of_address"] = stranger ? ""
                                               : customers::how_to_call(reader, ticket.contact,
                                                                        ticket.customer);
  values["customer.name"] = ticket.customer ? customers::customer_name(reader, *ticket.customer)
                                            : "";
  values["state"] = state_of(reader, ticket, english);
  values["link"] = ticket.contact ? portal::follow_link(reader, ticket.id, *ticket.contact) : "";
  return values;
}

templates::Filled filled_body(std::string_view body, const templates::Values& values) {
  constexpr std::string_view placed = "https://{{link}}";
  std::string text(body);
  for (auto at = text.find(placed); at != text.npos; at = text.find(placed, at)) {
    text.replace(at, placed.size(), "{{link}}");
  }
  return templates::fill(text, known_variables, values);
}

std::optional<MailTemplate> template_for(Reader& reader, std::string_view kind,
                                         std::string_view language) {
  auto found = reader.first<MailTemplate>(R"(SELECT {fields t} FROM mail_templates t
      WHERE t.kind = $1 AND t.language = $2 {all: for the program's own letters})",
                                          kind, language);
  if (found) return found->active ? found : std::nullopt;
  const auto& wording = wording_for(kind, language);  // a desk older than these texts
  MailTemplate text;
  text.kind.value = kind;
  text.language.value = language;
  text.subject.value = wording.subject;
  text.body.value = wording.body;
  return text;
}

std::vector<MailTemplate> list_templates(Reader& reader) {
  return reader.list<MailTemplate>(
      "SELECT {fields t} FROM mail_templates t WHERE {visible t} ORDER BY t.id");
}

MailTemplate change_template(Change& change, Id<MailTemplate> id, const MailTemplatePatch& input) {
  auto text = change.take(id);
  input.subject.into(text.subject);
  input.body.into(text.body);
  input.active.into(text.active);
  if (html_to_text(text.body.value).empty()) throw invalid("required", "body");
  change.save(text);
  change.tell("mail.template_changed", text);
  return text;
}

MailTemplate reset_template(Change& change, Id<MailTemplate> id) {
  auto text = change.take(id);
  const auto& wording = wording_for(text.kind.value, text.language.value);
  text.subject.value = wording.subject;
  text.body.value = wording.body;
  change.save(text);
  change.tell("mail.template_changed", text, {{"reset", true}});
  return text;
}

MailPreview preview_template(Change& change, Id<MailTemplate> id, const PreviewWish& input) {
  auto text = change.get(id);
  bool english = text.language.value == "en";
  auto values = invented(change, english);
  if (input.ticket) {
    values = values_of(change, change.get(*input.ticket), text.language.value, false);
    // A link is for the customer alone.
    values["link"] = change.hub().options().base_url + "/portal/follow";
  }
  auto subject = input.subject ? input.subject->value : text.subject.value;
  auto filled = filled_body(input.body ? input.body->value : text.body.value, values);
  return {templates::fill_text(subject, known_variables, values), safe(std::move(filled.html)),
          std::move(filled.unknown), std::move(filled.empty)};
}

void install_wording(Module& m) {
  m.record<MailTemplate>(seen_by_staff(), "mail.manage");
  m.event<MailTemplate>("mail.template_changed", "mail.manage");
  m.get("/mail-templates", "mail.manage", list_templates)
      .about("The texts of the mails that the desk writes by itself.");
  m.patch("/mail-templates/{id}", "mail.manage", change_template).about("Change a text.");
  m.post("/mail-templates/{id}/resets", "mail.manage", reset_template)
      .about("Put a text back to what came with the program.");
  m.post("/mail-templates/{id}/previews", "mail.manage", preview_template)
      .about("Look at a text with a ticket's values before it is kept.");
  m.preset(fill_desk);
}

}  // namespace baijin::mail
