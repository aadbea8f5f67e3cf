-- Files people sent: the bytes lie outside, under their SHA-256; a file hangs on its holder
-- ("message:12") or, until it is attached, on the person and session that sent it.
CREATE TABLE files (
  id {id},
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  type TEXT NOT NULL,
  uploaded_by BIGINT REFERENCES users (id),
  session TEXT NOT NULL,
  uploaded_at BIGINT NOT NULL,
  holder TEXT
);
CREATE INDEX files_of_holder ON files (holder) WHERE holder IS NOT NULL;
CREATE INDEX files_unattached ON files (uploaded_at) WHERE holder IS NULL;
CREATE INDEX files_of_content ON files (sha256);
