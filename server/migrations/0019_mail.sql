-- Mail in and out (INT-4): mailboxes, what came, what leaves, who takes part, dead addresses.
CREATE TABLE mailboxes (
  id {id},
  version BIGINT NOT NULL,
  address TEXT NOT NULL UNIQUE,
  sender_name TEXT NOT NULL,
  active BOOLEAN NOT NULL,
  incoming TEXT NOT NULL,
  outgoing TEXT NOT NULL,
  service_type BIGINT NOT NULL REFERENCES service_types (id),
  team BIGINT REFERENCES teams (id),
  language TEXT NOT NULL,
  signature TEXT NOT NULL,
  strangers TEXT NOT NULL,
  answers BOOLEAN NOT NULL,
  takes_lists BOOLEAN NOT NULL,
  plus_addresses BOOLEAN NOT NULL,
  authserv TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
-- Sealed with the desk's key; a table of its own so that no record carries them.
CREATE TABLE mailbox_secrets (
  mailbox BIGINT PRIMARY KEY REFERENCES mailboxes (id),
  incoming TEXT NOT NULL,
  outgoing TEXT NOT NULL
);
-- How far a mailbox was read, and how it is; changes all the time and is nobody's version.
CREATE TABLE mailbox_health (
  mailbox BIGINT PRIMARY KEY REFERENCES mailboxes (id),
  generation TEXT NOT NULL,
  last_id TEXT NOT NULL,
  looked_at BIGINT,
  failing_since BIGINT,
  failures BIGINT NOT NULL,
  reason TEXT NOT NULL,
  said TEXT NOT NULL,
  announced BOOLEAN NOT NULL
);
CREATE TABLE incoming_mails (
  id {id},
  version BIGINT NOT NULL,
  mailbox BIGINT REFERENCES mailboxes (id),
  door TEXT NOT NULL,
  remote TEXT NOT NULL,
  tidied BOOLEAN NOT NULL,
  raw TEXT NOT NULL,
  raw_at BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  whole BOOLEAN NOT NULL,
  arrived_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  decision TEXT NOT NULL,
  subject TEXT NOT NULL,
  from_email TEXT NOT NULL,
  from_name TEXT NOT NULL,
  message_id TEXT NOT NULL,
  sent_at BIGINT,
  nature TEXT NOT NULL,
  proof TEXT NOT NULL,
  contact BIGINT REFERENCES contacts (id),
  ticket BIGINT REFERENCES tickets (id),
  message BIGINT REFERENCES messages (id),
  folded BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX incoming_mails_remote ON incoming_mails (mailbox, remote) WHERE remote <> '';
CREATE INDEX incoming_mails_untidied ON incoming_mails (mailbox, id)
  WHERE tidied = FALSE AND remote <> '';
CREATE INDEX incoming_mails_waiting ON incoming_mails (mailbox, next_try_at, id)
  WHERE state = 'waiting';
CREATE INDEX incoming_mails_state ON incoming_mails (state, arrived_at, id);
CREATE INDEX incoming_mails_newest ON incoming_mails (arrived_at, id);
CREATE INDEX incoming_mails_of_ticket ON incoming_mails (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX incoming_mails_of_raw ON incoming_mails (raw);
CREATE INDEX incoming_mails_of_sender ON incoming_mails (from_email, arrived_at);
-- What was read already, by Message-ID and content: nothing becomes a ticket twice.
CREATE TABLE mail_contents (
  content TEXT PRIMARY KEY,
  mail BIGINT NOT NULL REFERENCES incoming_mails (id)
);
CREATE TABLE outgoing_mails (
  id {id},
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  mailbox BIGINT NOT NULL REFERENCES mailboxes (id),
  ticket BIGINT REFERENCES tickets (id),
  message BIGINT REFERENCES messages (id),
  contact BIGINT REFERENCES contacts (id),
  member BIGINT REFERENCES users (id),
  recipient TEXT NOT NULL,
  about TEXT NOT NULL,
  state TEXT NOT NULL,
  message_id TEXT NOT NULL,
  tries BIGINT NOT NULL,
  reason TEXT NOT NULL,
  said TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  sent_at BIGINT,
  bounced_at BIGINT
);
CREATE INDEX outgoing_mails_of_ticket ON outgoing_mails (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX outgoing_mails_newest ON outgoing_mails (created_at, id);
CREATE INDEX outgoing_mails_state ON outgoing_mails (state, created_at, id);
CREATE INDEX outgoing_mails_to ON outgoing_mails (recipient, created_at);
CREATE INDEX outgoing_mails_message_id ON outgoing_mails (message_id) WHERE message_id <> '';
CREATE TABLE participants (
  id {id},
  version BIGINT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  email TEXT NOT NULL,
  name TEXT,
  state TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  UNIQUE (ticket, email)
);
CREATE TABLE address_marks (
  id {id},
  version BIGINT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  since BIGINT NOT NULL,
  reason TEXT NOT NULL,
  said TEXT NOT NULL,
  cleared_at BIGINT
);
CREATE TABLE mail_rules (
  id {id},
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  mailbox BIGINT REFERENCES mailboxes (id),
  position BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  header TEXT NOT NULL,
  header_value TEXT NOT NULL,
  service_type BIGINT REFERENCES service_types (id),
  team BIGINT REFERENCES teams (id),
  priority TEXT,
  tag TEXT,
  outcome TEXT NOT NULL
);
CREATE TABLE mail_templates (
  id {id},
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  active BOOLEAN NOT NULL,
  UNIQUE (kind, language)
);
