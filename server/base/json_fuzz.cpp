// What is read can be written and read again, and is the same.
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  try {
    const auto value = baijin::parse_json(input);
    std::string written;
    baijin::JsonWriter(written).value(value);
    std::string again;
    baijin::JsonWriter(again).value(baijin::parse_json(written));
    if (again != written) std::abort();
  } catch (const baijin::Error& error) {
    if (error.kind != baijin::Kind::invalid) std::abort();
  }
  return 0;
}
