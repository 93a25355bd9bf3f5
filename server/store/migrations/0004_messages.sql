-- What the desk told the applicant of a submission: signed messages, opaque here.
CREATE TABLE message (
  manifest_sha256 TEXT NOT NULL,
  counter INTEGER NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (manifest_sha256, counter)
) STRICT, WITHOUT ROWID;
