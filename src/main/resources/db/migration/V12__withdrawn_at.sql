-- When a release was withdrawn, for those who follow releases. Null while it is served, and for releases that earlier
-- versions withdrew.
ALTER TABLE control.release ADD COLUMN withdrawn_at timestamptz CHECK (withdrawn_at IS NULL OR status = 'withdrawn');
