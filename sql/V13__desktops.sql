-- Tokens of agents' desktops, which may see what rings at that agent's station and nothing else.
ALTER TABLE access_token ADD COLUMN agent VARCHAR(64) UNIQUE;
