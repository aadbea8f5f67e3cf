-- Files of tickets that somebody looks at in the pages and brings in. PLT-6.
CREATE TABLE ticket_imports (
  id {id},
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  file BIGINT NOT NULL REFERENCES files (id),
  file_name TEXT NOT NULL,
  started_by BIGINT NOT NULL REFERENCES users (id),
  same_as BIGINT REFERENCES ticket_imports (id),
  found TEXT NOT NULL,
  lines BIGINT NOT NULL,
  read BIGINT NOT NULL,
  failure TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
