-- How many agents sites planned to have at work: what estimates of a site go by while its link is cut. Kept
-- by the projection "views" from the journal.

-- A day as it was planned from loaded_at on; the latest counts, and the earlier ones for whoever estimates a
-- cut of back then once more. From each of the minutes after the day's midnight on so many agents as stand at
-- its place: those whose shifts begin on that day.
CREATE TABLE planned_day (
  site VARCHAR(64) NOT NULL,
  day DATE NOT NULL,
  loaded_at TIMESTAMPTZ NOT NULL,
  minutes INTEGER[] NOT NULL,
  agents INTEGER[] NOT NULL,
  PRIMARY KEY (site, day, loaded_at)
);
