-- Sites that are watched, and who may watch this one.

-- What is known of a site's link beside what the journal says: heartbeats, and from where its events
-- are followed. Written by the node that follows; a cursor that lags costs only repetition.
CREATE TABLE network_link (
  site VARCHAR(64) PRIMARY KEY,
  cursor VARCHAR(200),
  reported BIGINT NOT NULL,
  heard_at TIMESTAMPTZ,
  skew_ms BIGINT NOT NULL,
  told BIGINT NOT NULL,
  told_before BIGINT NOT NULL,
  told_hash VARCHAR(64)
);

-- Tokens of controllers, which may follow status events and nothing else, have a name.
ALTER TABLE access_token ADD COLUMN name VARCHAR(64) UNIQUE;
