-- What was imported before: the same line of the same source is never imported twice. PLT-6.
CREATE TABLE import_lines (
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  PRIMARY KEY (source, external_id)
);
CREATE INDEX import_lines_of_ticket ON import_lines (ticket);
