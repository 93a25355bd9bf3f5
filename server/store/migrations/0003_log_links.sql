-- Under which names the receipt log went on after restores, in the order in which it did. `former`
-- is the name that ended; the statement is the signed landfall-link.
CREATE TABLE log_link (
  number INTEGER PRIMARY KEY,
  former TEXT NOT NULL UNIQUE,
  statement TEXT NOT NULL
) STRICT;
