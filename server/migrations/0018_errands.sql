-- Errands wait for others, so threads of their own run them.
ALTER TABLE jobs ADD COLUMN errand BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (stuck, errand, due_at);
