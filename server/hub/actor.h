#pragma once
// Who asks: a person of the vendor, a person of a customer, the program itself, or nobody.
#include <bitset>
#include <boost/describe.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "base/id.h"
#include "base/time.h"

namespace baijin {

namespace accounts {
struct User;  // the one record the kernel knows by name: whoever does something is a user
}
namespace customers {
struct Contact;
}

enum class ActorKind { nobody, staff, contact, program };

// Which rows a member of staff sees (SEC-2); a record's RowRule says what each means for it.
enum class Scope { own, team, region, all };
BOOST_DESCRIBE_ENUM(Scope, own, team, region, all)

// Rights by their number in the Registry.
using Rights = std::bitset<512>;

struct Actor {
  ActorKind kind = ActorKind::nobody;
  Id<accounts::User> user;         // staff and portal users
  Id<customers::Contact> contact;  // portal users only
  std::string name;                // as shown in timelines
  std::string locale = "zh-CN";
  Scope scope = Scope::own;
  std::shared_ptr<const Rights> rights;
  std::string session;     // hash of the session or token that was shown; "" for the program
  bool by_cookie = false;  // then unsafe requests need csrf_token
  std::string csrf_token;
  bool sees_private_details = true;  // false: phone numbers are masked (SEC-6)

  bool staff() const { return kind == ActorKind::staff || kind == ActorKind::program; }
  // "user:7", "contact:12" (a customer's person without an account), "program" or "nobody": how
  // events name the actor.
  std::string text() const;
};

Actor nobody();
// The program itself: jobs, reactions, commands; sees everything, has every right.
Actor program_actor();

// What a request shows to say who it is.
struct Credentials {
  std::string session;  // from the cookie
  std::string bearer;   // from Authorization
  std::string address;
};

}  // namespace baijin
