#include "hub/gate.h"

#include <charconv>

#include "hub/hub.h"

namespace baijin {
namespace {

std::string_view cookie(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    auto end = std::min(cookies.find(';'), cookies.size());
    auto part = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') {
      return part.substr(name.size() + 1);
    }
  }
  return {};
}

// "https://desk.example.cn:8443/x" → "desk.example.cn:8443"
std::string_view host_of(std::string_view url) {
  auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find('/'));
}

}  // namespace

Credentials credentials_of(const RequestHead& head) {
  Credentials shown;
  shown.address = head.address;
  auto authorization = head.header("authorization");
  if (authorization.starts_with("Bearer ")) shown.bearer = authorization.substr(7);
  shown.session = cookie(head.header("cookie"), head.secure ? "__Host-baijin" : "baijin");
  return shown;
}

bool from_elsewhere(const RequestHead& head, std::string_view base_url) {
  auto site = head.header("sec-fetch-site");
  if (site == "cross-site" || site == "same-site") return true;
  auto origin = head.header("origin");
  if (origin.empty()) return false;
  auto host = host_of(origin);
  return host.empty() || (host != head.header("host") && host != host_of(base_url));
}

void pass_gate(const Reader& reader, const Route& route, const RequestHead& head) {
  const auto& actor = reader.actor();
  bool unsafe = head.method != Method::get && head.method != Method::head;
  if (unsafe && from_elsewhere(head, reader.hub().options().base_url)) {
    throw forbidden("foreign_origin");
  }
  if (route.right == "anyone") return;
  if (actor.kind == ActorKind::nobody) throw Error(Kind::unauthenticated, "sign_in");
  if (unsafe && actor.by_cookie && !same_secret(head.header("x-csrf-token"), actor.csrf_token)) {
    throw forbidden("csrf");
  }
  if (route.right != "signed_in") reader.must(route.right);
}

std::optional<Version> if_match_of(const RequestHead& head) {
  auto text = head.header("if-match");
  if (text.empty() || text == "*") return {};
  if (text.starts_with("W/")) text.remove_prefix(2);
  Version version;
  if (text.size() < 3 || text.front() != '"' || text.back() != '"') throw invalid("bad_if_match");
  text = text.substr(1, text.size() - 2);
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), version.value);
  if (problem != std::errc{} || end != text.data() + text.size()) throw invalid("bad_if_match");
  return version;
}

}  // namespace baijin
