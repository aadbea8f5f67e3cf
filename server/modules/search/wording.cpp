#include "modules/search/wording.h"

#include <algorithm>

#include "base/text.h"
#include "base/unicode.h"

namespace baijin::search::wording {
namespace {

constexpr std::size_t fewest_digits = 5;    // a shorter number is a word like any other
constexpr std::size_t shortest_number = 7;  // kept as a number of an entry
constexpr std::size_t longest_number = 20;
constexpr std::size_t most_numbers = 20;
constexpr std::size_t most_pieces = 8;
constexpr std::size_t bigrams_in_piece = 3;  // four characters
constexpr int most_positions = 16'000;       // PostgreSQL counts to 16,383

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool joins_digits(char c) {
  return c == '-' || c == ' ' || c == '(' || c == ')' || c == '.' || c == '+';
}

// The numbers in a text as bare digits: telephone numbers, ticket numbers, serial numbers.
void collect_numbers(std::string_view text, std::vector<std::string>& numbers) {
  std::size_t at = 0;
  while (at < text.size() && numbers.size() < most_numbers) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    auto end = at, digits = std::size_t{0}, gap = std::size_t{0};
    auto last = at;
    for (; end < text.size() && gap <= 2; ++end) {
      if (is_digit(text[end])) {
        ++digits, gap = 0, last = end;
      } else if (joins_digits(text[end])) {
        ++gap;
      } else {
        break;
      }
    }
    if (digits >= shortest_number && digits <= longest_number) {
      auto begin = at > 0 && text[at - 1] == '+' ? at - 1 : at;  // a country's prefix
      numbers.push_back(phone_digits(text.substr(begin, last - begin + 1)));
    }
    at = last + 1;
  }
}

// "138-1234 5678" as one number, when the whole query is one.
std::string number_in(std::string_view query) {
  std::size_t digits = 0;
  for (char c : query) {
    if (is_digit(c)) ++digits;
    else if (!joins_digits(c)) return {};
  }
  if (digits < fewest_digits || digits > longest_number) return {};
  return phone_digits(query);
}

bool is_latin(std::string_view word) { return static_cast<unsigned char>(word.front()) < 0x80; }

bool tells_something(std::string_view word) {
  return word.size() >= 3 || std::any_of(word.begin(), word.end(), is_digit);
}

std::string quoted(std::string_view word, char quote) {
  std::string text(1, quote);
  for (char c : word) {
    if (c == quote || (quote == '\'' && c == '\\')) text += c;
    text += c;
  }
  return text += quote;
}

std::string fts5_phrase(const Phrase& phrase, bool whole) {
  std::string words;
  for (const auto& word : phrase.words) {
    if (!words.empty()) words += ' ';
    words += word;
  }
  return quoted(words, '"') + (phrase.prefix && !whole ? " *" : "");
}

std::string fts5_words(const std::vector<Part>& parts, std::string_view columns, bool whole) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) text += " AND ";
    text.append("(").append(columns) += fts5_phrase(part.phrase, whole);
    if (!part.digits.empty()) {
      text += " OR scope : " + quoted(part.digits, '"') + (whole ? "" : " *");
    }
    text += ")";
  }
  return text;
}

std::string customer_mark(std::int64_t customer, bool for_customers) {
  return "c" + std::to_string(customer) + (for_customers ? "p" : "");
}
// An entry of nobody in particular that customers may find: a product.
constexpr std::string_view everyone = "everyone";

std::vector<std::string> customer_marks(const Fence& fence) {
  std::vector<std::string> marks{std::string(everyone)};
  for (auto customer : fence.customers) marks.push_back(customer_mark(customer, true));
  return marks;
}
std::vector<std::string> kind_marks(const Fence& fence) {
  std::vector<std::string> marks;
  for (const auto& kind : fence.kinds) {
    std::string mark = "k";
    for (char c : kind) {
      if (c != '_') mark += c;
    }
    marks.push_back(mark);
  }
  return marks;
}

std::string fts5_marks(const std::vector<std::string>& marks) {
  std::string text = " AND scope : (";
  for (std::size_t i = 0; i < marks.size(); ++i) {
    text += (i ? " OR " : "") + quoted(marks[i], '"');
  }
  return text + ")";
}

std::string ts_word(std::string_view word, bool prefix, char weight) {
  std::string text = quoted(word, '\'') + ":";
  if (prefix) text += '*';
  return text += weight;
}

std::string ts_phrase(const Phrase& phrase, char weight, bool whole) {
  std::string text;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    bool goes_on = phrase.prefix && !whole && i + 1 == phrase.words.size();
    if (i) text += " <-> ";
    text += ts_word(phrase.words[i], goes_on, weight);
  }
  return "(" + text + ")";
}

std::string ts_words(const std::vector<Part>& parts, bool title_only, bool whole) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) text += " & ";
    text += "(" + ts_phrase(part.phrase, 'A', whole);
    if (!title_only) text += " | " + ts_phrase(part.phrase, 'B', whole);
    if (!part.digits.empty()) text += " | " + ts_word(part.digits, !whole, 'C');
    text += ")";
  }
  return text;
}

std::string ts_marks(const std::vector<std::string>& marks) {
  std::string text;
  for (const auto& mark : marks) {
    text += (text.empty() ? " & (" : " | ") + ts_word(mark, false, 'C');
  }
  return text + ")";
}

void add_words(std::string& out, std::string_view text, char weight, int& position) {
  cut_words(text, [&](const Word& word) {
    if (position >= most_positions) return;
    out += (out.empty() ? "" : " ") + quoted(word.text, '\'') + ":" + std::to_string(++position) +
           weight;
  });
  position += 2;  // no phrase reaches from one text into the next
}

// Two letters begin too many words to be gathered while somebody types the third.
void forget_short_beginning(Phrase& phrase) {
  const auto& word = phrase.words.back();
  if (word.size() == 2) phrase.prefix = false;
}

}  // namespace

std::vector<Part> pieces_of(std::string_view text) {
  std::vector<Part> pieces;
  std::vector<std::string> run;  // bigrams that overlap
  std::int32_t end_of_run = -1;
  auto add = [&](std::vector<std::string> words) {
    if (pieces.size() < most_pieces) pieces.push_back({{std::move(words), false}, ""});
  };
  auto finish = [&] {
    if (run.size() >= 2 && run.size() <= bigrams_in_piece) add(run);
    for (std::size_t at = 0; run.size() > bigrams_in_piece && at < run.size() - 1; at += 2) {
      auto begin = run.begin() +
                   static_cast<std::ptrdiff_t>(std::min(at, run.size() - bigrams_in_piece));
      add({begin, begin + bigrams_in_piece});
    }
    run.clear();
  };
  cut_words(text, [&](const Word& word) {
    if (word.begin >= end_of_run) finish();
    bool alone = word.begin >= end_of_run && is_latin(word.text);
    end_of_run = word.end;
    if (!alone) run.emplace_back(word.text);
    else if (tells_something(word.text)) add({std::string(word.text)});
  });
  finish();
  return pieces;
}

std::vector<Part> parts_of(std::string_view query) {
  std::vector<Part> parts;
  auto digits = number_in(query);
  auto phrases = cut_query(query);
  if (!digits.empty() && !phrases.empty()) {
    // The whole query is one number, however it is grouped.
    Phrase whole;
    for (auto& phrase : phrases) {
      whole.words.insert(whole.words.end(), phrase.words.begin(), phrase.words.end());
    }
    whole.prefix = phrases.back().prefix;
    parts.push_back({std::move(whole), std::move(digits)});
    return parts;
  }
  for (auto& phrase : phrases) {
    if (phrase.words.empty()) continue;
    forget_short_beginning(phrase);
    parts.push_back({std::move(phrase), {}});
  }
  return parts;
}

std::string scope_of(const Entry& entry) {
  std::string scope = kind_marks({{entry.subject.kind}, {}, false, false}).front();
  if (entry.customer) {
    scope += " " + customer_mark(entry.customer->value, false);
    if (!entry.staff_only) scope += " " + customer_mark(entry.customer->value, true);
  } else if (!entry.staff_only) {
    scope.append(" ").append(everyone);
  }
  std::vector<std::string> numbers;
  collect_numbers(entry.title, numbers);
  collect_numbers(entry.text, numbers);
  for (const auto& number : numbers) scope += " " + number;
  return scope;
}

bool may_go_on(const std::vector<Part>& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [](const Part& part) { return part.phrase.prefix || !part.digits.empty(); });
}

std::string fts5_query(const std::vector<Part>& parts, const Fence& fence) {
  std::string_view columns = fence.title_only ? "title : " : "{title body} : ";
  auto text = fts5_words(parts, columns, fence.reach == Reach::whole);
  if (fence.reach == Reach::beginnings) {
    text = "((" + text + ") NOT (" + fts5_words(parts, columns, true) + "))";
  }
  if (fence.customers_only) text += fts5_marks(customer_marks(fence));
  if (!fence.kinds.empty()) text += fts5_marks(kind_marks(fence));
  return text;
}

std::string tsquery(const std::vector<Part>& parts, const Fence& fence) {
  auto text = ts_words(parts, fence.title_only, fence.reach == Reach::whole);
  if (fence.reach == Reach::beginnings) {
    text += " & !(" + ts_words(parts, fence.title_only, true) + ")";
  }
  if (fence.customers_only) text += ts_marks(customer_marks(fence));
  if (!fence.kinds.empty()) text += ts_marks(kind_marks(fence));
  return text;
}

std::string tsvector(std::string_view title, std::string_view text, std::string_view scope) {
  std::string out;
  int position = 0, marks = 0;
  add_words(out, title, 'A', position);
  add_words(out, text, 'B', position);
  add_words(out, scope, 'C', marks);
  return out;
}

}  // namespace baijin::search::wording
