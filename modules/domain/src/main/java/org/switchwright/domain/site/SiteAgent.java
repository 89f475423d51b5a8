package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.OfferOutcome;

/**
 * An agent as the site knows it: the wishes and means as last reported, and the work, which is the
 * site's own knowledge. A wish that crosses work takes effect after it.
 *
 * @param version of the last report
 * @param station the phone's Contact; empty while none is registered
 * @param idleSince since when the agent could have been given work; its place in the line of agents
 * @param workload what the agent has done since the last log-in
 */
public record SiteAgent(
    AgentId id,
    long version,
    Wish wish,
    SortedMap<Skill, Integer> skills,
    Optional<Personal> station,
    Work work,
    Instant idleSince,
    Workload workload) {
  /** Longest idle first. */
  static final Comparator<SiteAgent> LONGEST_IDLE =
      (one, other) -> {
        int longer = one.idleSince.compareTo(other.idleSince);
        return longer != 0 ? longer : one.id.compareTo(other.id);
      };

  /** Of another site, for one call of ours. */
  static SiteAgent lent(AgentId id, Personal station, Instant at) {
    return new SiteAgent(
        id,
        0,
        new Wish.Ready(),
        Collections.emptySortedMap(),
        Optional.of(station),
        new Work.Free(),
        at,
        Workload.from(at));
  }

  /** What the agent does for the site; each but {@link Free} ends by itself in time. */
  public sealed interface Work {
    record Free() implements Work {}

    /** Left alone after a rejected or busy offer. */
    record Resting(Instant until) implements Work {}

    /** Missed an offer or did not answer; waits for the agent's record to take note. */
    record Judged(Judgement judgement, long version, Instant until) implements Work {}

    /** Reserved for an offer, whose call's deadline is this one's too. */
    record Reserved(OfferId offer) implements Work {}

    /** In a conversation, whose call's deadline is this one's too. */
    record Talking(OfferId offer, Instant since) implements Work {}

    record WrappingUp(Instant until) implements Work {}
  }

  public enum Judgement {
    MISSED,
    UNREACHABLE
  }

  /** How much of a medium the agent has already, offers included. */
  int load(Medium medium) {
    return switch (medium) {
      case VOICE ->
          switch (work) {
            case Work.Reserved _, Work.Talking _ -> 1;
            case Work.Free _, Work.Resting _, Work.Judged _, Work.WrappingUp _ -> 0;
          };
    };
  }

  /** Whether one more of this medium may be given to the agent now. */
  boolean hasRoomFor(Medium medium, Capacity capacity) {
    boolean leftAlone =
        switch (work) {
          case Work.Resting _, Work.Judged _, Work.WrappingUp _ -> true;
          case Work.Free _, Work.Reserved _, Work.Talking _ -> false;
        };
    return wish instanceof Wish.Ready
        && station.isPresent()
        && !leftAlone
        && load(medium) < capacity.of(medium);
  }

  /** The first required skill that the agent lacks or has too low; null if there is none. */
  @Nullable Skill missing(SortedMap<Skill, Integer> required) {
    for (var need : required.entrySet()) {
      if (skills.getOrDefault(need.getKey(), -1) < need.getValue()) {
        return need.getKey();
      }
    }
    return null;
  }

  boolean staffed() {
    return !(wish instanceof Wish.LoggedOut);
  }

  boolean has(SortedMap<Skill, Integer> required) {
    return missing(required) == null;
  }

  /** Why the agent cannot be given a call now; empty if nothing keeps it from that. */
  Set<Absence> absences() {
    EnumSet<Absence> all = EnumSet.noneOf(Absence.class);
    switch (wish) {
      case Wish.LoggedOut _ -> all.add(Absence.LOGGED_OUT);
      case Wish.NotReady _ -> all.add(Absence.NOT_READY);
      case Wish.Ready _ -> {}
    }
    switch (work) {
      case Work.Free _ -> {}
      case Work.Resting _ -> all.add(Absence.RESTING);
      case Work.Judged _ -> all.add(Absence.UNDER_JUDGEMENT);
      case Work.Reserved _ -> all.add(Absence.RESERVED);
      case Work.Talking _ -> all.add(Absence.TALKING);
      case Work.WrappingUp _ -> all.add(Absence.WRAPPING_UP);
    }
    if (station.isEmpty()) {
      all.add(Absence.NO_STATION);
    }
    return all;
  }

  SiteAgent working(Work next, Instant at) {
    boolean busy =
        switch (next) {
          case Work.Reserved _, Work.Talking _, Work.WrappingUp _ -> true;
          case Work.Free _, Work.Resting _, Work.Judged _ -> false;
        };
    Workload after = workload.turned(busy, at);
    return new SiteAgent(id, version, wish, skills, station, next, idleSince, after);
  }

  SiteAgent idle(Instant since) {
    return new SiteAgent(id, version, wish, skills, station, work, since, workload);
  }

  private SiteAgent loaded(Workload next) {
    return new SiteAgent(id, version, wish, skills, station, work, idleSince, next);
  }

  /** A conversation that goes on ends now. */
  SiteAgent talkedUntil(Instant end) {
    return work instanceof Work.Talking talking
        ? loaded(workload.talkedFor(Duration.between(talking.since(), end)))
        : this;
  }

  SiteAgent answered() {
    return loaded(workload.failing(0, 0));
  }

  /** Counts failures in a row: a phone that rang or was in use can be reached. */
  SiteAgent heard(OfferOutcome outcome) {
    return switch (outcome) {
      case MISSED -> loaded(workload.failing(workload.missed() + 1, 0));
      case UNREACHABLE -> loaded(workload.failing(workload.missed(), workload.unreachable() + 1));
      case ACCEPTED, REJECTED, BUSY -> answered();
      case WITHDRAWN -> this;
    };
  }
}
