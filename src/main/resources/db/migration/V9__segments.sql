-- Segments: the figures of one import as one immutable Parquet file, which each service fetches, checks and scans.
-- Rows of published imports only: they come and go in the transaction that publishes or withdraws their import.

CREATE TABLE figures.segment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id bigint NOT NULL REFERENCES control.import,
  -- 'blocks' for the segment of blocks.
  levels text COLLATE "C" NOT NULL,
  -- Version of the columns and their order.
  format int NOT NULL CHECK (format > 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL CHECK (bytes > 0),
  rows bigint NOT NULL CHECK (rows >= 0),
  UNIQUE (import_id, levels)
);

CREATE TABLE figures.segment_part (
  segment_id bigint NOT NULL REFERENCES figures.segment ON DELETE CASCADE,
  position int NOT NULL CHECK (position >= 0),
  content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 1048576),
  PRIMARY KEY (segment_id, position)
);

-- What is loaded and not published, which no reader may see.
CREATE TABLE control.loaded_segment (
  import_id bigint NOT NULL REFERENCES control.import,
  levels text COLLATE "C" NOT NULL,
  format int NOT NULL,
  sha256 text NOT NULL,
  bytes bigint NOT NULL,
  rows bigint NOT NULL,
  PRIMARY KEY (import_id, levels)
);

CREATE TABLE control.loaded_segment_part (
  import_id bigint NOT NULL,
  levels text COLLATE "C" NOT NULL,
  position int NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (import_id, levels, position),
  FOREIGN KEY (import_id, levels) REFERENCES control.loaded_segment ON DELETE CASCADE
);

-- The content is compressed already.
ALTER TABLE figures.segment_part ALTER content SET STORAGE EXTERNAL;
ALTER TABLE control.loaded_segment_part ALTER content SET STORAGE EXTERNAL;
