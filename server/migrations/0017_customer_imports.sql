-- Files of customers or contacts that somebody looks at and brings in. CUS-4.
CREATE TABLE customer_imports (
  id {id},
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  on_duplicate TEXT NOT NULL,
  state TEXT NOT NULL,
  file BIGINT NOT NULL REFERENCES files (id),
  file_name TEXT NOT NULL,
  started_by BIGINT NOT NULL REFERENCES users (id),
  found TEXT NOT NULL,
  read BIGINT NOT NULL,
  added BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  failure TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
