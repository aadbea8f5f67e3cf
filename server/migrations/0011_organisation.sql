-- The vendor's own profile: one row, there from the beginning, so that a page always has a name to
-- show. Its time zone and language are settings of the kernel.
CREATE TABLE organisation (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  support_phone TEXT,
  support_email TEXT,
  hours_zh TEXT,
  hours_en TEXT,
  logo BIGINT REFERENCES files (id),
  guest_requests BOOLEAN NOT NULL,
  steps_done TEXT NOT NULL
);
INSERT INTO organisation (id, version, name_zh, name_en, guest_requests, steps_done)
SELECT 1, 1, COALESCE(MAX(s.value), '售后服务中心'), COALESCE(MAX(s.value), 'Service Centre'), FALSE, '[]'
FROM settings s WHERE s.name = 'organisation';
DELETE FROM settings WHERE name = 'organisation';
