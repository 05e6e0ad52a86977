-- The SHA-256 of a file confirms a guess about its content: only that of a public file is in the column that is
-- published. Imports made before keep theirs, which was published already.
ALTER TABLE control.import ALTER sha256 DROP NOT NULL;

-- The digests of all other files, by which the importer recognises them; nobody else may read them. The key is
-- outside the database.
CREATE TABLE control.import_keyed_digest (
  import_id bigint PRIMARY KEY REFERENCES control.import,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$')
);
