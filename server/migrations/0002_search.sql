-- What can be found: one row a record, its text as a person would read it. PLT-3, KNO-2.
CREATE TABLE search_entries (
  id {id},
  kind TEXT NOT NULL,
  subject BIGINT NOT NULL,
  customer BIGINT,
  staff_only BOOLEAN NOT NULL,
  at BIGINT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  scope TEXT NOT NULL,
  UNIQUE (subject, kind)
);
-- The words of title, body and scope (base/words.h), by entry; index.cpp writes both together. What
-- words begin with is not indexed: it would make every write dearer by a third. find.cpp asks for
-- whole words first, so only words that are not finished are gathered slowly.
@sqlite CREATE VIRTUAL TABLE search_index USING fts5(title, body, scope, content='search_entries', content_rowid='id', tokenize='baijin', columnsize=0);
@postgres ALTER TABLE search_entries ADD COLUMN words tsvector NOT NULL DEFAULT '';
@postgres CREATE INDEX search_entries_words ON search_entries USING gin (words);
