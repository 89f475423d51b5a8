-- Of a conversation, how long the agent talked to another agent and not to the caller.
ALTER TABLE call_offering
  ADD COLUMN consulting_since TIMESTAMPTZ,
  ADD COLUMN consulted_ms BIGINT NOT NULL DEFAULT 0;
