-- One key per subject (an interaction, an agent), wrapped by the master key. An erased key keeps its
-- row as a tombstone, so that its text is known to be gone rather than lost.
CREATE TABLE subject_key (
  key_id VARCHAR(64) PRIMARY KEY,
  wrapped BYTEA,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  erased_at TIMESTAMPTZ,
  CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL))
);

-- A known text wrapped by the master key: tells a wrong master key at the start, before any harm.
CREATE TABLE master_key_check (
  only_row BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
  wrapped BYTEA NOT NULL
);
