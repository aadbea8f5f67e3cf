#pragma once
// Who is in the stories, and how they come to be: through the API, as an administrator does it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "testing/running_desk.h"

namespace baijin::stories {

// The id of what was made; fails the story with the answer when it was not.
std::int64_t made(const Answer& answer);

std::int64_t service_type(Browser& who, const std::string& key);
std::int64_t add_customer(Browser& admin, const std::string& name, std::int64_t region = 0);
std::int64_t add_contact(Browser& admin, const std::string& name, std::int64_t customer,
                         const boost::json::object& more = {});

struct Person {
  std::string login, name;
  std::vector<std::string> roles = {};
  std::vector<std::int64_t> regions = {};
  std::int64_t contact = 0;  // not 0: of the portal
};
// Invited, has set a password with the invitation's link and is signed in with cookie and CSRF
// token. `id` gets the user.
Browser person(Browser& admin, const Person& who, std::int64_t* id = nullptr);

std::int64_t open_ticket(Browser& who, const boost::json::object& more);

// What stands behind the last '#', '=' or '/' of a link.
std::string secret_of(const std::string& link);

}  // namespace baijin::stories
