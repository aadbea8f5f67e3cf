#include "db/sqlite_words.h"

#include <new>
#include <stdexcept>

#include "base/words.h"

namespace baijin::db {
namespace {

using TokenSink = int (*)(void*, int, const char*, int, int, int);

int create(void*, const char**, int, Fts5Tokenizer** out) {
  // The tokenizer has no state, but FTS5 wants an address that is not null.
  static char nothing;
  *out = reinterpret_cast<Fts5Tokenizer*>(&nothing);
  return SQLITE_OK;
}

void destroy(Fts5Tokenizer*) {}

int tokenize(Fts5Tokenizer*, void* context, int, const char* text, int length, TokenSink sink) {
  int result = SQLITE_OK;
  // No exception may cross SQLite's C frames.
  try {
    cut_words({text, static_cast<std::size_t>(length)}, [&](const Word& word) {
      if (result != SQLITE_OK) return;
      result = sink(context, 0, word.text.data(), static_cast<int>(word.text.size()), word.begin,
                    word.end);
    });
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  } catch (const std::exception&) {
    return SQLITE_ERROR;
  }
  return result;
}

fts5_api* find_fts5(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

void register_words(sqlite3* database) {
  fts5_api* api = find_fts5(database);
  fts5_tokenizer functions{create, destroy, tokenize};
  if (api == nullptr ||
      api->xCreateTokenizer(api, "baijin", nullptr, &functions, nullptr) != SQLITE_OK) {
    throw std::runtime_error("This SQLite was built without FTS5 full-text search");
  }
}

}  // namespace baijin::db
