-- What a member of staff should know of. Nothing of a ticket's content is kept here: it is read at
-- the time of showing, with the rights of who looks (N2).
CREATE TABLE notices (
  id {id},
  version BIGINT NOT NULL,
  member BIGINT NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  event BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  times BIGINT NOT NULL,
  in_app BOOLEAN NOT NULL,
  read_at BIGINT,
  mail_due_at BIGINT,
  mailed_at BIGINT
);
CREATE INDEX notices_of_member ON notices (member, read_at, at);
CREATE INDEX notices_of_ticket ON notices (ticket, member);
CREATE INDEX notices_by_age ON notices (at);

CREATE TABLE notice_settings (
  id {id},
  version BIGINT NOT NULL,
  member BIGINT NOT NULL UNIQUE REFERENCES users (id),
  says TEXT NOT NULL
);
