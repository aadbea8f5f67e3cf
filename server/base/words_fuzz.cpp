// Words lie within the text and are short; cleaning and folding a text twice is doing it once.
#include <cstdlib>

#include "base/error.h"
#include "base/text.h"
#include "base/words.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  baijin::cut_words(input, [&](const baijin::Word& word) {
    const bool inside = word.begin >= 0 && word.begin < word.end &&
                        static_cast<std::size_t>(word.end) <= input.size();
    if (!inside || word.text.empty() || word.text.size() > 64) std::abort();
    if (!baijin::is_utf8(word.text)) std::abort();
  });
  if (baijin::cut_query(input).size() > 16) std::abort();
  const auto fold = baijin::folded(input);
  if (baijin::folded(fold) != fold) std::abort();
  try {
    const auto lines = baijin::clean_lines(input, 100'000);
    if (baijin::clean_lines(lines, 100'000) != lines) std::abort();
  } catch (const baijin::Error& error) {
    if (error.kind != baijin::Kind::invalid) std::abort();
  }
  return 0;
}
