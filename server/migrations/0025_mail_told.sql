-- Whether the outgoing line of a mailbox works, beside what is known of its incoming one.
ALTER TABLE mailbox_health ADD COLUMN sending_failing_since BIGINT;
ALTER TABLE mailbox_health ADD COLUMN sending_failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailbox_health ADD COLUMN sending_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE mailbox_health ADD COLUMN sending_said TEXT NOT NULL DEFAULT '';
ALTER TABLE mailbox_health ADD COLUMN sending_announced BOOLEAN NOT NULL DEFAULT FALSE;

-- How often strangers are answered by themselves, and how often they were, by the hour.
ALTER TABLE mailboxes ADD COLUMN answers_to_strangers BIGINT NOT NULL DEFAULT 100;
CREATE TABLE stranger_answers (
  mailbox BIGINT NOT NULL REFERENCES mailboxes (id),
  hour BIGINT NOT NULL,
  answers BIGINT NOT NULL,
  PRIMARY KEY (mailbox, hour)
);

-- Of which senders that write too much somebody was told, and when.
CREATE TABLE flooding_senders (
  email TEXT PRIMARY KEY,
  told_at BIGINT NOT NULL
);
