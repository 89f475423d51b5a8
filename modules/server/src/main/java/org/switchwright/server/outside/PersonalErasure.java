package org.switchwright.server.outside;

import javax.sql.DataSource;
import org.switchwright.domain.InteractionId;
import org.switchwright.http.query.Erasure;
import org.switchwright.journal.keys.KeyRing;

/** Erases an interaction's keys, and so the person. */
final class PersonalErasure implements Erasure {
  private final org.switchwright.replay.privacy.Erasure erasure;

  PersonalErasure(DataSource source, KeyRing keys) {
    this.erasure = new org.switchwright.replay.privacy.Erasure(source, keys::erase);
  }

  @Override
  public Outcome erase(InteractionId interaction) {
    return switch (Asked.of(() -> erasure.erase(interaction))) {
      case org.switchwright.replay.privacy.Erasure.Outcome.Erased erased ->
          erased.keys() > 0 ? Outcome.ERASED : Outcome.ALREADY_ERASED;
      case org.switchwright.replay.privacy.Erasure.Outcome.StillLive _ -> Outcome.LIVE;
      case org.switchwright.replay.privacy.Erasure.Outcome.Unknown _ -> Outcome.UNKNOWN;
    };
  }
}
