-- How much waiting a point of priority is worth at the queue's site (0: the higher priority always
-- comes first), and who works for the queue (empty: everybody who has the skills).
ALTER TABLE site_queue ADD COLUMN priority_worth_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE site_queue ADD COLUMN members TEXT[] NOT NULL DEFAULT '{}';
