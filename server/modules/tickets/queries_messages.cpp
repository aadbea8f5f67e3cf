#include <map>

#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

// A message's columns and the names beside them, as one row.
struct MessageRow {
  Id<Message> id;
  Version version;
  MessageKind kind = MessageKind::reply;
  MessageState state = MessageState::sent;
  std::optional<Id<accounts::User>> author;
  std::optional<Id<customers::Contact>> contact;
  std::optional<std::string> author_name, contact_name;
  bool from_customer = false;
  Channel channel = Channel::staff;
  Html<100'000> body;
  bool remote_images = false;
  std::vector<Id<accounts::User>> mentions;
  std::int64_t attachments = 0;
  Time created_at;
  Time send_at;
  std::optional<Time> edited_at;
  std::optional<Time> read_by_customer_at;
};
FIELDS(MessageRow, id, version, kind, state, author, contact, author_name, contact_name,
       from_customer, channel, body, remote_images, mentions, attachments, created_at, send_at,
       edited_at, read_by_customer_at)

MessageView view_of(Reader& reader, Id<Ticket> ticket, MessageRow&& row) {
  MessageView view;
  view.id = row.id;
  view.version = row.version;
  view.ticket = ticket;
  view.kind = row.kind;
  view.state = row.state;
  view.author = row.author;
  view.contact = row.contact;
  const auto& first = row.from_customer ? row.contact_name : row.author_name;
  const auto& second = row.from_customer ? row.author_name : row.contact_name;
  view.author_name = first.value_or(second.value_or(""));
  view.from_customer = row.from_customer;
  view.channel = row.channel;
  view.body = std::move(row.body);
  view.remote_images = row.remote_images;
  view.mentions = std::move(row.mentions);
  view.created_at = row.created_at;
  view.send_at = row.send_at;
  view.edited_at = row.edited_at;
  view.read_by_customer_at = row.read_by_customer_at;
  if (row.state == MessageState::pending && row.author == reader.actor().user) {
    view.allowed = {"edit", "withdraw"};
  }
  return view;
}

const Sorts& message_sorts() {
  static const Sorts sorts{"m.id", "created_at", {{"created_at", "m.id"}}};
  return sorts;
}

}  // namespace

Page<MessageView> list_messages(Reader& reader, Id<Ticket> ticket, const MessageFilter& filter) {
  reader.must_see({"ticket", ticket.value});
  Where where;
  where.when(filter.kind, "m.kind = $");
  auto rows = reader.page<MessageRow>(R"(SELECT m.id, m.version, m.kind, m.state, m.author,
      m.contact, u.name, c.name AS contact_name, m.from_customer, m.channel, m.body,
      m.remote_images, m.mentions, m.attachments, m.created_at, m.send_at, m.edited_at,
      m.read_by_customer_at, {keys}
      FROM messages m LEFT JOIN users u ON u.id = m.author LEFT JOIN contacts c ON c.id = m.contact
      WHERE m.ticket = $1 AND m.state <> 'withdrawn' AND {visible m} {where}{page})",
                                      filter.paging, message_sorts(), where, ticket);
  Page<MessageView> page;
  page.next = std::move(rows.next);
  page.total = rows.total;
  std::vector<std::int64_t> with_files;
  for (auto& row : rows.items) {
    if (row.attachments > 0) with_files.push_back(row.id.value);
    page.items.push_back(view_of(reader, ticket, std::move(row)));
  }
  if (with_files.empty()) return page;
  std::map<std::int64_t, std::vector<files::FileCard>> by_message;
  for (auto& card : files::files_of(reader, "message", with_files)) {
    by_message[card.holder->id].push_back(std::move(card));
  }
  for (auto& view : page.items) view.files = std::move(by_message[view.id.value]);
  return page;
}

std::vector<EvidenceView> list_evidence(Reader& reader, Id<Ticket> ticket) {
  reader.must_see({"ticket", ticket.value});
  auto records = reader.list<Evidence>(R"(SELECT {fields e} FROM evidence e
      WHERE e.ticket = $1 AND {visible e} ORDER BY e.id)",
                                       ticket);
  auto name_of_user = [&](std::optional<Id<accounts::User>> user) -> std::string {
    if (!user) return {};
    return reader
        .value<std::string>("SELECT u.name FROM users u WHERE u.id = $1 {all: names of colleagues}",
                            *user)
        .value_or("");
  };
  std::vector<EvidenceView> views;
  for (auto& record : records) {
    auto id = record.id.value;
    auto files = files::files_of(reader, "evidence", std::span(&id, 1));
    views.push_back({record.id, record.version, record.kind, std::move(record.body), record.passed,
                     record.guard, record.starts_at, record.place, record.done_by,
                     name_of_user(record.done_by), record.recorded_by,
                     name_of_user(record.recorded_by), record.recorded_at, std::move(files)});
  }
  return views;
}

}  // namespace baijin::tickets
