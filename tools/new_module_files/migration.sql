CREATE TABLE @name@ (
  id {id},
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX @name@_newest ON @name@ (created_at, id);
