#include "hub/download.h"

namespace baijin {

Response download(std::string_view type, std::string_view name, std::string body) {
  Response response;
  response.headers = {{"Content-Type", std::string(type)},
                      {"Content-Disposition", "attachment; filename=\"" + std::string(name) + "\""},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Content-Security-Policy", "sandbox; default-src 'none'"},
                      {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

Response csv_download(std::string_view name, std::string body) {
  return download("text/csv; charset=utf-8", name, std::move(body));
}

}  // namespace baijin
