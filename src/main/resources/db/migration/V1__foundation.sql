-- Control: what was imported and what is published. Figures: what readers may sum.
CREATE SCHEMA control;
CREATE SCHEMA figures;

CREATE TABLE control.import (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  month text NOT NULL CHECK (month ~ '^\d{4}-\d{2}$'),
  file_name text NOT NULL,
  file_bytes bigint NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  policy_id text NOT NULL,
  synthetic boolean NOT NULL,
  accepted_loss boolean NOT NULL,
  status text NOT NULL CHECK (status IN ('loading', 'loaded', 'published', 'withdrawn', 'failed')),
  lines bigint NOT NULL,
  atoms bigint NOT NULL,
  blocks bigint NOT NULL,
  smallest_block bigint NOT NULL CHECK (smallest_block >= 0),
  started_at timestamptz NOT NULL DEFAULT now()
);

-- Totals of the source lines: cents, or acts for the quantity.
CREATE TABLE control.import_total (
  import_id bigint NOT NULL REFERENCES control.import,
  measure text NOT NULL,
  total bigint NOT NULL,
  PRIMARY KEY (import_id, measure)
);

-- Acts or cents whose code is not disclosed at a level.
CREATE TABLE control.import_loss (
  import_id bigint NOT NULL REFERENCES control.import,
  level text NOT NULL,
  quantity bigint NOT NULL,
  charged bigint NOT NULL,
  reimbursed bigint NOT NULL,
  PRIMARY KEY (import_id, level)
);

-- For the operator only: counts of undocumented codes can be counts of few lines.
CREATE TABLE control.import_report (
  import_id bigint PRIMARY KEY REFERENCES control.import,
  report jsonb NOT NULL
);

CREATE TABLE control.release (
  id text PRIMARY KEY CHECK (id ~ '^\d{4}-\d{2}-\d{2}\.\d+$'),
  sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  published_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('served', 'withdrawn'))
);

CREATE TABLE control.release_import (
  release_id text NOT NULL REFERENCES control.release,
  import_id bigint NOT NULL REFERENCES control.import,
  PRIMARY KEY (release_id, import_id)
);

-- One partition an import, attached when it is published and dropped when it is withdrawn. Codes are
-- text as the files write them, plus the reserved ND, NR and G:<group>; measures are cents or acts.
CREATE TABLE figures.block (
  import_id bigint NOT NULL,
  month text COLLATE "C" NOT NULL,
  care_lag text COLLATE "C" NOT NULL,
  region text COLLATE "C" NOT NULL,
  age_band text COLLATE "C" NOT NULL,
  sex text COLLATE "C" NOT NULL,
  service text COLLATE "C" NOT NULL,
  provider_specialty text COLLATE "C" NOT NULL,
  provider_activity text COLLATE "C" NOT NULL,
  exemption text COLLATE "C" NOT NULL,
  insurance text COLLATE "C" NOT NULL,
  facility_type text COLLATE "C" NOT NULL,
  supplement text COLLATE "C" NOT NULL,
  complementary_cover text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  charged bigint NOT NULL,
  reimbursed bigint NOT NULL,
  excess_fees bigint NOT NULL,
  reimbursement_base bigint NOT NULL,
  reimbursed_all bigint NOT NULL,
  contributors bigint NOT NULL
) PARTITION BY LIST (import_id);

-- The coarser levels of codes that occur in blocks.
CREATE TABLE figures.service_level (
  service text COLLATE "C" PRIMARY KEY,
  service_group text COLLATE "C" NOT NULL,
  service_kind text COLLATE "C" NOT NULL
);

CREATE TABLE figures.exemption_level (
  exemption text COLLATE "C" PRIMARY KEY,
  exemption_group text COLLATE "C" NOT NULL
);

-- Which imports have their blocks attached: lets a question notice, in its own snapshot, that an import
-- it was planned on has been withdrawn meanwhile.
CREATE TABLE figures.published_import (
  import_id bigint PRIMARY KEY
);
