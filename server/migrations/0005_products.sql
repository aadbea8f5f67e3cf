-- Products, their versions, and what is installed where.
CREATE TABLE products (
  id {id},
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  code TEXT NOT NULL,
  folded_code TEXT NOT NULL UNIQUE,
  folded_names TEXT NOT NULL,
  about TEXT,
  notes TEXT,
  active BOOLEAN NOT NULL
);

CREATE TABLE product_versions (
  id {id},
  version BIGINT NOT NULL,
  product BIGINT NOT NULL REFERENCES products (id),
  name TEXT NOT NULL,
  released_on BIGINT,
  support_ends_on BIGINT,
  notes TEXT,
  UNIQUE (product, name)
);

CREATE TABLE assets (
  id {id},
  version BIGINT NOT NULL,
  customer BIGINT NOT NULL REFERENCES customers (id),
  site BIGINT REFERENCES sites (id),
  product BIGINT NOT NULL REFERENCES products (id),
  product_version BIGINT REFERENCES product_versions (id),
  name TEXT NOT NULL,
  serial TEXT,
  licence TEXT,
  serial_key TEXT,
  licence_key TEXT,
  installed_on BIGINT,
  accepted_on BIGINT,
  state TEXT NOT NULL,
  notes TEXT,
  UNIQUE (product, serial_key)
);
CREATE INDEX assets_of_customer ON assets (customer, id);
CREATE INDEX assets_of_site ON assets (site);
CREATE INDEX assets_of_version ON assets (product_version);
CREATE INDEX assets_by_serial ON assets (serial_key);
CREATE INDEX assets_by_licence ON assets (licence_key);
