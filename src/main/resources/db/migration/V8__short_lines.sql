-- Lines with fewer fields than the header: what an import must know of its file when the month is protected again
-- from the archive. 0 where an import of an earlier version did not store it.
ALTER TABLE control.import ADD short_lines bigint NOT NULL DEFAULT 0;
