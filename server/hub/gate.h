#pragma once
// Who may pass: the right a route names and what a browser must show for an unsafe request.
#include "hub/http.h"
#include "hub/reader.h"
#include "hub/registry.h"

namespace baijin {

Credentials credentials_of(const RequestHead& head);
// unauthenticated "sign_in", forbidden "missing_right" | "csrf" | "foreign_origin".
void pass_gate(const Reader& reader, const Route& route, const RequestHead& head);
// A foreign Origin or a cross-site fetch may not change anything nor open a live line (U4, W1).
bool from_elsewhere(const RequestHead& head, std::string_view base_url);
// The version in If-Match; invalid("bad_if_match") for anything but "<digits>" in quotes or *.
std::optional<Version> if_match_of(const RequestHead& head);

}  // namespace baijin
