#pragma once
// Cutting text into the words that are searched: overlapping bigrams of Han, Kana and Hangul,
// whole words of everything else, after NFKC and case folding (ICU). PLT-3, KNO-2.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace baijin {

struct Word {
  std::string_view text;   // folded; valid until the next call of the sink
  std::int32_t begin = 0;  // byte range in the original text
  std::int32_t end = 0;
};

// For an index: 软件崩溃 → 软件 件崩 崩溃; a lone Han character is a word; "E-1042" → e 1042;
// user@host.cn → user host cn. Words longer than 64 bytes are cut.
void cut_words(std::string_view text, const std::function<void(const Word&)>& sink);

// One part of a query that must match: its words in a row; `prefix` when the last one may go on.
struct Phrase {
  std::vector<std::string> words;
  bool prefix = false;
};

// A query: every blank-separated part is a phrase; the last character of a part may be unfinished,
// so a part ending in a Latin word or a lone Han character is a prefix. Quotes, *, :, - are plain
// characters (I2). At most 16 phrases of 32 words.
std::vector<Phrase> cut_query(std::string_view query);

}  // namespace baijin
