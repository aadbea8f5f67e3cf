#pragma once
// Errors as answers: RFC 9457 problem+json.
#include <string_view>

#include "base/error.h"
#include "hub/http.h"

namespace baijin {

Response problem(const Error& error, std::string_view request_number);
// What was not foreseen: logged by the caller, shown as nothing but the number (N4).
Response internal_problem(std::string_view request_number);
// 405: another method would do.
Response wrong_method(std::string_view allowed, std::string_view request_number);

// Headers of every answer of ours (checklist 24), ready to send.
std::string_view api_headers();         // nothing may be kept, framed or run
std::string_view api_secure_headers();  // the same with HSTS
std::string_view download_headers();    // beside a download's own CSP, nosniff and Cache-Control
std::string_view download_secure_headers();
std::string_view page_headers();  // for the embedded pages
std::string_view page_secure_headers();

}  // namespace baijin
