-- How each person likes the pages to be.
CREATE TABLE settings_sheets (
  id {id},
  version BIGINT NOT NULL,
  member BIGINT NOT NULL UNIQUE REFERENCES users (id),
  says TEXT NOT NULL
);
