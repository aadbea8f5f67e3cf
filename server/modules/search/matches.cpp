// Where a text matches a query: for marking hits, by the same words as the index.
#include "base/text.h"
#include "base/unicode.h"
#include "modules/search/wording.h"

namespace baijin::search::wording {
namespace {

// Cutting a long text whole would cost more than finding it.
constexpr std::size_t window_bytes = 2'000;
constexpr std::size_t window_overlap = 200;
constexpr std::int64_t snippet_before = 30, snippet_length = 120;  // code points

struct Cut {
  std::string text;
  std::size_t begin, end;
};

bool matches_at(const std::vector<Cut>& words, std::size_t at, const Phrase& phrase) {
  if (at + phrase.words.size() > words.size()) return false;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    const auto& word = words[at + i].text;
    bool last = i + 1 == phrase.words.size();
    if (last && phrase.prefix ? !word.starts_with(phrase.words[i]) : word != phrase.words[i]) {
      return false;
    }
  }
  return true;
}

std::size_t aligned(std::string_view text, std::size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return std::min(at, text.size());
}

// The start of the code point `count` code points before `at`.
std::size_t back(std::string_view text, std::size_t at, std::int64_t count) {
  while (at > 0 && count > 0) {
    --at;
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) --count;
  }
  return at;
}
std::size_t forward(std::string_view text, std::size_t at, std::int64_t count) {
  for (; at < text.size() && count > 0; --count) next_code_point(text, at);
  return at;
}

std::vector<Span> spans(std::string_view text, const std::vector<Range>& ranges) {
  std::vector<Span> found;
  for (auto range : ranges) {
    found.push_back(
        {code_points(text.substr(0, range.begin)), code_points(text.substr(0, range.end))});
  }
  return found;
}

std::optional<std::size_t> first_match(std::string_view text, const std::vector<Part>& parts) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto end = aligned(text, at + window_bytes);
    auto found = matches_in(text.substr(at, end - at), parts);
    if (!found.empty()) return at + found.front().begin;
    if (end == text.size()) break;
    at = aligned(text, end - window_overlap);
  }
  return {};
}

}  // namespace

std::vector<Range> matches_in(std::string_view text, const std::vector<Part>& parts) {
  std::vector<Cut> words;
  cut_words(text, [&](const Word& word) {
    words.push_back({std::string(word.text), static_cast<std::size_t>(word.begin),
                     static_cast<std::size_t>(word.end)});
  });
  std::vector<Range> found;
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (const auto& part : parts) {
      if (!matches_at(words, at, part.phrase)) continue;
      Range range{words[at].begin, words[at + part.phrase.words.size() - 1].end};
      if (!found.empty() && range.begin <= found.back().end) {
        found.back().end = std::max(found.back().end, range.end);
      } else {
        found.push_back(range);
      }
    }
  }
  return found;
}

Excerpt marked(std::string_view text, const std::vector<Part>& parts) {
  return {std::string(text), spans(text, matches_in(text, parts))};
}

Excerpt snippet(std::string_view text, const std::vector<Part>& parts) {
  auto first = first_match(text, parts).value_or(0);
  auto begin = back(text, first, snippet_before);
  auto end = forward(text, begin, snippet_length);
  std::string piece(text.substr(begin, end - begin));
  for (char& c : piece) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  auto excerpt = marked(piece, parts);
  if (begin > 0) {
    excerpt.text.insert(0, "…");
    for (auto& span : excerpt.matches) ++span.begin, ++span.end;
  }
  if (end < text.size()) excerpt.text += "…";
  return excerpt;
}

}  // namespace baijin::search::wording
