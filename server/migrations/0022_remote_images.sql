-- Images of other hosts that somebody at the desk asked to see in a message or a letter: what each
-- address gave, fetched once. The picture itself is a file that hangs on its row.
CREATE TABLE remote_images (
  id {id},
  version BIGINT NOT NULL,
  holder TEXT NOT NULL,
  address TEXT NOT NULL,
  state TEXT NOT NULL,
  trouble TEXT,
  file BIGINT,
  asked_at BIGINT NOT NULL
);
CREATE INDEX remote_images_of_holder ON remote_images (holder);
CREATE INDEX remote_images_by_age ON remote_images (asked_at);
