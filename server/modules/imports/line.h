#pragma once
// One line of an import: what it says, decoded and checked as input from outside is.
#include <boost/describe.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/decoded.h"
#include "base/fields.h"
#include "modules/catalogue/catalogue.h"
#include "modules/imports/imports.h"
#include "modules/tickets/tickets.h"

namespace baijin::imports {

enum class From { customer, staff, note };
BOOST_DESCRIBE_ENUM(From, customer, staff, note)

struct ImportedMessage {
  From from = From::customer;
  std::optional<Text<1, 120>> author;  // a login; who it was is not known otherwise
  std::optional<Time> at;              // the ticket's time when not said
  Lines<100'000> body;
};
FIELDS(ImportedMessage, from, author, at, body)

struct ImportedTicket {
  std::optional<Text<1, 200>> external_id;
  std::optional<Text<1, 40>> number;
  Text<1, 200> subject;
  std::optional<Lines<100'000>> body;
  Slug service_type;
  std::optional<Slug> state;
  std::optional<catalogue::Priority> priority;
  std::optional<tickets::Channel> channel;
  std::optional<Name> customer;
  std::optional<Name> contact_name;
  std::optional<Email> contact_email;
  std::optional<Phone> contact_phone;
  std::optional<Name> product;           // its name or code
  std::optional<Text<1, 120>> assignee;  // a login
  Time created_at;
  std::optional<Time> closed_at;
  std::vector<tickets::Tag> tags;
  std::vector<ImportedMessage> messages;
};
FIELDS(ImportedTicket, external_id, number, subject, body, service_type, state, priority, channel,
       customer, contact_name, contact_email, contact_phone, product, assignee, created_at,
       closed_at, tags, messages)

struct ImportedLine {
  std::int64_t line = 0;
  std::optional<ImportedTicket> ticket;
  std::optional<Error> problem;  // why there is none
};

// Reads line after line in either format.
class LineReader {
 public:
  virtual ~LineReader() = default;
  virtual bool next(ImportedLine& line) = 0;
};
using More = std::function<bool(std::string&)>;
// Throws invalid("unknown_column" | "missing_column", column). `zone` is that of times without one.
std::unique_ptr<LineReader> csv_lines(More more, std::string zone);
std::unique_ptr<LineReader> json_lines(More more, std::string zone);
// As `format` says, else as the first character tells: { is JSON lines. `text` outlives the reader.
// Throws invalid("empty_file"), too.
std::unique_ptr<LineReader> lines_of(DecodedFile& text, std::string zone,
                                     std::optional<Format> format = {});

// "2026-03-05 14:20", "2026/3/5 14:20:10" or "2026-03-05" in the zone, or RFC 3339.
std::optional<Time> time_in(std::string_view text, std::string_view zone);
// An error with its fields as one sentence: "subject: required, priority: not_a_choice".
std::string reason_of(const Error& error);

}  // namespace baijin::imports
