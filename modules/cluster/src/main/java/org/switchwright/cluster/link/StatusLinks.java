package org.switchwright.cluster.link;

import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.SessionLock;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.reader.Pace;

/**
 * Follows the sites of a network, each from one node of the controller's cluster: whichever of them
 * has the site's lock. A node that has lost the database follows none until it has it again.
 */
public final class StatusLinks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusLinks.class);
  private static final Duration STORE_EVERY = Duration.ofMillis(200);

  /** Of all links together; less than a session may be without a sign of life. */
  private static final Duration END_WAIT = Duration.ofSeconds(5);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(8);

  private final List<StatusLink> links;
  private final Database database;
  private final LinkTable table;
  private final InstantSource clock;

  /** By this node, with the session that there is now. */
  private final List<StatusLink> followed = new ArrayList<>();

  /** What the table is known to hold of those. */
  private final Map<SiteId, LinkTable.Link> stored = new TreeMap<>();

  private final HttpClient http;
  private final Pace pace = new Pace();
  private final Thread thread = Thread.ofPlatform().name("links").daemon().unstarted(this::run);

  private StatusLinks(
      List<WatchedSite> sites,
      NetworkIntake monitors,
      Database database,
      Duration every,
      InstantSource clock) {
    this.database = database;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(every)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.table = new LinkTable(database.dataSource());
    // Reports hold nothing that a key would be needed for.
    EventFormat format = new EventFormat(new SealedPersonal());
    this.clock = clock;
    this.links =
        sites.stream()
            .map(site -> new StatusLink(site, monitors, table, format, http, every, clock))
            .toList();
  }

  /**
   * @param every how often each site is asked for a heartbeat
   */
  public static StatusLinks start(
      List<WatchedSite> sites,
      NetworkIntake monitors,
      Database database,
      Duration every,
      InstantSource clock) {
    StatusLinks links = new StatusLinks(sites, monitors, database, every, clock);
    if (!sites.isEmpty()) {
      links.thread.start();
    }
    return links;
  }

  private void run() {
    while (pace.open()) {
      try (SessionLock lock = SessionLock.connect(database)) {
        follow(lock);
      } catch (SQLException e) {
        LOG.warn("The links have lost the database: SQLSTATE {}", e.getSQLState());
      } catch (RuntimeException e) {
        LOG.error("The links failed: {}", e.toString());
      } finally {
        followed.forEach(StatusLink::end);
        followed.clear();
        stored.clear();
      }
      if (pace.open()) {
        pace.failed();
      }
    }
  }

  private void follow(SessionLock lock) throws SQLException {
    Instant next = clock.instant();
    while (pace.open()) {
      if (!clock.instant().isBefore(next)) {
        lock.giveSignOfLife();
        beginWhatIsFree(lock);
        next = clock.instant().plus(SessionLock.SIGN_OF_LIFE);
      }
      pace.pause(STORE_EVERY);
      store();
    }
    endInOrder();
    store();
  }

  private void beginWhatIsFree(SessionLock lock) throws SQLException {
    for (StatusLink link : links) {
      if (!followed.contains(link) && link.idle() && lock.take("link." + link.site())) {
        link.begin();
        followed.add(link);
      }
    }
  }

  /**
   * How far the links have come and how they stand, in one write for all. What is not stored now is
   * stored the next time: a place that lags only costs repetition.
   */
  private void store() {
    Map<SiteId, LinkTable.Link> news = new TreeMap<>();
    for (StatusLink link : followed) {
      LinkTable.Link come = link.come();
      if (!come.equals(stored.get(link.site()))) {
        news.put(link.site(), come);
      }
    }
    if (!news.isEmpty()) {
      try {
        table.put(news);
        stored.putAll(news);
      } catch (SQLException e) {
        LOG.warn("The links are not stored: SQLSTATE {}", e.getSQLState());
      }
    }
  }

  /** While the locks are held still: no other node goes on before all is noted. */
  private void endInOrder() {
    followed.forEach(StatusLink::end);
    Instant latest = clock.instant().plus(END_WAIT);
    try {
      for (StatusLink link : followed) {
        link.awaitEnd(Duration.between(clock.instant(), latest));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pace.close();
    try {
      // Of a thread that never ran, as there is nothing to follow, the other join complains.
      thread.join(CLOSE_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
  }
}
