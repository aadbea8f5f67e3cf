-- The kernel's own tables: the event log, the clockwork and what keeps requests exactly once.
CREATE TABLE events (
  seq {id},
  tx {event_tx},
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  customer BIGINT,
  audience TEXT NOT NULL,
  data TEXT NOT NULL,
  request TEXT NOT NULL,
  caused_by BIGINT
);
CREATE INDEX events_of_subject ON events (subject, seq);
@postgres CREATE INDEX events_in_order ON events (tx, seq);

-- The log is append-only, for everybody who comes through SQL.
@sqlite CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
@sqlite CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
@postgres CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$;
@postgres CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_event_change();

-- Hashes chained over settled events in order; an event changed later breaks the chain.
CREATE TABLE event_seals (
  id {id},
  through_tx BIGINT NOT NULL,
  through_seq BIGINT NOT NULL,
  events BIGINT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE jobs (
  id {id},
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  lease TEXT NOT NULL,
  last_error TEXT NOT NULL,
  stuck BOOLEAN NOT NULL,
  UNIQUE (kind, key)
);
CREATE INDEX jobs_due ON jobs (stuck, due_at);

CREATE TABLE reaction_cursors (
  name TEXT PRIMARY KEY,
  tx BIGINT NOT NULL,
  seq BIGINT NOT NULL
);

CREATE TABLE idempotency_keys (
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status BIGINT NOT NULL,
  location TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_keys_old ON idempotency_keys (at);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
