-- Keys of callers, and what was used. A key is stored as its SHA-256: see the class KeyText.
CREATE TABLE control.api_key (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
  prefix text NOT NULL,
  owner text NOT NULL,
  plan text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  replaced_by bigint REFERENCES control.api_key
);

-- Replicas remember keys. A trigger and not the application tells them of changes, so that one made
-- by hand is heard of as well. The hash stays here: everyone who may connect may listen.
CREATE FUNCTION control.notify_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('opendamir_key', coalesce(NEW.id, OLD.id)::text);
  RETURN NULL;
END $$;

CREATE TRIGGER api_key_change AFTER UPDATE OR DELETE ON control.api_key
  FOR EACH ROW EXECUTE FUNCTION control.notify_key_change();

-- Days are in UTC; no key: all callers without one, together. No reference to the key: a count is kept
-- whatever became of the key.
CREATE TABLE control.usage_day (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day date NOT NULL,
  key_id bigint,
  plan text NOT NULL,
  door text NOT NULL,
  requests bigint NOT NULL,
  units bigint NOT NULL,
  refused bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (day, key_id, plan, door)
);
