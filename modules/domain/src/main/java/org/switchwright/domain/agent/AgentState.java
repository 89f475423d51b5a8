package org.switchwright.domain.agent;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;

/**
 * An agent, folded from its events.
 *
 * @param site null until configured
 * @param skills each skill with its level, 0 to 10
 * @param wishedAt when the agent's last wish was uttered that was carried out: an older one comes
 *     too late; what the system wishes for an agent leaves it as it is
 * @param wishVersion the version at which the wish last changed
 * @param station null while no phone is registered
 * @param stationVersion the version at which the station last changed
 * @param lapse what becomes of a ready agent whose station is gone; null while there is nothing to
 *     come of it
 * @param judged the highest version that the site had when it judged the agent
 * @param version counts what the site must know; it knows everything up to {@code acknowledged}
 */
public record AgentState(
    AgentId id,
    @Nullable SiteId site,
    SortedMap<Skill, Integer> skills,
    Wish wish,
    Instant wishedAt,
    long wishVersion,
    @Nullable Station station,
    long stationVersion,
    @Nullable Lapse lapse,
    long judged,
    long version,
    long acknowledged) {

  /**
   * A registered phone; its binding is RFC 3261's, section 10.3.
   *
   * @param edge which took the registration; empty where that was not written down yet
   */
  public record Station(
      Personal contact, Personal binding, long cseq, Instant expiresAt, Optional<EdgeId> edge) {}

  /** Without a station by then, the agent is not ready any more. */
  public record Lapse(Instant at, Wish.SystemReason reason) {}

  static AgentState unknown(AgentId id) {
    return new AgentState(
        id, null, noSkills(), new Wish.LoggedOut(), Instant.EPOCH, 0, null, 0, null, 0, 0, 0);
  }

  private static SortedMap<Skill, Integer> noSkills() {
    return Collections.unmodifiableSortedMap(new TreeMap<>());
  }

  Optional<Instant> due() {
    return station != null
        ? Optional.of(station.expiresAt())
        : Optional.ofNullable(lapse).map(Lapse::at);
  }

  AgentState configured(SiteId site, SortedMap<Skill, Integer> skills, long version) {
    return new AgentState(
        id,
        site,
        skills,
        wish,
        wishedAt,
        wishVersion,
        station,
        stationVersion,
        lapse,
        judged,
        version,
        acknowledged);
  }

  AgentState wishing(Wish wish, Instant uttered, long version) {
    return new AgentState(
        id,
        site,
        skills,
        wish,
        uttered,
        version,
        station,
        stationVersion,
        null,
        judged,
        version,
        acknowledged);
  }

  AgentState wishingStill(Instant uttered) {
    return new AgentState(
        id,
        site,
        skills,
        wish,
        uttered,
        wishVersion,
        station,
        stationVersion,
        lapse,
        judged,
        version,
        acknowledged);
  }

  AgentState at(Station station, long version) {
    return at(station, null, version);
  }

  AgentState without(@Nullable Lapse lapse, long version) {
    return at(null, lapse, version);
  }

  private AgentState at(@Nullable Station station, @Nullable Lapse lapse, long version) {
    return new AgentState(
        id,
        site,
        skills,
        wish,
        wishedAt,
        wishVersion,
        station,
        version,
        lapse,
        judged,
        version,
        acknowledged);
  }

  AgentState refreshed(Station station) {
    return new AgentState(
        id,
        site,
        skills,
        wish,
        wishedAt,
        wishVersion,
        station,
        stationVersion,
        lapse,
        judged,
        version,
        acknowledged);
  }

  AgentState judgedUpTo(long judged, long version) {
    return new AgentState(
        id,
        site,
        skills,
        wish,
        wishedAt,
        wishVersion,
        station,
        stationVersion,
        lapse,
        judged,
        version,
        acknowledged);
  }

  AgentState acknowledgedUpTo(long acknowledged) {
    return new AgentState(
        id,
        site,
        skills,
        wish,
        wishedAt,
        wishVersion,
        station,
        stationVersion,
        lapse,
        judged,
        version,
        acknowledged);
  }
}
