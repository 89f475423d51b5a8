-- Calls of sites' past that were loaded from logs of other products: what estimates of a site are made
-- from for as long as it has not reported much itself. Kept by the projection "views" from the journal.

-- Of calls that are equal, and have the same number among such, there is one however often they were
-- loaded. answered_ms is 0 and agent empty where nobody answered.
CREATE TABLE history_call (
  site VARCHAR(64) NOT NULL,
  entered_ms BIGINT NOT NULL,
  answered_ms BIGINT NOT NULL,
  ended_ms BIGINT NOT NULL,
  agent VARCHAR(100) NOT NULL,
  queue VARCHAR(100) NOT NULL,
  head_start_ms INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  PRIMARY KEY (site, entered_ms, answered_ms, ended_ms, agent, queue, head_start_ms, copy)
);

-- Whose wall clocks a site lives by.
CREATE TABLE history_zone (
  site VARCHAR(64) PRIMARY KEY,
  zone VARCHAR(64) NOT NULL
);

-- By how a call is found again that came within a day.
CREATE INDEX queue_visit_arrival_idx ON queue_visit (site, arrived_at);
CREATE INDEX call_offering_offer_idx ON call_offering (site, offered_at);
