-- Who has read what: for each person and ticket the time up to which it was read.
CREATE TABLE ticket_reads (
  member BIGINT NOT NULL REFERENCES users (id),
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  read_at BIGINT NOT NULL,
  PRIMARY KEY (member, ticket)
);
CREATE INDEX ticket_reads_of_ticket ON ticket_reads (ticket);

-- When something was said last, and when the customer was last told something.
ALTER TABLE tickets ADD COLUMN last_message_at BIGINT;
ALTER TABLE tickets ADD COLUMN last_reply_at BIGINT;
ALTER TABLE messages ADD COLUMN read_by_customer_at BIGINT;
UPDATE tickets SET
  last_message_at = (SELECT MAX(m.created_at) FROM messages m
    WHERE m.ticket = tickets.id AND m.state <> 'withdrawn'),
  last_reply_at = (SELECT MAX(m.send_at) FROM messages m
    WHERE m.ticket = tickets.id AND m.state = 'sent' AND m.kind = 'reply');
