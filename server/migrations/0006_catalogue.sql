-- What kinds of work the desk does and by which rules.
CREATE TABLE workflows (
  id {id},
  version BIGINT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  start TEXT NOT NULL,
  states TEXT NOT NULL,
  transitions TEXT NOT NULL
);

CREATE TABLE service_types (
  id {id},
  version BIGINT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  about_zh TEXT,
  about_en TEXT,
  workflow BIGINT NOT NULL REFERENCES workflows (id),
  icon TEXT,
  sort BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  in_portal BOOLEAN NOT NULL,
  default_priority TEXT NOT NULL,
  changes_customer_system BOOLEAN NOT NULL,
  test_required BOOLEAN NOT NULL,
  signature_required BOOLEAN NOT NULL,
  form TEXT,
  auto_close_days BIGINT NOT NULL,
  auto_close_reminders BIGINT NOT NULL,
  reopen_days BIGINT NOT NULL,
  intake TEXT NOT NULL
);
CREATE INDEX service_types_of_workflow ON service_types (workflow);

CREATE TABLE categories (
  id {id},
  version BIGINT NOT NULL,
  parent BIGINT REFERENCES categories (id),
  key TEXT NOT NULL UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  sort BIGINT NOT NULL,
  active BOOLEAN NOT NULL
);
CREATE INDEX categories_of_parent ON categories (parent);

CREATE TABLE priority_rules (
  id {id},
  version BIGINT NOT NULL,
  severity TEXT NOT NULL,
  impact TEXT NOT NULL,
  priority TEXT NOT NULL,
  UNIQUE (severity, impact)
);

CREATE TABLE custom_fields (
  id {id},
  version BIGINT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  label_zh TEXT NOT NULL,
  label_en TEXT NOT NULL,
  hint_zh TEXT,
  hint_en TEXT,
  kind TEXT NOT NULL,
  options TEXT NOT NULL,
  required BOOLEAN NOT NULL,
  staff_only BOOLEAN NOT NULL,
  service_types TEXT NOT NULL,
  products TEXT NOT NULL,
  show_if TEXT,
  min DOUBLE PRECISION,
  max DOUBLE PRECISION,
  sort BIGINT NOT NULL,
  active BOOLEAN NOT NULL
);
