#pragma once
// Texts that leave as files.
#include <string>
#include <string_view>

#include "hub/http.h"

namespace baijin {

// `name` is of our own making: letters, digits, '.', '-' and '_'.
Response download(std::string_view type, std::string_view name, std::string body);
Response csv_download(std::string_view name, std::string body);

}  // namespace baijin
