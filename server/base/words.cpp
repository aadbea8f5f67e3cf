#include "base/words.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <array>
#include <stdexcept>

#include "base/unicode.h"

namespace baijin {
namespace {

constexpr std::size_t longest_word = 64;
constexpr std::size_t longest_chunk = 128;  // bytes folded at once; cuts long rows of marks
constexpr std::size_t most_phrases = 16;
constexpr std::size_t most_words = 32;

const icu::Normalizer2& nfkc_casefold() {
  static const icu::Normalizer2* const form = [] {
    UErrorCode problem = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(problem);
    if (U_FAILURE(problem)) throw std::runtime_error("ICU has no NFKC_Casefold data");
    return found;
  }();
  return *form;
}

// Scripts written without blanks, cut into bigrams: Hangul, Han with its iteration marks and
// numerals, Kana, Bopomofo.
constexpr bool is_bigram_script(char32_t c) {
  if (c < 0x1100) return false;
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  return within(0x4E00, 0x9FFF) || within(0x3400, 0x4DBF) || within(0x1100, 0x11FF) ||
         within(0x3005, 0x3007) || within(0x3021, 0x3029) || within(0x3031, 0x3035) ||
         within(0x3041, 0x3096) || within(0x309D, 0x309F) || within(0x30A1, 0x30FA) ||
         within(0x30FC, 0x318E) || within(0x31A0, 0x31BF) || within(0x31F0, 0x31FF) ||
         within(0xAC00, 0xD7FB) || within(0xF900, 0xFAFF) || within(0x20000, 0x3FFFD);
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  constexpr std::uint32_t kinds = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kinds) != 0;
}

struct Place {
  std::size_t begin;
  std::size_t end;
};

enum class Cut { word, bigram, lone };  // lone: a run of a single character

// Takes folded characters with their places in the original and gives words.
template <class Sink>
class Cutter {
 public:
  explicit Cutter(Sink& sink) : sink_(sink) {}

  void take(char32_t c, Place place) {
    if (is_bigram_script(c)) return take_bigram(c, place);
    if (!is_word_character(c)) return finish();
    finish_run();
    if (size_ == 0) place_.begin = place.begin;
    place_.end = place.end;
    if (!full_) append(c);
  }

  // A row of a-z, A-Z and digits at once: most of what is not Chinese.
  void take_ascii(std::string_view row, std::size_t begin) {
    finish_run();
    if (size_ == 0) place_.begin = begin;
    place_.end = begin + row.size();
    for (char c : row) {
      full_ = full_ || size_ == longest_word;
      if (full_) break;
      word_[size_++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }

  void finish() {
    finish_run();
    if (size_ == 0) return;
    give({word_.data(), size_}, place_, Cut::word);
    size_ = 0;
    full_ = false;
  }

 private:
  void append(char32_t c) {
    std::string bytes;
    append_code_point(bytes, c);
    full_ = size_ + bytes.size() > longest_word;
    if (full_) return;
    for (char byte : bytes) word_[size_++] = byte;
  }

  void take_bigram(char32_t c, Place place) {
    if (run_ == 0) finish();
    std::string bytes;
    append_code_point(bytes, c);
    if (run_ > 0) give(before_ + bytes, {before_place_.begin, place.end}, Cut::bigram);
    before_ = std::move(bytes);
    before_place_ = place;
    ++run_;
  }

  void finish_run() {
    if (run_ == 1) give(before_, before_place_, Cut::lone);
    run_ = 0;
  }

  void give(std::string_view text, Place place, Cut kind) {
    const Word word{text, static_cast<std::int32_t>(place.begin),
                    static_cast<std::int32_t>(place.end)};
    sink_(word, kind);
  }

  Sink& sink_;
  std::array<char, longest_word> word_{};
  std::size_t size_ = 0;
  bool full_ = false;
  Place place_{};
  std::string before_;  // the character before in a run of bigrams
  Place before_place_{};
  std::size_t run_ = 0;
};

// Whether NFKC_Casefold leaves the character alone and nothing around it can change that.
constexpr bool folds_to_itself(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x3001 && c <= 0x3029);
}

// Folds the characters from `at` up to the next place where folding may be cut, and hands them on.
template <class Sink>
std::size_t take_chunk(Cutter<Sink>& cutter, std::string_view text, std::size_t at) {
  const auto begin = at;
  next_code_point(text, at);
  while (at < text.size() && at - begin < longest_chunk) {
    auto next = at;
    const auto c = next_code_point(text, next);
    if (c == ill_formed || nfkc_casefold().hasBoundaryBefore(static_cast<UChar32>(c))) break;
    at = next;
  }
  std::string folded_chunk;
  icu::StringByteSink<std::string> sink(&folded_chunk);
  UErrorCode problem = U_ZERO_ERROR;
  nfkc_casefold().normalizeUTF8(0, text.substr(begin, at - begin), sink, nullptr, problem);
  if (U_FAILURE(problem)) throw std::runtime_error("ICU could not fold a text");
  for (std::size_t i = 0; i < folded_chunk.size();) {
    const auto c = next_code_point(folded_chunk, i);
    if (c == ill_formed) cutter.finish();
    else cutter.take(c, {begin, at});
  }
  return at;
}

template <class Sink>
void cut(std::string_view text, Sink& sink) {
  Cutter<Sink> cutter(sink);
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80 &&
           is_word_character(static_cast<unsigned char>(text[at]))) {
      ++at;
    }
    // The last letter may carry a combining mark, which folding must see together with it.
    if (at < text.size() && at > begin && static_cast<unsigned char>(text[at]) >= 0xCC) --at;
    if (at > begin) {
      cutter.take_ascii(text.substr(begin, at - begin), begin);
      continue;
    }
    auto next = at;
    const auto c = next_code_point(text, next);
    if (c == ill_formed || (c < 0x80 && !is_word_character(c))) {
      cutter.finish();
      at = next;
    } else if (folds_to_itself(c)) {
      cutter.take(c, {at, next});
      at = next;
    } else {
      at = take_chunk(cutter, text, at);
    }
  }
  cutter.finish();
}

// Adds the phrases of one blank-separated part.
void cut_part(std::string_view part, std::vector<Phrase>& phrases) {
  Phrase phrase;
  bool head_is_lone = false;
  bool tail_is_bigram = false;
  auto sink = [&](const Word& word, Cut kind) {
    if (phrase.words.empty()) head_is_lone = kind == Cut::lone;
    tail_is_bigram = kind == Cut::bigram;
    if (phrase.words.size() <= most_words) phrase.words.emplace_back(word.text);
  };
  cut(part, sink);
  if (phrase.words.empty()) return;
  // A lone Han character in front of other words may be the end of a longer run in the text, where
  // it is no word of its own; better to find too much than to miss it.
  if (head_is_lone && phrase.words.size() > 1) phrase.words.erase(phrase.words.begin());
  const bool whole = phrase.words.size() <= most_words;
  phrase.words.resize(std::min(phrase.words.size(), most_words));
  phrase.prefix = whole && !tail_is_bigram;
  phrases.push_back(std::move(phrase));
}

}  // namespace

void cut_words(std::string_view text, const std::function<void(const Word&)>& sink) {
  auto give = [&](const Word& word, Cut) { sink(word); };
  cut(text, give);
}

std::vector<Phrase> cut_query(std::string_view query) {
  std::vector<Phrase> phrases;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < query.size() && phrases.size() < most_phrases;) {
    const auto here = at;
    const auto c = next_code_point(query, at);
    if (!is_blank(c) || c == 0x200B) continue;
    cut_part(query.substr(begin, here - begin), phrases);
    begin = at;
  }
  if (phrases.size() < most_phrases) cut_part(query.substr(begin), phrases);
  return phrases;
}

}  // namespace baijin
