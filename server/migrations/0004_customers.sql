-- Organisations, their sites and people, and how they want to be treated.
CREATE TABLE customers (
  id {id},
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT,
  folded_name TEXT NOT NULL,
  tier TEXT NOT NULL,
  region BIGINT REFERENCES regions (id),
  industry TEXT,
  address TEXT,
  phone TEXT,
  email_domain TEXT,
  website TEXT,
  notes TEXT,
  active BOOLEAN NOT NULL,
  merged_into BIGINT REFERENCES customers (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX customers_by_name ON customers (folded_name, id);
CREATE INDEX customers_by_age ON customers (created_at, id);
CREATE INDEX customers_of_region ON customers (region);
CREATE INDEX customers_merged ON customers (merged_into);

CREATE TABLE sites (
  id {id},
  version BIGINT NOT NULL,
  customer BIGINT NOT NULL REFERENCES customers (id),
  name TEXT NOT NULL,
  address TEXT,
  phone TEXT,
  directions TEXT,
  active BOOLEAN NOT NULL
);
CREATE INDEX sites_of_customer ON sites (customer);

CREATE TABLE contacts (
  id {id},
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  title TEXT,
  form_of_address TEXT,
  email TEXT,
  phone TEXT,
  mobile TEXT,
  wechat_openid TEXT,
  locale TEXT,
  active BOOLEAN NOT NULL,
  merged_into BIGINT REFERENCES contacts (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX contacts_by_name ON contacts (folded_name, id);
CREATE INDEX contacts_by_age ON contacts (created_at, id);
CREATE INDEX contacts_merged ON contacts (merged_into);

CREATE TABLE contact_customers (
  contact BIGINT NOT NULL REFERENCES contacts (id),
  customer BIGINT NOT NULL REFERENCES customers (id),
  lead BOOLEAN NOT NULL,
  main BOOLEAN NOT NULL,
  PRIMARY KEY (contact, customer)
);
CREATE INDEX contact_customers_of_customer ON contact_customers (customer, contact);

-- What people and organisations are found by, each in its normal form: digits of phone numbers,
-- folded mail addresses and names. Those of merged ones stay: an old address still finds its owner.
CREATE TABLE finding_keys (
  owner TEXT NOT NULL,
  id_of_owner BIGINT NOT NULL,
  sort TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (owner, id_of_owner, sort, key)
);
CREATE INDEX finding_keys_by_key ON finding_keys (owner, sort, key);

CREATE TABLE preference_sheets (
  id {id},
  version BIGINT NOT NULL,
  customer BIGINT UNIQUE REFERENCES customers (id),
  contact BIGINT UNIQUE REFERENCES contacts (id),
  says TEXT NOT NULL
);

CREATE TABLE important_dates (
  id {id},
  version BIGINT NOT NULL,
  customer BIGINT NOT NULL REFERENCES customers (id),
  contact BIGINT REFERENCES contacts (id),
  name TEXT NOT NULL,
  day BIGINT NOT NULL,
  every_year BOOLEAN NOT NULL,
  notes TEXT
);
CREATE INDEX important_dates_of_customer ON important_dates (customer, day);
CREATE INDEX important_dates_of_contact ON important_dates (contact);

CREATE TABLE customer_notes (
  id {id},
  version BIGINT NOT NULL,
  customer BIGINT NOT NULL REFERENCES customers (id),
  author BIGINT NOT NULL REFERENCES users (id),
  written_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX customer_notes_of_customer ON customer_notes (customer, written_at);

CREATE TABLE customer_merges (
  id {id},
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  kept BIGINT NOT NULL,
  other BIGINT NOT NULL,
  merged_by TEXT NOT NULL,
  merged_at BIGINT NOT NULL,
  undone_at BIGINT
);
CREATE INDEX customer_merges_of_kept ON customer_merges (kind, kept);

CREATE TABLE merge_moves (
  merge BIGINT NOT NULL REFERENCES customer_merges (id),
  kind TEXT NOT NULL,
  moved BIGINT NOT NULL,
  was TEXT NOT NULL,
  PRIMARY KEY (merge, kind, moved)
);
