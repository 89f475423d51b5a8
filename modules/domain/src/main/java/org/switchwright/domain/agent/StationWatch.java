package org.switchwright.domain.agent;

import java.time.Instant;
import org.switchwright.domain.Personal;

/**
 * A registered phone that is to be probed.
 *
 * @param binding with {@code cseq} the registration that a report of silence is about: one that the
 *     phone has renewed since is a sign of life
 */
public record StationWatch(Personal contact, Personal binding, long cseq, Instant expiresAt) {}
