#pragma once
// What people do to a ticket, one by one: each act becomes a step at the time the clock shows.
#include <string>
#include <vector>

#include "main/demo/telling.h"
#include "main/demo/ways.h"

namespace baijin::demo {

struct FileText {
  std::string name, bytes;
};

class Acts {
 public:
  Acts(const Vendor& vendor, const Casting& casting, Time start, Dice dice);

 protected:
  void wait(std::int64_t low, std::int64_t high);  // minutes of work; the urgent go faster
  void wait_days(std::int64_t count);

  bool may_confirm() const { return portal_ && cast_.contact->user != 0; }
  // h hotline, d dispatcher, l duty manager, else the engineer.
  Actor staff_for(char by) const;

  void open();
  // As the letters of a dialogue: C customer, K hotline, L duty manager, N note, else the engineer.
  void say(char who, const std::string& text, std::vector<FileText> files);
  // D, O, B, S, T, F, A as in a dialogue, G a signature.
  void record(char what, const std::string& text);
  void make_sure_of(char what);  // records the usual when nothing was
  void move(std::string_view to, const Actor& actor, const std::string& reason = "",
            std::optional<std::int64_t> rating = {});
  void assign();
  void confirm(const tickets::Confirmation& input, const Actor& actor);
  // Those attached to the line at this place of the dialogue.
  std::vector<FileText> files_of(std::size_t at);

  const Vendor& vendor_;
  const Casting& cast_;
  Dice dice_;
  Wording wording_;
  Time clock_;
  std::string subject_, recorded_;
  Stage stage_ = received;
  bool portal_ = false, spoken_ = false, urgent_ = false;
  bool informed_ = false;  // the customer was written to
  std::vector<Step> steps_;

 private:
  using Act = std::function<void(Past&, Time, Played&)>;
  void add(std::string what, Act act);
  Actor customers_hand(bool first) const;
  tickets::Origin customers_origin() const;
  tickets::NewTicket request();
  tickets::TicketPatch judgement() const;
  void add_assignment(const tickets::Assignment& input, const Actor& actor);
};

}  // namespace baijin::demo
