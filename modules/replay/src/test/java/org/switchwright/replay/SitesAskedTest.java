package org.switchwright.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.SiteEvent;

/** A choice names the sites that were asked too, as they were known then. */
class SitesAskedTest {
  private static final CallId CALL = new CallId("c1");
  private static final SiteId BERLIN = new SiteId("berlin");
  private static final SiteId HAMBURG = new SiteId("hamburg");
  private static final RoutingPointId POINT = new RoutingPointId("sales");
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final SiteSeen LIVE =
      new SiteSeen(Basis.LIVE, Optional.empty(), Optional.of(2), Optional.of(0), Optional.empty());

  private static SiteEvent enlisted(SiteId site, int number, int second, SiteSeen seen) {
    Instant at = NOW.plusSeconds(second);
    return new SiteEvent.CallEnlisted(
        at, CALL, site, POINT, number, at.plusSeconds(15), Optional.of(seen));
  }

  private static SiteEvent renewed(SiteId site, int number, int second) {
    Instant at = NOW.plusSeconds(second);
    return new SiteEvent.CallEnlisted(
        at, CALL, site, POINT, number, at.plusSeconds(15), Optional.empty());
  }

  private static SiteEvent delisted(SiteId site, int second) {
    return new SiteEvent.CallDelisted(
        NOW.plusSeconds(second),
        CALL,
        site,
        POINT,
        1,
        SiteEvent.Delisting.REFUSED,
        Optional.empty());
  }

  @Test
  void shouldNameEachSiteThatIsAskedWithWhatWasKnownThen() {
    SitesAsked sites = new SitesAsked();
    SiteSeen unknown = SiteSeen.of(Optional.empty(), NOW);
    SiteSeen old =
        new SiteSeen(
            Basis.ESTIMATED,
            Optional.of(Duration.ofSeconds(20)),
            Optional.of(1),
            Optional.of(3),
            Optional.of(Duration.ofSeconds(12)));
    assertThat(sites.heard(enlisted(BERLIN, 1, 0, LIVE))).isTrue();
    assertThat(sites.heard(enlisted(HAMBURG, 2, 0, unknown))).isTrue();
    assertThat(sites.heard(renewed(BERLIN, 1, 14))).isFalse();
    assertThat(sites.heard(delisted(BERLIN, 14))).isFalse();
    assertThat(sites.heard(enlisted(BERLIN, 3, 15, old))).isTrue();
    assertThat(sites.heard(renewed(BERLIN, 3, 16))).isFalse();

    assertThat(sites.now(NOW.plusSeconds(17)))
        .extracting(Explanation.SiteThen::sentence)
        .containsExactly(
            "Site berlin was asked too, 2.0 s before: 1 agent ready, 3 calls waiting, 12 s to wait,"
                + " estimated 20 s ago.",
            "Site hamburg was asked too, 17 s before: how it stands there is not known.");
  }

  /** The next choice is of whoever is asked then. */
  @Test
  void shouldNameTheSiteThatACallIsSentToUntilItComesBack() {
    SitesAsked sites = new SitesAsked();
    var _ = sites.heard(enlisted(BERLIN, 1, 0, LIVE));
    var _ = sites.heard(enlisted(HAMBURG, 2, 0, LIVE));
    AgentId somebody = new AgentId("berlin.somebody");
    SiteSeen old =
        new SiteSeen(
            Basis.ESTIMATED,
            Optional.of(Duration.ofSeconds(20)),
            Optional.of(1),
            Optional.of(0),
            Optional.empty());
    var _ =
        sites.heard(
            new SiteEvent.AgentLent(
                NOW.plusSeconds(5),
                CALL,
                BERLIN,
                3,
                somebody,
                Optional.empty(),
                Personal.of(new KeyId("k"), "sip:x"),
                Optional.of(old)));

    assertThat(sites.now(NOW.plusSeconds(5)))
        .extracting(Explanation.SiteThen::sentence)
        .containsExactly(
            "Site berlin could not be asked: 1 agent ready, 0 calls waiting, wait unknown,"
                + " estimated 20 s ago.",
            "Site hamburg was asked too, 5.0 s before: 2 agents ready, 0 calls waiting, wait"
                + " unknown, live.");

    var _ =
        sites.heard(
            new SiteEvent.OfferEnded(
                NOW.plusSeconds(65),
                new OfferId(CALL, 1),
                somebody,
                OfferOutcome.WITHDRAWN,
                null,
                false));
    assertThat(sites.now(NOW.plusSeconds(66)))
        .extracting(Explanation.SiteThen::site)
        .containsExactly(HAMBURG);
  }

  @Test
  void shouldNameNobodyWhoIsNotAskedAnyMore() {
    SitesAsked sites = new SitesAsked();
    var _ = sites.heard(enlisted(BERLIN, 1, 0, LIVE));
    var _ = sites.heard(delisted(BERLIN, 1));
    assertThat(sites.now(NOW.plusSeconds(2))).isEmpty();

    assertThat(sites.heard(enlisted(BERLIN, 2, 6, LIVE))).isTrue();
    Personal station = Personal.of(new KeyId("k"), "sip:x");
    var _ =
        sites.heard(
            new SiteEvent.AgentLent(
                NOW, CALL, BERLIN, 2, new AgentId("berlin.anna"), new OfferId(CALL, 7), station));
    assertThat(sites.now(NOW.plusSeconds(6)))
        .extracting(Explanation.SiteThen::sentence)
        .containsExactly(
            "Site berlin was asked too: 2 agents ready, 0 calls waiting, wait unknown, live.");
  }
}
