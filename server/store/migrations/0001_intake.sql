-- Submissions are rows of the receipt log: log_index is both.
CREATE TABLE submission (
  log_index INTEGER PRIMARY KEY,
  submission_id TEXT NOT NULL,
  kid TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  manifest TEXT NOT NULL,
  form_id TEXT NOT NULL,
  case_number TEXT NOT NULL UNIQUE,
  received_at INTEGER NOT NULL,
  receipt TEXT NOT NULL
) STRICT;
-- The id first: UUIDv7 ids grow with time, so new entries land at the end of the index.
CREATE UNIQUE INDEX submission_by_id ON submission (submission_id, kid);

CREATE TABLE case_serial (
  roc_year INTEGER NOT NULL,
  case_kind INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (roc_year, case_kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_head (
  only INTEGER PRIMARY KEY CHECK (only = 0),
  tree_size INTEGER NOT NULL,
  checkpoint TEXT NOT NULL
) STRICT;
INSERT INTO log_head VALUES (0, 0, '');

-- Roots of complete subtrees; level 0 holds the leaf hashes.
CREATE TABLE log_node (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

-- One row for each key that brought the bytes; the file is shared.
CREATE TABLE part (
  sha256 TEXT NOT NULL,
  kid TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  claimed INTEGER REFERENCES submission (log_index) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (sha256, kid)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_unclaimed_by_expiry ON part (expires_at) WHERE claimed IS NULL;
CREATE INDEX part_unclaimed_by_key ON part (kid, size_bytes) WHERE claimed IS NULL;

CREATE TABLE upload (
  id TEXT PRIMARY KEY,
  kid TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  length_bytes INTEGER NOT NULL,
  metadata TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  complete INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_by_expiry ON upload (expires_at);
-- Those whose bytes count against a quota: unfinished ones, and those no key can claim.
CREATE INDEX upload_pending_by_key ON upload (kid, length_bytes) WHERE complete = 0 OR kid = '';
