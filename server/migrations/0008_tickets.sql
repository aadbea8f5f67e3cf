-- Service tickets and everything that hangs on them. TKT-1 … TKT-10, TKT-12.

-- A row is drawn for each number given out, so that no number is ever given twice.
CREATE TABLE ticket_numbers (
  id {id},
  year BIGINT NOT NULL
);

CREATE TABLE tickets (
  id {id},
  version BIGINT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  service_type BIGINT NOT NULL REFERENCES service_types (id),
  workflow BIGINT NOT NULL REFERENCES workflows (id),
  state TEXT NOT NULL,
  phase TEXT NOT NULL,
  state_since BIGINT NOT NULL,
  previous_state TEXT,
  priority TEXT NOT NULL,
  priority_reason TEXT NOT NULL,
  severity TEXT,
  impact TEXT,
  category BIGINT REFERENCES categories (id),
  product BIGINT REFERENCES products (id),
  product_version BIGINT REFERENCES product_versions (id),
  asset BIGINT REFERENCES assets (id),
  customer BIGINT REFERENCES customers (id),
  site BIGINT REFERENCES sites (id),
  contact BIGINT REFERENCES contacts (id),
  channel TEXT NOT NULL,
  region BIGINT REFERENCES regions (id),
  team BIGINT REFERENCES teams (id),
  assignee BIGINT REFERENCES users (id),
  entitlement TEXT NOT NULL,
  charge_mode TEXT NOT NULL,
  tags TEXT NOT NULL,
  custom TEXT NOT NULL,
  created_by BIGINT REFERENCES users (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  responded_at BIGINT,
  resolved_at BIGINT,
  closed_at BIGINT,
  due_at BIGINT,
  due_kind TEXT,
  reopened BIGINT NOT NULL,
  reopen_until BIGINT,
  rating BIGINT,
  merged_into BIGINT REFERENCES tickets (id)
);
CREATE INDEX tickets_newest ON tickets (created_at, id);
CREATE INDEX tickets_open_newest ON tickets (created_at, id) WHERE closed_at IS NULL;
CREATE INDEX tickets_updated ON tickets (updated_at, id);
CREATE INDEX tickets_open_priority ON tickets (priority, id) WHERE closed_at IS NULL;
CREATE INDEX tickets_of_customer ON tickets (customer, created_at, id) WHERE customer IS NOT NULL;
CREATE INDEX tickets_of_contact ON tickets (contact, created_at, id) WHERE contact IS NOT NULL;
CREATE INDEX tickets_of_assignee ON tickets (assignee, created_at, id) WHERE assignee IS NOT NULL;
CREATE INDEX tickets_of_team ON tickets (team, created_at, id) WHERE team IS NOT NULL;
CREATE INDEX tickets_of_asset ON tickets (asset, created_at, id) WHERE asset IS NOT NULL;
CREATE INDEX tickets_due ON tickets (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX tickets_merged ON tickets (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE ticket_tags (
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  tag TEXT NOT NULL,
  PRIMARY KEY (tag, ticket)
);
CREATE INDEX ticket_tags_of_ticket ON ticket_tags (ticket);

CREATE TABLE watchers (
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  member BIGINT NOT NULL REFERENCES users (id),
  PRIMARY KEY (member, ticket)
);
CREATE INDEX watchers_of_ticket ON watchers (ticket);

CREATE TABLE messages (
  id {id},
  version BIGINT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  author BIGINT REFERENCES users (id),
  contact BIGINT REFERENCES contacts (id),
  from_customer BOOLEAN NOT NULL,
  channel TEXT NOT NULL,
  body TEXT NOT NULL,
  remote_images BOOLEAN NOT NULL,
  mentions TEXT NOT NULL,
  attachments BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  send_at BIGINT NOT NULL,
  edited_at BIGINT
);
CREATE INDEX messages_of_ticket ON messages (ticket, id);

CREATE TABLE evidence (
  id {id},
  version BIGINT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  passed BOOLEAN,
  guard TEXT,
  starts_at BIGINT,
  place TEXT,
  done_by BIGINT REFERENCES users (id),
  recorded_by BIGINT REFERENCES users (id),
  recorded_at BIGINT NOT NULL
);
CREATE INDEX evidence_of_ticket ON evidence (ticket, kind);

CREATE TABLE work_logs (
  id {id},
  version BIGINT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  member BIGINT NOT NULL REFERENCES users (id),
  customer BIGINT REFERENCES customers (id),
  region BIGINT REFERENCES regions (id),
  kind TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  travel_minutes BIGINT NOT NULL,
  billable BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX work_logs_of_ticket ON work_logs (ticket);
CREATE INDEX work_logs_of_customer ON work_logs (customer, started_at);
CREATE INDEX work_logs_of_region ON work_logs (region, started_at);
CREATE INDEX work_logs_of_member ON work_logs (member, started_at);

CREATE TABLE ticket_links (
  id {id},
  version BIGINT NOT NULL,
  from_ticket BIGINT NOT NULL REFERENCES tickets (id),
  to_ticket BIGINT NOT NULL REFERENCES tickets (id),
  kind TEXT NOT NULL,
  created_by BIGINT REFERENCES users (id),
  created_at BIGINT NOT NULL,
  UNIQUE (from_ticket, to_ticket, kind)
);
CREATE INDEX ticket_links_to ON ticket_links (to_ticket);

-- A ticket that went into another one; how the other stood before, for the undo.
CREATE TABLE ticket_merges (
  id {id},
  version BIGINT NOT NULL,
  from_ticket BIGINT NOT NULL REFERENCES tickets (id),
  to_ticket BIGINT NOT NULL REFERENCES tickets (id),
  reason TEXT NOT NULL,
  across_customers BOOLEAN NOT NULL,
  stood TEXT NOT NULL,
  merged_by BIGINT REFERENCES users (id),
  merged_at BIGINT NOT NULL,
  undone_at BIGINT
);
CREATE INDEX ticket_merges_from ON ticket_merges (from_ticket);
CREATE INDEX ticket_merges_to ON ticket_merges (to_ticket);

-- What a merge moved, row by row, so that an undo moves back exactly that. `moved` is the row's id
-- (0 where there is none), `was` what the row said before, or what was added.
CREATE TABLE ticket_merge_moves (
  merge BIGINT NOT NULL REFERENCES ticket_merges (id),
  kind TEXT NOT NULL,
  moved BIGINT NOT NULL,
  was TEXT NOT NULL,
  PRIMARY KEY (merge, kind, moved, was)
);

-- A ticket made of messages of another one.
CREATE TABLE ticket_splits (
  id {id},
  version BIGINT NOT NULL,
  from_ticket BIGINT NOT NULL REFERENCES tickets (id),
  to_ticket BIGINT NOT NULL REFERENCES tickets (id),
  link BIGINT,
  messages BIGINT NOT NULL,
  split_by BIGINT REFERENCES users (id),
  split_at BIGINT NOT NULL,
  undone_at BIGINT
);
CREATE INDEX ticket_splits_from ON ticket_splits (from_ticket);
CREATE INDEX ticket_splits_to ON ticket_splits (to_ticket);

CREATE TABLE checklist_items (
  id {id},
  version BIGINT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  assignee BIGINT REFERENCES users (id),
  due_at BIGINT,
  done BOOLEAN NOT NULL,
  done_by BIGINT REFERENCES users (id),
  done_at BIGINT,
  created_by BIGINT REFERENCES users (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX checklist_items_of_ticket ON checklist_items (ticket, position);

-- What somebody is writing and has not sent; one a person and ticket.
CREATE TABLE drafts (
  id {id},
  version BIGINT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES tickets (id),
  author BIGINT NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  files TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (author, ticket)
);
CREATE INDEX drafts_of_ticket ON drafts (ticket);

-- Questions to the list of tickets that are kept: somebody's, a team's, or everybody's when neither
-- is named; those with a key came with the desk.
CREATE TABLE saved_views (
  id {id},
  version BIGINT NOT NULL,
  key TEXT UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  owner BIGINT REFERENCES users (id),
  team BIGINT REFERENCES teams (id),
  filter TEXT NOT NULL,
  columns TEXT NOT NULL,
  sort TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX saved_views_of_owner ON saved_views (owner) WHERE owner IS NOT NULL;
CREATE INDEX saved_views_of_team ON saved_views (team) WHERE team IS NOT NULL;

-- In which order somebody likes the views he sees.
CREATE TABLE view_places (
  member BIGINT NOT NULL REFERENCES users (id),
  saved_view BIGINT NOT NULL REFERENCES saved_views (id),
  position BIGINT NOT NULL,
  PRIMARY KEY (member, saved_view)
);
CREATE INDEX view_places_of_view ON view_places (saved_view);

-- Texts that are written often; one with an owner is that person's, one with a team the team's.
CREATE TABLE canned_replies (
  id {id},
  version BIGINT NOT NULL,
  key TEXT UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  body_zh TEXT NOT NULL,
  body_en TEXT NOT NULL,
  kind TEXT NOT NULL,
  service_type BIGINT REFERENCES service_types (id),
  team BIGINT REFERENCES teams (id),
  owner BIGINT REFERENCES users (id),
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX canned_replies_of_owner ON canned_replies (owner) WHERE owner IS NOT NULL;
CREATE INDEX canned_replies_of_team ON canned_replies (team) WHERE team IS NOT NULL;

-- One action on many tickets, and what became of each; undone within minutes.
CREATE TABLE bulk_runs (
  id {id},
  version BIGINT NOT NULL,
  started_by BIGINT NOT NULL REFERENCES users (id),
  rights TEXT NOT NULL,
  action TEXT NOT NULL,
  fields TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  undo_until BIGINT,
  undone_at BIGINT
);
CREATE INDEX bulk_runs_of_person ON bulk_runs (started_by, started_at);

-- `ticket` may be a number that no ticket has: that is refused, not an error of the whole.
CREATE TABLE bulk_items (
  id {id},
  version BIGINT NOT NULL,
  bulk_run BIGINT NOT NULL REFERENCES bulk_runs (id),
  ticket BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  version_after BIGINT NOT NULL,
  stood TEXT NOT NULL,
  UNIQUE (bulk_run, ticket)
);
