-- Who may use the HTTP interface. Tokens are 256 random bits and are never stored, only what
-- SHA-256 makes of them: a hash that cannot be guessed back needs no salt and no stretching.
CREATE TABLE access_token (
  token_sha256 BYTEA PRIMARY KEY CHECK (length(token_sha256) = 32),
  role VARCHAR(32) NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
