-- A notice is about a ticket or about a mailbox.
DROP INDEX notices_of_ticket;
ALTER TABLE notices ADD COLUMN about_ticket BIGINT REFERENCES tickets (id);
UPDATE notices SET about_ticket = ticket;
ALTER TABLE notices DROP COLUMN ticket;
ALTER TABLE notices RENAME COLUMN about_ticket TO ticket;
ALTER TABLE notices ADD COLUMN mailbox BIGINT REFERENCES mailboxes (id);
CREATE INDEX notices_of_ticket ON notices (ticket, member);
CREATE INDEX notices_of_mailbox ON notices (mailbox, member);
