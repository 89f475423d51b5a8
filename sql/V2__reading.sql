-- What a cursor's transaction numbers mean holds only as long as the database goes on counting.
-- The epoch changes when it does not: after a restore, or on another timeline.
CREATE TABLE journal_epoch (
  only_row BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
  epoch UUID NOT NULL,
  system_identifier BIGINT NOT NULL,
  timeline_id INTEGER NOT NULL,
  since TIMESTAMPTZ NOT NULL DEFAULT now()
);

INSERT INTO journal_epoch (epoch, system_identifier, timeline_id)
SELECT gen_random_uuid(), s.system_identifier, c.timeline_id
FROM pg_control_system() s, pg_control_checkpoint() c;

-- How far each projection has come; written in the transaction of the projection's own rows.
CREATE TABLE projection_offset (
  name VARCHAR(100) PRIMARY KEY,
  epoch UUID NOT NULL,
  xid XID8 NOT NULL,
  ordering BIGINT NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
