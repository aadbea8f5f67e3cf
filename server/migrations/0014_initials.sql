-- The first letters of how a name is read, for those who type pinyin.
ALTER TABLE users ADD COLUMN initials TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN initials TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN initials TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN initials TEXT NOT NULL DEFAULT '';
