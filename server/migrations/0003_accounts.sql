-- Who may come in: people of the vendor and of customers, what they may do and how they show it.
CREATE TABLE regions (
  id {id},
  version BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE users (
  id {id},
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  login TEXT NOT NULL,
  folded_login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  contact BIGINT,
  region BIGINT REFERENCES regions (id),
  locale TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX users_of_contact ON users (contact);
CREATE INDEX users_by_name ON users (folded_name, id);
CREATE INDEX users_of_region ON users (region);

CREATE TABLE user_regions (
  member BIGINT NOT NULL REFERENCES users (id),
  region BIGINT NOT NULL REFERENCES regions (id),
  PRIMARY KEY (member, region)
);
CREATE INDEX user_regions_back ON user_regions (region);

CREATE TABLE teams (
  id {id},
  version BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  region BIGINT REFERENCES regions (id),
  active BOOLEAN NOT NULL
);
CREATE INDEX teams_of_region ON teams (region);

CREATE TABLE team_members (
  team BIGINT NOT NULL REFERENCES teams (id),
  member BIGINT NOT NULL REFERENCES users (id),
  lead BOOLEAN NOT NULL,
  PRIMARY KEY (team, member)
);
CREATE INDEX team_members_back ON team_members (member);

CREATE TABLE roles (
  id {id},
  version BIGINT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  portal BOOLEAN NOT NULL,
  scope TEXT NOT NULL,
  rights TEXT NOT NULL,
  builtin BOOLEAN NOT NULL
);

CREATE TABLE user_roles (
  member BIGINT NOT NULL REFERENCES users (id),
  role BIGINT NOT NULL REFERENCES roles (id),
  PRIMARY KEY (member, role)
);
CREATE INDEX user_roles_back ON user_roles (role);

-- Secrets stand apart from users, so that no query about people can show one.
CREATE TABLE user_secrets (
  member BIGINT PRIMARY KEY REFERENCES users (id),
  password_hash TEXT NOT NULL,
  password_changed_at BIGINT NOT NULL,
  totp TEXT NOT NULL,
  totp_pending TEXT NOT NULL,
  totp_step BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
  id {id},
  member BIGINT NOT NULL REFERENCES users (id),
  hash TEXT NOT NULL
);
CREATE INDEX recovery_codes_of_member ON recovery_codes (member);

CREATE TABLE sessions (
  id {id},
  member BIGINT NOT NULL REFERENCES users (id),
  hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL
);
CREATE INDEX sessions_of_member ON sessions (member);
CREATE INDEX sessions_old ON sessions (expires_at);

CREATE TABLE api_tokens (
  id {id},
  member BIGINT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  seen_at BIGINT
);
CREATE INDEX api_tokens_of_member ON api_tokens (member);

CREATE TABLE one_time_links (
  id {id},
  purpose TEXT NOT NULL,
  member BIGINT REFERENCES users (id),
  hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX one_time_links_of_member ON one_time_links (member);

-- One line a place somebody tries passwords, codes or links at; the keys are hashes.
CREATE TABLE sign_in_attempts (
  key TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
);
CREATE INDEX sign_in_attempts_old ON sign_in_attempts (last_at);

-- One row. Its epoch rises with everything that could change who may do what; every request reads
-- it, so that what was taken away is gone at once on every node. The limits of sessions are here
-- because the same read needs them (12 hours and 30 minutes, in microseconds).
CREATE TABLE access_epoch (
  id BIGINT PRIMARY KEY,
  epoch BIGINT NOT NULL,
  absolute BIGINT NOT NULL,
  idle BIGINT NOT NULL
);
INSERT INTO access_epoch (id, epoch, absolute, idle) VALUES (1, 1, 43200000000, 1800000000);
