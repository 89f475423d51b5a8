package org.switchwright.replay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.CallId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteState;
import org.switchwright.journal.format.EventFormat;

/**
 * What an aggregate's state was at any moment, folded from its first event on. Reads the journal
 * only and acts on nothing.
 */
public final class JournalFold {
  /** Up to where history counts. */
  public sealed interface Until {
    /** All of it. */
    record Now() implements Until {}

    /** Up to this event of the aggregate, and with it. */
    record Sequence(long number) implements Until {}

    /** Every event up to the first that happened later than this. */
    record At(Instant instant) implements Until {}
  }

  /**
   * @param sequenceNr of the last event that counts; 0 for none
   * @param at when that was; empty for none
   * @param hash {@link StateHash} of the state
   */
  public record Folded<S>(S state, long sequenceNr, Optional<Instant> at, String hash) {}

  private final DataSource source;
  private final EventFormat format;

  /**
   * @param format with keys, or sealed: the hash is the same
   */
  public JournalFold(DataSource source, EventFormat format) {
    this.source = source;
    this.format = format;
  }

  public Folded<CallState> call(CallId call, Until until) throws SQLException {
    return fold("call", call.value(), Call.AGGREGATE, until);
  }

  public Folded<SiteState> site(SiteId site, Until until) throws SQLException {
    return fold("site", site.value(), Site.AGGREGATE, until);
  }

  public Folded<AgentState> agent(AgentId agent, Until until) throws SQLException {
    return fold("agent", agent.value(), Agent.AGGREGATE, until);
  }

  @SuppressWarnings("unchecked")
  private <E, S> Folded<S> fold(String kind, String id, Aggregate<?, E, S> aggregate, Until until)
      throws SQLException {
    S state = aggregate.initial(id);
    long last = 0;
    @Nullable Instant at = null;
    try (Connection connection = source.getConnection()) {
      EntityHistory history = new EntityHistory(connection, format, kind + "|" + id);
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        for (EntityHistory.Numbered each : some) {
          Instant happened = Told.at(each.event());
          if (isPast(until, each.sequenceNr(), happened)) {
            return folded(state, last, at);
          }
          state = aggregate.evolve(state, (E) each.event());
          last = each.sequenceNr();
          at = happened;
        }
      }
    }
    return folded(state, last, at);
  }

  private static boolean isPast(Until until, long sequenceNr, Instant at) {
    return switch (until) {
      case Until.Now _ -> false;
      case Until.Sequence it -> sequenceNr > it.number();
      case Until.At it -> at.isAfter(it.instant());
    };
  }

  private static <S> Folded<S> folded(S state, long last, @Nullable Instant at) {
    return new Folded<>(state, last, Optional.ofNullable(at), StateHash.of(state));
  }
}
