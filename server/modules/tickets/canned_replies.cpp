#include "modules/tickets/canned_replies.h"

#include "base/html.h"
#include "hub/desk_place.h"
#include "hub/hub.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/products/products.h"
#include "modules/tickets/local_time.h"

namespace baijin::tickets {
namespace {

constexpr std::string_view manages = "tickets.manage_replies";

std::string spoken_date(Date date, Language language) {
  auto text = to_text(date);  // 2026-11-23
  auto month = std::stoi(text.substr(5, 2)), day = std::stoi(text.substr(8, 2));
  auto year = text.substr(0, 4);
  if (language == Language::zh) {
    return year + "年" + std::to_string(month) + "月" + std::to_string(day) + "日";
  }
  static constexpr const char* months[] = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
  return std::to_string(day) + " " + months[month - 1] + " " + year;
}

// What the customer reads: as he said, as his organisation said, else as the desk speaks.
Language language_for(Reader& reader, const Ticket& ticket) {
  auto preferences = customers::preferences_for(reader, ticket.contact, ticket.customer);
  auto locale = desk_place(reader).locale;
  if (preferences.language) {
    locale = preferences.language->value;
  } else if (ticket.contact) {
    auto contact = reader.find_unseen(*ticket.contact);
    if (contact && contact->locale) locale = contact->locale->value;
  }
  return locale.starts_with("en") ? Language::en : Language::zh;
}

std::string product_name(Reader& reader, const Ticket& ticket, Language language) {
  if (!ticket.product) return {};
  auto product = reader.find_unseen(*ticket.product);
  if (!product) return {};
  bool english = language == Language::en && product->name_en;
  return english ? product->name_en->value : product->name.value;
}

templates::Values values_for(Reader& reader, const Ticket& ticket, Language language) {
  const auto& options = reader.hub().options();
  templates::Values values;
  values["ticket.number"] = ticket.number;
  values["ticket.subject"] = ticket.subject.value;
  if (ticket.contact) values["contact.name"] = customers::contact_name(reader, *ticket.contact);
  values["contact.form_of_address"] = customers::how_to_call(reader, ticket.contact,
                                                             ticket.customer);
  if (ticket.customer) values["customer.name"] = customers::customer_name(reader, *ticket.customer);
  values["product.name"] = product_name(reader, ticket, language);
  values["agent.name"] = reader.actor().name;
  values["portal.link"] = options.base_url + "/portal/tickets/" + std::to_string(ticket.id.value);
  values["today"] = spoken_date(local_date(reader.now(), desk_place(reader).time_zone), language);
  return values;
}

bool may_change(Reader& reader, const CannedReply& reply) {
  if (reply.owner) return *reply.owner == reader.actor().user;
  if (reader.may(manages)) return true;
  return reply.team && is_in_team(reader, *reply.team);
}

// Another person's own reply is not there, whatever one's scope.
void must_be_offered(Reader& reader, const CannedReply& reply) {
  if (reply.owner && *reply.owner != reader.actor().user) throw not_found();
}

CannedReply take_changeable(Change& change, Id<CannedReply> id) {
  must_be_desk(change);
  auto reply = change.take(id);
  must_be_offered(change, reply);
  if (!may_change(change, reply)) throw forbidden("missing_right", manages);
  return reply;
}

void must_have_text(const CannedReply& reply) {
  if (html_to_text(reply.body_zh.value).empty()) throw invalid("required", "body_zh");
  if (html_to_text(reply.body_en.value).empty()) throw invalid("required", "body_en");
}

}  // namespace

templates::Filled filled_for(Reader& reader, const Ticket& ticket, std::string_view html,
                             std::optional<Language> language) {
  if (!language) language = language_for(reader, ticket);
  auto filled = templates::fill(html, known_variables, values_for(reader, ticket, *language));
  // A value may have become part of an address: the sanitiser has the last word.
  filled.html = sanitise(filled.html).html;
  return filled;
}

Page<CannedReply> list_canned_replies(Reader& reader, const CannedReplyFilter& filter) {
  static const Sorts sorts{"r.id",
                           "name_zh",
                           {{"name_zh", "r.name_zh", Cell::Type::text},
                            {"name_en", "r.name_en", Cell::Type::text},
                            {"created_at", "r.created_at"}}};
  must_be_desk(reader);
  Where where;
  where.when(filter.kind, "r.kind = $");
  where.when(filter.service_type, "(r.service_type IS NULL OR r.service_type = $)");
  where.when(filter.active, "r.active = $");
  if (filter.personal) {
    where.and_also(*filter.personal ? db::Sql("r.owner IS NOT NULL") : db::Sql("r.owner IS NULL"));
  }
  return reader.page<CannedReply>(R"(SELECT {fields r}, {keys} FROM canned_replies r
      WHERE {visible r} AND (r.owner IS NULL OR r.owner = $1) {where}{page})",
                                  filter.paging, sorts, where, reader.actor().user);
}

CannedReply get_canned_reply(Reader& reader, Id<CannedReply> id) {
  must_be_desk(reader);
  auto reply = reader.get(id);
  must_be_offered(reader, reply);
  return reply;
}

CannedReply create_canned_reply(Change& change, const NewCannedReply& input) {
  must_be_desk(change);
  if (!input.body_zh && !input.body_en) throw invalid("required", "body_zh");
  auto names = both_names(input.name_zh, input.name_en);
  CannedReply reply;
  reply.name_zh = names.zh;
  reply.name_en = names.en;
  reply.body_zh = input.body_zh ? *input.body_zh : *input.body_en;
  reply.body_en = input.body_en ? *input.body_en : *input.body_zh;
  reply.kind = input.kind.value_or(MessageKind::reply);
  if (input.service_type) catalogue::service_type(change, *input.service_type);
  reply.service_type = input.service_type;
  if (input.personal) reply.owner = change.actor().user;
  else if (input.team) reply.team = change.get(*input.team).id;
  if (!may_change(change, reply)) throw forbidden("missing_right", manages);
  must_have_text(reply);
  reply.created_at = change.now();
  change.add(reply);
  change.tell("tickets.canned_reply_added", reply);
  return reply;
}

CannedReply change_canned_reply(Change& change, Id<CannedReply> id, const CannedReplyPatch& input) {
  auto reply = take_changeable(change, id);
  if (input.service_type.given && input.service_type.value) {
    catalogue::service_type(change, *input.service_type.value);
  }
  input.name_zh.into(reply.name_zh);
  input.name_en.into(reply.name_en);
  input.body_zh.into(reply.body_zh);
  input.body_en.into(reply.body_en);
  input.kind.into(reply.kind);
  input.service_type.into(reply.service_type);
  input.active.into(reply.active);
  must_have_text(reply);
  change.save(reply);
  change.tell("tickets.canned_reply_changed", reply);
  return reply;
}

void remove_canned_reply(Change& change, Id<CannedReply> id) {
  auto reply = take_changeable(change, id);
  change.remove(reply);
  change.tell("tickets.canned_reply_removed", reply);
}

Preview preview_canned_reply(Change& change, Id<CannedReply> id, const PreviewRequest& input) {
  auto reply = get_canned_reply(change, id);
  auto ticket = change.get(input.ticket);
  Preview preview;
  preview.kind = reply.kind;
  preview.language = input.language ? *input.language : language_for(change, ticket);
  const auto& body = preview.language == Language::zh ? reply.body_zh : reply.body_en;
  auto filled = filled_for(change, ticket, body.value, preview.language);
  preview.html = std::move(filled.html);
  preview.unknown = std::move(filled.unknown);
  preview.empty = std::move(filled.empty);
  return preview;
}

void install_canned_replies(Module& m, const RowRule& offered) {
  m.record<CannedReply>(offered, "tickets.read");
  m.right(manages, "Change the ready-made replies that everybody uses");
  for (auto name : {"tickets.canned_reply_added", "tickets.canned_reply_changed",
                    "tickets.canned_reply_removed"}) {
    m.event<CannedReply>(name, "tickets.read");
  }
  m.get("/canned-replies", "tickets.read", list_canned_replies).about("Ready-made replies.");
  m.get("/canned-replies/{id}", "tickets.read", get_canned_reply).about("One of them.");
  m.create("/canned-replies", "tickets.work", create_canned_reply)
      .about("Write a ready-made reply: one's own, the team's or everybody's.");
  m.patch("/canned-replies/{id}", "tickets.work", change_canned_reply)
      .about("Change a ready-made reply.");
  m.del("/canned-replies/{id}", "tickets.work", remove_canned_reply)
      .about("Remove a ready-made reply.");
  m.post("/canned-replies/{id}/previews", "tickets.read", preview_canned_reply)
      .about("A ready-made reply with a ticket's variables filled in.");
  m.preset(add_preset_replies);
}

}  // namespace baijin::tickets
