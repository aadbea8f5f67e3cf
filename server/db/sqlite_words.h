#pragma once
// The FTS5 tokenizer "baijin": the same words as everywhere else (base/words.h).
#include <sqlite3.h>

namespace baijin::db {

// Makes tokenize='baijin' known to this connection; throws std::runtime_error without FTS5.
void register_words(sqlite3* database);

}  // namespace baijin::db
