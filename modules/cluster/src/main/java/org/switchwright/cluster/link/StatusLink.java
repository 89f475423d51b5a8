package org.switchwright.cluster.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.Pulse;
import org.switchwright.domain.network.Report;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.network.Trouble;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.reader.Pace;

/**
 * Follows one site, for as long as this node is the one to do so: hands its events on to its
 * monitor in order, and listens to its heartbeats beside them. A link that is cut is opened again
 * for as long as it takes, from where it was; what comes twice by that is the monitor's to notice.
 * How the link stands is said with every heartbeat, for the same reason.
 */
final class StatusLink {
  private static final Logger LOG = LoggerFactory.getLogger(StatusLink.class);

  /** A stream that ended is opened again after that. */
  private static final Duration AGAIN = Duration.ofMillis(500);

  /** A stream that brings nothing for so long, though there is more, is given up. */
  private static final Duration STALLED = Duration.ofSeconds(10);

  private static final Duration ANSWER = Duration.ofSeconds(40);

  /**
   * What is handed on at once has to pass between nodes: 512 KiB with all that is put around it.
   */
  static final int MAX_BYTES = 200 * 1024;

  static final int MAX_EVENT_BYTES = 400 * 1024;

  private final WatchedSite watched;
  private final NetworkIntake monitors;
  private final Duration every;
  private final InstantSource clock;
  private final LinkTable table;
  private final ReportForm form;
  private final SiteClient client;
  private @Nullable Watch watch;

  /**
   * @param format and {@code http}, of all links
   * @param every how often the site is asked for a heartbeat
   */
  StatusLink(
      WatchedSite watched,
      NetworkIntake monitors,
      LinkTable table,
      EventFormat format,
      HttpClient http,
      Duration every,
      InstantSource clock) {
    this.watched = watched;
    this.monitors = monitors;
    this.every = every;
    this.clock = clock;
    this.table = table;
    this.form = new ReportForm(format, watched.site());
    this.client = new SiteClient(watched, format.mapper(), http, every);
  }

  SiteId site() {
    return watched.site();
  }

  /** Whether it is not followed, and nothing of an earlier time is still under way. */
  boolean idle() {
    Watch last = watch;
    return last == null || last.hasEnded();
  }

  /** It is this node's to follow the site from now on. */
  void begin() throws SQLException {
    Watch next = new Watch(table.read(watched.site()));
    watch = next;
    next.begin();
  }

  /** It is not any more. */
  void end() {
    begun().end();
  }

  /** How far it has come. */
  LinkTable.Link come() {
    return begun().link.get();
  }

  /** Waits until nothing is under way any more, for so long at most. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    begun().awaitEnd(atMost);
  }

  private Watch begun() {
    Watch last = watch;
    if (last == null) {
      throw new IllegalStateException("Expected " + site() + " to be followed, but it never was");
    }
    return last;
  }

  /** From {@link #begin} to {@link #end}. */
  private final class Watch {
    private final Instant since = clock.instant();
    private final AtomicReference<LinkTable.Link> link;
    private final AtomicBoolean saying = new AtomicBoolean();
    private final Pace pace = new Pace();
    private final Thread thread = Thread.ofVirtual().name("link-" + site()).unstarted(this::run);
    private final ScheduledExecutorService heart =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("heart-" + site()).factory());

    /** Why the site's events cannot be followed, though it answers. */
    private volatile Optional<Trouble> streamTrouble = Optional.empty();

    /** Why its heartbeats are none, though it answers. */
    private volatile Optional<Trouble> beatTrouble = Optional.empty();

    /** Whether the site has told of less than it had told of before. */
    private volatile boolean wentBack;

    private volatile @Nullable EventReader stream;
    private volatile long lastByteNanos = System.nanoTime();

    Watch(LinkTable.Link stored) {
      this.link = new AtomicReference<>(stored);
    }

    void begin() {
      thread.start();
      var _ =
          heart.scheduleAtFixedRate(
              guarded(this::beat), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end() {
      pace.close();
      closeStream();
      heart.shutdownNow();
      thread.interrupt();
    }

    boolean hasEnded() {
      return !thread.isAlive() && heart.isTerminated();
    }

    void awaitEnd(Duration atMost) throws InterruptedException {
      boolean ended = atMost.isPositive() && thread.join(atMost);
      ended &= heart.awaitTermination(0, TimeUnit.MILLISECONDS);
      if (!ended) {
        LOG.warn("The link to {} does not end", site());
      }
    }

    private void run() {
      while (pace.open()) {
        followOnce();
      }
    }

    /** What throws is not run again; and of heartbeats there must be another one. */
    private Runnable guarded(Runnable work) {
      return () -> {
        try {
          if (pace.open()) {
            work.run();
          }
        } catch (RuntimeException e) {
          LOG.error("The link to {} failed: {}", watched.site(), e.getClass().getName());
        }
      };
    }

    private void followOnce() {
      try {
        follow();
        pace.pause(AGAIN);
      } catch (LinkFailure e) {
        if (!streamTrouble.equals(Optional.of(e.trouble()))) {
          LOG.warn("Site {} cannot be followed: {}", watched.site(), e.getMessage());
        }
        streamTrouble = Optional.of(e.trouble());
        pace.failed();
      } catch (SiteClient.UnknownPlace e) {
        followFromTheFirst(e.getMessage());
        pace.failed();
      } catch (IOException e) {
        // The heartbeats tell whether it is there.
        LOG.debug("The stream of {} ended: {}", watched.site(), e.toString());
        pace.pause(AGAIN);
      } catch (InterruptedException e) {
        pace.close();
      } catch (RuntimeException e) {
        LOG.error("The link to {} failed: {}", watched.site(), e.getClass().getName());
        pace.failed();
      }
    }

    /** Whatever comes twice by that is known as such. */
    private void followFromTheFirst(@Nullable String why) {
      LOG.warn("The reports of {} are followed from the first: {}", watched.site(), why);
      link.updateAndGet(it -> it.from(Optional.empty(), it.reported()));
    }

    private void follow() throws IOException, InterruptedException {
      boolean fromTheFirst = wentBack;
      Optional<String> after = fromTheFirst ? Optional.empty() : link.get().cursor();
      try (EventReader events = client.follow(after)) {
        stream = events;
        if (wentBack != fromTheFirst) {
          // It was opened after a place of before, and could not be closed as it was not there yet.
          return;
        }
        lastByteNanos = System.nanoTime();
        streamTrouble = streamTrouble.filter(it -> it != Trouble.REFUSED);
        if (fromTheFirst) {
          startOver(events.next().map(EventReader.Event::id).orElse(""));
        }
        take(events);
      } finally {
        stream = null;
      }
    }

    private void take(EventReader events) throws IOException {
      List<Report> reports = new ArrayList<>();
      int bytes = 0;
      String place = "";
      for (var next = events.next(); next.isPresent(); next = events.next()) {
        lastByteNanos = System.nanoTime();
        EventReader.Event event = next.get();
        if (event.name().equals("start-over")) {
          startOver(event.id());
          return;
        }
        int more = event.data().getBytes(UTF_8).length;
        if (!reports.isEmpty() && bytes + more > MAX_BYTES) {
          hand(place, reports);
          reports.clear();
          bytes = 0;
        }
        if (!event.data().isEmpty()) {
          reports.add(read(event, more, place, reports));
          bytes += more;
        }
        place = event.id().isEmpty() ? place : event.id();
        boolean enough = reports.size() == SiteMonitor.MAX_REPORTS || !events.ready();
        if (enough && !reports.isEmpty()) {
          hand(place, reports);
          reports.clear();
          bytes = 0;
        }
      }
    }

    /** What came before something that cannot be read is handed on first. */
    private Report read(EventReader.Event event, int bytes, String place, List<Report> before)
        throws IOException {
      try {
        if (bytes > MAX_EVENT_BYTES) {
          throw new LinkFailure(
              Trouble.UNREADABLE,
              "Expected an event of at most " + MAX_EVENT_BYTES + " bytes, but got " + bytes);
        }
        return form.read(event.data());
      } catch (LinkFailure e) {
        if (!before.isEmpty()) {
          hand(place, before);
        }
        throw e;
      }
    }

    private void hand(String place, List<Report> reports) throws IOException {
      Receipt receipt = tell(new SiteMonitor.Take(place, reports));
      if (receipt instanceof Receipt.Refused no && no.reason() == Reason.UNREADABLE) {
        throw new LinkFailure(Trouble.UNREADABLE, no.sentence());
      }
      if (receipt instanceof Receipt.Refused no && no.reason() != Reason.ALREADY_DONE) {
        // As after a monitor was restored that knows less than the link.
        followFromTheFirst(no.sentence());
        throw new IOException("Expected the next reports, but got others");
      }
      long last = reports.getLast().sequence();
      link.updateAndGet(it -> it.from(Optional.of(place), Math.max(it.reported(), last)));
      streamTrouble = Optional.empty();
      pace.busy();
    }

    private void startOver(String start) throws IOException {
      if (start.isEmpty()) {
        throw new IOException("Expected the start of the stream, but it ended");
      }
      LOG.warn("The journal of {} is another one now: started over", watched.site());
      tell(new SiteMonitor.StartOver(start));
      link.updateAndGet(it -> it.anew(start));
      wentBack = false;
    }

    /** Journaled when this returns. */
    private Receipt tell(SiteMonitor.Command command) throws IOException {
      try {
        return monitors
            .submit(watched.site(), command)
            .toCompletableFuture()
            .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("The monitor of {} gives no answer", watched.site());
        throw new IOException("Expected the monitor of " + watched.site() + " to answer", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while the monitor was told", e);
      }
    }

    private void closeStream() {
      EventReader open = stream;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          LOG.debug("The stream of {} did not close: {}", watched.site(), e.toString());
        }
      }
    }

    private void beat() {
      Instant asked = clock.instant();
      LinkTable.Link known = link.get();
      long before = Math.max(known.reported(), known.pulse().told());
      boolean quiet = System.nanoTime() - lastByteNanos > STALLED.toNanos();
      boolean stalled = quiet && !known.pulse().caughtUp(known.reported());
      if (known.pulse().silent(since, every, asked) || stalled || beatTrouble.isPresent()) {
        // A stream over a dead connection would be waited on for ever.
        closeStream();
      }
      say(asked);
      var _ =
          client
              .heartbeat()
              .whenCompleteAsync(
                  (beat, failure) ->
                      guarded(
                              () -> {
                                if (beat != null) {
                                  heard(asked, before, beat);
                                } else if (failure != null
                                    && failure.getCause() instanceof LinkFailure why) {
                                  refused(why);
                                }
                              })
                          .run(),
                  heart);
    }

    /**
     * @param before the last event that was known of when the site was asked
     */
    private void heard(Instant asked, long before, SiteClient.Heartbeat beat) {
      Instant now = clock.instant();
      beatTrouble = Optional.empty();
      link.updateAndGet(
          it -> it.heard(it.pulse().heard(asked, now, beat.at(), beat.last(), every), beat.hash()));
      if (beat.last() < before && !wentBack) {
        // Restored from a copy that has not shown as one: its next events would pass for known.
        wentBack = true;
        closeStream();
      }
      say(now);
    }

    private void refused(LinkFailure why) {
      if (!beatTrouble.equals(Optional.of(why.trouble()))) {
        LOG.warn("Site {} gives no heartbeat: {}", watched.site(), why.getMessage());
      }
      beatTrouble = Optional.of(why.trouble());
      say(clock.instant());
    }

    /** How the link stands; one such word is under way at once, so that none overtakes another. */
    private void say(Instant now) {
      Pulse pulse = link.get().pulse();
      Optional<Trouble> trouble =
          beatTrouble
              .or(() -> streamTrouble)
              .or(() ->
                  pulse.silent(since, every, now) ? Optional.of(Trouble.SILENT) : Optional.empty());
      boolean heard = pulse.heardAt().filter(at -> at.isAfter(since)).isPresent();
      if ((trouble.isEmpty() && !heard) || !saying.compareAndSet(false, true)) {
        return;
      }
      SiteMonitor.Command word =
          trouble
              .<SiteMonitor.Command>map(why -> new SiteMonitor.Lose(pulse.heardAt(), why))
              .orElseGet(SiteMonitor.Hear::new);
      var _ = monitors.submit(watched.site(), word).whenComplete((_, _) -> saying.set(false));
    }
  }
}
