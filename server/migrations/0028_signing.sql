-- The key with which mail of a mailbox is signed (DKIM), sealed with the desk's own.
CREATE TABLE mailbox_signing (
  mailbox BIGINT PRIMARY KEY REFERENCES mailboxes (id),
  selector TEXT NOT NULL,
  private_key TEXT NOT NULL
);
