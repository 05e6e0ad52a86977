-- The coarser levels of codes that occur in blocks: a code of a dimension lies in a parent at each level.
CREATE TABLE figures.code_level (
  dimension text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL,
  parent text COLLATE "C" NOT NULL,
  PRIMARY KEY (level, code)
);

INSERT INTO figures.code_level (dimension, code, level, parent)
SELECT 'service', service, 'service_group', service_group FROM figures.service_level
UNION ALL
SELECT 'service', service, 'service_kind', service_kind FROM figures.service_level
UNION ALL
SELECT 'exemption', exemption, 'exemption_group', exemption_group FROM figures.exemption_level;

DROP TABLE figures.service_level, figures.exemption_level;

-- Processes of the version before go on serving while the first new one migrates: they read these views,
-- which a later migration drops. On a new database there is no such process, and no role yet.
CREATE VIEW figures.service_level AS
SELECT g.code AS service, g.parent AS service_group, k.parent AS service_kind
FROM figures.code_level g JOIN figures.code_level k ON k.level = 'service_kind' AND k.code = g.code
WHERE g.level = 'service_group';

CREATE VIEW figures.exemption_level AS
SELECT code AS exemption, parent AS exemption_group FROM figures.code_level WHERE level = 'exemption_group';

DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'opendamir_reader') THEN
    GRANT SELECT ON figures.service_level, figures.exemption_level TO opendamir_reader;
    GRANT SELECT ON figures.code_level TO opendamir_reader;
  END IF;
END $$;
