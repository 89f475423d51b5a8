-- Every version of every routing strategy, and which is in force.
CREATE TABLE strategy_version (
  site text NOT NULL,
  strategy text NOT NULL,
  version integer NOT NULL,
  active boolean NOT NULL,
  source text NOT NULL,
  file_names text[] NOT NULL,
  file_texts text[] NOT NULL,
  points text[] NOT NULL,
  published_at timestamptz NOT NULL,
  published_by text NOT NULL,
  why text NOT NULL,
  PRIMARY KEY (site, strategy, version)
);
