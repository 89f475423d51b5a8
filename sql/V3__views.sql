-- Read models. One projection named "views" makes them all from the journal, together with its
-- offset; each can be emptied and made again. No column holds a number, address, name or text of a
-- person.

-- Calls that are not settled yet, as their own events tell.
CREATE TABLE live_call (
  call_id VARCHAR(64) PRIMARY KEY,
  interaction_id VARCHAR(64) NOT NULL,
  site VARCHAR(64) NOT NULL,
  routing_point VARCHAR(64) NOT NULL,
  state VARCHAR(16) NOT NULL,
  since TIMESTAMPTZ NOT NULL,
  arrived_at TIMESTAMPTZ NOT NULL,
  agent VARCHAR(64),
  offers INTEGER NOT NULL
);

-- Calls as their site knows them: which queue, which place. Apart from live_call because the two
-- aggregates write at their own pace: a site may still keep a call that has ended, or not know it
-- yet.
CREATE TABLE site_call (
  call_id VARCHAR(64) PRIMARY KEY,
  site VARCHAR(64) NOT NULL,
  queue VARCHAR(64) NOT NULL,
  priority INTEGER NOT NULL,
  arrived_at TIMESTAMPTZ NOT NULL,
  stand VARCHAR(16) NOT NULL
);

CREATE INDEX site_call_place_idx
  ON site_call (site, queue, priority DESC, arrived_at, call_id) WHERE stand = 'WAITING';

-- One row a call, for as long as the journal is kept.
CREATE TABLE call_history (
  call_id VARCHAR(64) PRIMARY KEY,
  interaction_id VARCHAR(64) NOT NULL,
  site VARCHAR(64) NOT NULL,
  routing_point VARCHAR(64) NOT NULL,
  queue VARCHAR(64),
  arrived_at TIMESTAMPTZ NOT NULL,
  queued_at TIMESTAMPTZ,
  offers INTEGER NOT NULL,
  agent VARCHAR(64),
  answered_at TIMESTAMPTZ,
  connected_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  outcome VARCHAR(16),
  cause VARCHAR(32),
  ended_by VARCHAR(16),
  waited_ms BIGINT,
  talked_ms BIGINT
);

CREATE INDEX call_history_arrived_idx ON call_history (arrived_at DESC, call_id DESC);
CREATE INDEX call_history_queue_idx ON call_history (queue, arrived_at DESC, call_id DESC);
CREATE INDEX call_history_agent_idx ON call_history (agent, arrived_at DESC, call_id DESC);
CREATE INDEX call_history_interaction_idx ON call_history (interaction_id);

-- An agent: wish and station as its own events tell, work as the site's do.
CREATE TABLE agent_now (
  agent_id VARCHAR(64) PRIMARY KEY,
  site VARCHAR(64),
  skills JSONB NOT NULL,
  wish VARCHAR(16) NOT NULL,
  reason TEXT,
  wished_at TIMESTAMPTZ NOT NULL,
  station BOOLEAN NOT NULL,
  work VARCHAR(16) NOT NULL,
  work_since TIMESTAMPTZ NOT NULL,
  work_until TIMESTAMPTZ,
  call_id VARCHAR(64),
  offer INTEGER,
  since TIMESTAMPTZ NOT NULL,
  stints INTEGER NOT NULL,
  version BIGINT NOT NULL,
  acknowledged BIGINT NOT NULL,
  site_version BIGINT NOT NULL,
  judged_version BIGINT NOT NULL
);

CREATE INDEX agent_now_offer_idx ON agent_now (call_id, offer) WHERE call_id IS NOT NULL;
CREATE INDEX agent_now_owing_idx ON agent_now (agent_id) WHERE version > acknowledged;

-- How an agent stood from when to when; to_at is null for how it stands now.
CREATE TABLE agent_stint (
  agent_id VARCHAR(64) NOT NULL,
  stint INTEGER NOT NULL,
  from_at TIMESTAMPTZ NOT NULL,
  to_at TIMESTAMPTZ,
  wish VARCHAR(16) NOT NULL,
  reason TEXT,
  station BOOLEAN NOT NULL,
  work VARCHAR(16) NOT NULL,
  call_id VARCHAR(64),
  PRIMARY KEY (agent_id, stint)
);

-- The queues of the sites' present configurations.
CREATE TABLE site_queue (
  site VARCHAR(64) NOT NULL,
  queue VARCHAR(64) NOT NULL,
  place INTEGER NOT NULL,
  required JSONB NOT NULL,
  max_waiting INTEGER NOT NULL,
  max_wait_ms BIGINT NOT NULL,
  PRIMARY KEY (site, queue)
);

-- Counts by quarter of an hour (UTC), so that a day may begin in any zone:
-- offered = answered + abandoned + overflowed + refused + failed + those that are there.
CREATE TABLE queue_quarter (
  site VARCHAR(64) NOT NULL,
  queue VARCHAR(64) NOT NULL,
  starts_at TIMESTAMPTZ NOT NULL,
  offered BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  abandoned BIGINT NOT NULL,
  overflowed BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  answered_waited_ms BIGINT NOT NULL,
  PRIMARY KEY (site, queue, starts_at)
);

CREATE INDEX queue_quarter_starts_idx ON queue_quarter (starts_at);

-- Aggregates that wait for something, and until when at most: what a waker wakes.
CREATE TABLE open_deadline (
  persistence_id VARCHAR(255) PRIMARY KEY,
  due TIMESTAMPTZ NOT NULL
);

CREATE INDEX open_deadline_due_idx ON open_deadline (due, persistence_id);

-- Which events of sites name a call. A call's own events are found by its persistence id.
CREATE TABLE call_mention (
  call_id VARCHAR(64) NOT NULL,
  ordering BIGINT NOT NULL,
  PRIMARY KEY (call_id, ordering)
);

-- The SIP messages of a call without addresses and texts; written by the edges, not from events.
CREATE TABLE sip_message (
  call_id VARCHAR(64) NOT NULL,
  id BIGSERIAL,
  leg INTEGER NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  inbound BOOLEAN NOT NULL,
  method VARCHAR(16) NOT NULL,
  status INTEGER NOT NULL,
  cseq BIGINT NOT NULL,
  has_sdp BOOLEAN NOT NULL,
  PRIMARY KEY (call_id, id)
);
