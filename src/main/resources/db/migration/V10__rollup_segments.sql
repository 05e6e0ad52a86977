-- Larger rollups are segments beside the blocks: control.loaded_segment and figures.segment name their levels. They are
-- chosen for themselves, and later imports follow that choice too.

ALTER TABLE control.rollup_choice ADD place text COLLATE "C" NOT NULL DEFAULT 'database'
  CHECK (place IN ('database', 'segments'));
