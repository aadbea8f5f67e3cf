-- Puzzles that the browsers of people without an account solved: each counts once.
ALTER TABLE organisation ADD COLUMN guest_puzzle BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE guest_puzzles (
  challenge TEXT PRIMARY KEY,
  ends_at BIGINT NOT NULL
);
