#pragma once
// The rows of ready-made tickets, in the order of time, without ids: those come with the writing.
#include <map>
#include <memory>
#include <vector>

#include "main/demo/bulk.h"
#include "main/demo/dialogue.h"
#include "modules/tickets/tickets.h"

namespace baijin::demo {

// One thing that happened: a ticket was opened with its first message, a message was written, a
// ticket was closed.
struct Happening {
  enum class What { opening, message, closing };
  What what = What::opening;
  Time at;
  std::size_t ordinal = 0;                    // the ticket's, counted from 0
  std::unique_ptr<tickets::Ticket> ticket;    // openings only
  std::unique_ptr<tickets::Message> message;  // openings and messages
  std::string text;                           // the message as plain text
  std::string subject;
  std::string names;  // of the customer and contact; openings only
  std::int64_t customer = 0;
  std::string actor;  // as events name them
};

class ReadyMade {
 public:
  ReadyMade(const Vendor& vendor, const BulkOrder& order,
            std::map<std::int64_t, std::int64_t> workflow_of_type);
  // The next thing that happened; nothing at the end.
  std::unique_ptr<Happening> next();

 private:
  std::unique_ptr<Happening> open_next();
  std::unique_ptr<tickets::Ticket> new_ticket(const Dialogue& dialogue,
                                              const CustomerMade& customer,
                                              const ContactMade& contact, const Colleague& engineer,
                                              Time at);
  Wording wording_for(const CustomerMade& customer, const ContactMade& contact,
                      const Colleague& engineer);
  std::unique_ptr<Happening> happening(Happening::What what, const tickets::Ticket& ticket, Time at,
                                       std::string text, const ContactMade* customers_own,
                                       const Colleague* colleague) const;
  void later(std::unique_ptr<Happening> made);

  const Vendor& vendor_;
  const BulkOrder& order_;
  std::map<std::int64_t, std::int64_t> workflow_of_type_;
  Dice dice_;
  std::vector<std::vector<const Colleague*>> engineers_;  // by region
  std::size_t opened_ = 0;
  Time next_opening_;
  std::vector<std::unique_ptr<Happening>> waiting_;  // a heap, the earliest on top
};

}  // namespace baijin::demo
