-- Auditors ask by time; the log itself is ordered by place.
CREATE INDEX events_by_time ON events (at);
