-- The reference tables that the rates of a release are calculated from, such as population@2025.1. The tables ship
-- with the service; a release pins their versions. Releases of earlier versions pin none and have no rates.
ALTER TABLE control.release ADD COLUMN reference_versions text NOT NULL DEFAULT '';
