package org.switchwright.simulation;

import static org.switchwright.domain.Decision.Reason.OUT_OF_ORDER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Effect;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.AttachedData;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.DataCommand;
import org.switchwright.domain.network.Pulse;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.network.Trouble;
import org.switchwright.domain.site.Site;

/**
 * How one site tells another of its calls, and watches it: messages there, which are answered, and
 * reports back. Calls do not go by it.
 */
final class Link {
  /** How much two clocks may go apart while a heartbeat is under way. */
  private static final Duration CLOCKS_DRIFT = Duration.ofMillis(20);

  /** How soon whoever follows a journal looks again. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private static final int MOST_REPEATED = 5;

  /** How often there is a heartbeat. */
  static final Duration EVERY = Duration.ofSeconds(2);

  private final DataCenter home;
  private final DataCenter other;
  private final Agenda agenda;
  private final Dice dice;
  private final Faults faults;
  private boolean calm;
  private boolean following;

  /** How much whoever acts for the monitor may not know of what another has written for it. */
  private int missing;

  private Instant cutUntil = Instant.EPOCH;
  private int cuts;
  private Pulse pulse = Pulse.NONE;
  private Instant watchedSince = Instant.EPOCH;

  /**
   * What goes wrong with a link.
   *
   * @param lose probability that a message is lost, or its answer
   * @param twice probability that a message comes twice
   * @param slowest how long a message may take
   * @param cuts mean time between cuts; zero: none
   * @param longestCut how long nothing may come through
   */
  record Faults(double lose, double twice, Duration slowest, Duration cuts, Duration longestCut) {
    static final Faults NONE =
        new Faults(0, 0, Duration.ofMillis(20), Duration.ZERO, Duration.ZERO);

    static Faults draw(Dice dice) {
      return new Faults(
          dice.chance(0.4) ? dice.pick(List.of(0.02, 0.1, 0.4)) : 0,
          dice.chance(0.4) ? dice.pick(List.of(0.05, 0.3)) : 0,
          Duration.ofMillis(dice.pick(List.of(20, 20, 300, 3_000))),
          dice.chance(0.5) ? dice.seconds(30, 200) : Duration.ZERO,
          Duration.ofSeconds(dice.pick(List.of(5, 30, 150))));
    }
  }

  Link(DataCenter home, DataCenter other, Agenda agenda, Dice dice, Faults faults) {
    this.home = home;
    this.other = other;
    this.agenda = agenda;
    this.dice = dice;
    this.faults = faults;
  }

  DataCenter home() {
    return home;
  }

  DataCenter other() {
    return other;
  }

  int cuts() {
    return cuts;
  }

  void begin() {
    other.host().onWriting(this::follow);
    watchedSince = home.world().now();
    beat();
    cutNowAndThen();
  }

  /** A question and its answer; and what the last ones say of the link. */
  private void beat() {
    Instant asked = home.world().now();
    carry(() -> {
      Instant theirs = other.world().now();
      int last = other.host().site().writes();
      carry(() -> heard(asked, theirs, last));
    });
    boolean silent = pulse.silent(watchedSince, EVERY, asked);
    if (silent) {
      submit(new SiteMonitor.Lose(pulse.heardAt(), Trouble.SILENT));
    } else if (pulse.heardAt().isPresent()) {
      submit(new SiteMonitor.Hear());
    }
    agenda.in(EVERY, this::beat);
  }

  private void heard(Instant asked, Instant theirs, int last) {
    Instant now = home.world().now();
    pulse = pulse.heard(asked, now, theirs, last, EVERY);
    Duration truly = Duration.between(now, other.world().now());
    Duration giveOrTake = Duration.between(asked, now).dividedBy(2).plus(CLOCKS_DRIFT);
    Promises.promise(
        !pulse.heardAt().equals(Optional.of(now))
            || pulse.skew().minus(truly).abs().compareTo(giveOrTake) <= 0,
        "how far another clock is from this one is shown",
        pulse.skew(),
        "not",
        truly);
  }

  void calm() {
    calm = true;
    if (agenda.now().isBefore(cutUntil)) {
      cutUntil = agenda.now();
    }
  }

  private void cutNowAndThen() {
    if (faults.cuts().isZero()) {
      return;
    }
    agenda.in(
        dice.around(faults.cuts()),
        () -> {
          if (!calm) {
            cut(dice.between(Duration.ofMillis(500), faults.longestCut()));
            cutNowAndThen();
          }
        });
  }

  /** Nothing comes through for a while; who watches the site has to notice that. */
  void cut(Duration time) {
    cuts++;
    cutUntil = agenda.now().plus(time);
  }

  boolean cut() {
    return agenda.now().isBefore(cutUntil) || home.stopped() || other.stopped();
  }

  private void submit(SiteMonitor.Command command) {
    home.host().monitor(other.host().siteId()).receive(command, _ -> {});
  }

  private Duration delay() {
    Duration slowest = calm ? Faults.NONE.slowest() : faults.slowest();
    return dice.between(Duration.ofMillis(1), slowest);
  }

  private boolean loses() {
    return cut() || (!calm && dice.chance(faults.lose()));
  }

  private void carry(Runnable arrival) {
    if (!loses()) {
      agenda.in(delay(), arrival);
    }
    if (!cut() && !calm && dice.chance(faults.twice())) {
      agenda.in(delay().multipliedBy(3), arrival);
    }
  }

  /** The other site answers whether it looks for an agent; of all else nobody needs to hear. */
  void tell(Effect.TellElsewhere it) {
    carry(() ->
        other
            .host()
            .call(it.call())
            .receive(
                it.command(),
                receipt -> {
                  if (it.command() instanceof Call.Expect expect) {
                    Site.Command answer = answer(expect, receipt);
                    carry(() -> home.host().site().receive(answer, _ -> {}));
                  }
                  if (it.command() instanceof DataCommand.KeepInStep keep) {
                    Call.Command answer = answer(keep, it.call());
                    carry(() -> home.host().call(keep.origin().call()).receive(answer, _ -> {}));
                  }
                }));
  }

  private Call.Command answer(DataCommand.KeepInStep keep, CallId there) {
    AttachedData data = other.host().call(there).state().data();
    return new DataCommand.InStep(
        other.host().siteId(),
        keep.origin().number(),
        there,
        data.version(),
        data.taken(),
        data.pending());
  }

  private static Site.Command answer(Call.Expect it, Receipt receipt) {
    var origin = it.origin();
    return receipt instanceof Receipt.Taken
        ? new Site.Enlisted(
            origin.call(),
            it.site(),
            origin.number(),
            address(Trunk.address(it)),
            Optional.of(address(Trunk.standing(it))))
        : new Site.NotEnlisted(origin.call(), it.site(), origin.number());
  }

  private static Personal address(String text) {
    return Personal.of(new KeyId("link"), text);
  }

  /** There is more to be reported; again, until it is. */
  private void follow() {
    if (!following) {
      following = true;
      agenda.in(
          delay(),
          () -> {
            following = false;
            report();
          });
    }
  }

  private void report() {
    var monitor = home.host().monitor(other.host().siteId());
    var site = other.host().site();
    long known = monitor.state().sequence();
    if (known >= site.writes()) {
      return;
    }
    if (!loses()) {
      int repeated = !calm && dice.chance(faults.twice()) ? dice.between(1, MOST_REPEATED) : 0;
      int from = (int) Math.max(0, known - repeated - missing);
      int upTo = Math.min(site.writes(), from + SiteMonitor.MAX_REPORTS);
      List<Report> reports = new ArrayList<>();
      for (int number = from + 1; number <= upTo; number++) {
        reports.add(new Report(number, site.written(number)));
      }
      SiteMonitor.Take take = new SiteMonitor.Take("at " + upTo, reports);
      home.host()
          .monitor(other.host().siteId())
          .receive(
              take,
              receipt -> {
                boolean gap = receipt instanceof Receipt.Refused no && no.reason() == OUT_OF_ORDER;
                missing = gap ? missing + MOST_REPEATED : 0;
              });
      if (!calm && dice.chance(faults.twice())) {
        agenda.in(delay(), () -> submit(take));
      }
    }
    agenda.in(AGAIN, this::follow);
  }
}
