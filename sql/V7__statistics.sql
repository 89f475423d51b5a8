-- What statistics are computed from, noted down from sites' events alone. Kept by the projection
-- "views" like the other read models, so that they can be emptied and made again.

-- A call's stay in a queue. A range that holds its time finds what touches an interval, however
-- long ago that is.
CREATE TABLE queue_visit (
  site VARCHAR(64) NOT NULL,
  call_id VARCHAR(64) NOT NULL,
  number INTEGER NOT NULL,
  queue VARCHAR(64) NOT NULL,
  skills TEXT[] NOT NULL,
  arrived_at TIMESTAMPTZ NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  left_at TIMESTAMPTZ,
  how VARCHAR(16),
  PRIMARY KEY (call_id, number)
);

CREATE INDEX queue_visit_time_idx ON queue_visit USING gist (tstzrange(entered_at, left_at, '[]'));

-- An offer to an agent, and the conversation if it came to one. over_at is when nothing more was
-- to come.
CREATE TABLE call_offering (
  site VARCHAR(64) NOT NULL,
  call_id VARCHAR(64) NOT NULL,
  offer INTEGER NOT NULL,
  queue VARCHAR(64) NOT NULL,
  skills TEXT[] NOT NULL,
  agent VARCHAR(64) NOT NULL,
  offered_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  outcome VARCHAR(16),
  talked_until TIMESTAMPTZ,
  handled_until TIMESTAMPTZ,
  over_at TIMESTAMPTZ,
  PRIMARY KEY (call_id, offer)
);

CREATE INDEX call_offering_time_idx
  ON call_offering USING gist (tstzrange(offered_at, over_at, '[]'));
CREATE INDEX call_offering_open_idx ON call_offering (agent) WHERE over_at IS NULL;

-- How an agent stood from when to when, as the site knew it. Apart from agent_stint, which tells
-- the agent's own record too.
CREATE TABLE site_stint (
  site VARCHAR(64) NOT NULL,
  agent VARCHAR(64) NOT NULL,
  number INTEGER NOT NULL,
  from_at TIMESTAMPTZ NOT NULL,
  to_at TIMESTAMPTZ,
  wanted VARCHAR(16) NOT NULL,
  reason TEXT,
  station BOOLEAN NOT NULL,
  doing VARCHAR(16) NOT NULL,
  queue VARCHAR(64),
  version BIGINT NOT NULL,
  judged BIGINT NOT NULL,
  PRIMARY KEY (agent, number)
);

CREATE INDEX site_stint_time_idx ON site_stint USING gist (tstzrange(from_at, to_at, '[]'));
CREATE INDEX site_stint_open_idx ON site_stint (agent) WHERE to_at IS NULL;

-- What each queue required at last.
CREATE TABLE queue_skills (
  site VARCHAR(64) NOT NULL,
  queue VARCHAR(64) NOT NULL,
  skills TEXT[] NOT NULL,
  PRIMARY KEY (site, queue)
);

-- The new tables start with the journal, so all views do.
TRUNCATE live_call, site_call, site_queue, queue_quarter, call_history, agent_now, agent_stint,
  open_deadline, call_mention;
UPDATE projection_offset SET xid = '0', ordering = 0 WHERE name = 'views';
