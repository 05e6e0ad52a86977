-- The document behind a policy id, so that a service notices when its own policy is another one. Imports
-- made before documents were kept have an empty checksum, which equals no document's.
CREATE TABLE control.policy (
  id text PRIMARY KEY,
  sha256 text NOT NULL CHECK (sha256 ~ '^([0-9a-f]{64})?$'),
  document jsonb
);

INSERT INTO control.policy (id, sha256) SELECT DISTINCT policy_id, '' FROM control.import;

-- A revision holds the blocks of what changed since the import that it revises; a month of a release is an
-- import and its revisions. import_total and import_loss are what the import's own blocks add up to.
ALTER TABLE control.import
  ADD FOREIGN KEY (policy_id) REFERENCES control.policy,
  ADD revises bigint REFERENCES control.import;
