-- Requests of people without an account (INT-8). The link that shows one is known to whoever asked;
-- its secret is kept as a hash.
CREATE TABLE guest_requests (
  id {id},
  version BIGINT NOT NULL,
  ticket BIGINT NOT NULL UNIQUE REFERENCES tickets (id),
  contact BIGINT NOT NULL REFERENCES contacts (id),
  hash TEXT NOT NULL UNIQUE,
  asked_at BIGINT NOT NULL,
  ended_at BIGINT
);
ALTER TABLE service_types ADD COLUMN for_guests BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE service_types SET for_guests = TRUE
WHERE key IN ('fault', 'consultation', 'complaint', 'feedback');
ALTER TABLE organisation ADD COLUMN guest_team BIGINT REFERENCES teams (id);
