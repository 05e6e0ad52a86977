-- Rollups: sums of an import's blocks by a set of levels, so that questions of few levels scan few rows.

-- A set of levels, comma-separated in the order of the catalog.
CREATE TABLE control.rollup (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  levels text NOT NULL UNIQUE
);

-- Which rollups were chosen, on the measures of which month: what the command « rollups » explains.
CREATE TABLE control.rollup_choice (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chosen_at timestamptz NOT NULL DEFAULT now(),
  budget double precision NOT NULL,
  blocks bigint NOT NULL,
  mean_without double precision NOT NULL
);

CREATE TABLE control.rollup_choice_step (
  choice_id bigint NOT NULL REFERENCES control.rollup_choice,
  position int NOT NULL,
  rollup_id int NOT NULL REFERENCES control.rollup,
  estimated_rows bigint NOT NULL,
  mean_after double precision NOT NULL,
  PRIMARY KEY (choice_id, position)
);

ALTER TABLE control.import ADD rollup_choice bigint REFERENCES control.rollup_choice;

-- The rollups that an import has.
CREATE TABLE control.import_rollup (
  import_id bigint NOT NULL REFERENCES control.import,
  rollup_id int NOT NULL REFERENCES control.rollup,
  rows bigint NOT NULL,
  PRIMARY KEY (import_id, rollup_id)
);

-- Rows of published imports only: they come and go in the transaction that publishes or withdraws their
-- import. A level that a rollup does not tell is null; care_ sums are of services of kind care and
-- participation. One table and not one a rollup and import, of which there would be tens of thousands.
CREATE TABLE figures.rollup (
  rollup_id int NOT NULL,
  import_id bigint NOT NULL,
  month text COLLATE "C" NOT NULL,
  care_lag text COLLATE "C",
  region text COLLATE "C",
  age_band text COLLATE "C",
  sex text COLLATE "C",
  service text COLLATE "C",
  service_group text COLLATE "C",
  service_kind text COLLATE "C",
  provider_specialty text COLLATE "C",
  provider_activity text COLLATE "C",
  exemption text COLLATE "C",
  exemption_group text COLLATE "C",
  insurance text COLLATE "C",
  facility_type text COLLATE "C",
  supplement text COLLATE "C",
  complementary_cover text COLLATE "C",
  all_quantity bigint NOT NULL,
  all_charged bigint NOT NULL,
  all_reimbursed bigint NOT NULL,
  all_excess_fees bigint NOT NULL,
  all_reimbursement_base bigint NOT NULL,
  all_reimbursed_all bigint NOT NULL,
  care_charged bigint,
  care_reimbursed bigint,
  care_excess_fees bigint,
  care_reimbursed_all bigint
);

CREATE INDEX ON figures.rollup (rollup_id, import_id);
