-- Backups of applicants' vaults: the ciphertext is the file, the row says which file counts. A row
-- without file holds nothing; it keeps the id with its key, and the last counter.
CREATE TABLE vault (
  id TEXT PRIMARY KEY,
  kid TEXT NOT NULL,
  counter INTEGER NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  statement TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX vault_by_file ON vault (file) WHERE file <> '';
CREATE INDEX vault_by_expiry ON vault (expires_at) WHERE file <> '';
