-- Files that people without an account sent for a request they have not filed yet. Whoever shows
-- the secret of one may hang it on what he asks or answers; what nobody files is swept away.
CREATE TABLE guest_uploads (
  id {id},
  version BIGINT NOT NULL,
  hash TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sent_at BIGINT NOT NULL
);
CREATE INDEX guest_uploads_by_age ON guest_uploads (sent_at);
