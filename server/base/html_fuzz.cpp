// Whatever comes in: sanitising ends, twice is once (X2), and text of it is text.
#include <cstdlib>

#include "base/error.h"
#include "base/html.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  try {
    const auto once = baijin::sanitise(input);
    if (baijin::sanitise(once.html).html != once.html) std::abort();
    if (!baijin::is_utf8(once.html)) std::abort();
    const auto linked = baijin::text_to_html(baijin::html_to_text(input));
    if (baijin::sanitise(linked).html != linked) std::abort();
  } catch (const baijin::Error& error) {
    if (error.reason != "too_complex") std::abort();
  }
  return 0;
}
