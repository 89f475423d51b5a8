package org.switchwright.cluster.link;

import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.SessionLock;
import org.switchwright.journal.reader.Pace;

/**
 * Follows the sites of a network, each from one node of the controller's cluster: whichever of them
 * has the site's lock. A node that has lost the database follows none until it has it again.
 */
public final class StatusLinks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusLinks.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(12);

  private final List<StatusLink> links;
  private final Database database;
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
    LinkTable table = new LinkTable(database.dataSource());
    this.links =
        sites.stream()
            .map(site -> new StatusLink(site, monitors, table, http, every, clock))
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
        while (pace.open()) {
          beginWhatIsFree(lock);
          pace.pause(SessionLock.SIGN_OF_LIFE);
          lock.giveSignOfLife();
        }
        endInOrder();
      } catch (SQLException e) {
        LOG.warn("The links have lost the database: SQLSTATE {}", e.getSQLState());
        links.forEach(StatusLink::end);
        pace.failed();
      }
    }
  }

  private void beginWhatIsFree(SessionLock lock) throws SQLException {
    for (StatusLink link : links) {
      if (link.idle() && lock.take("link." + link.site())) {
        link.begin();
      }
    }
  }

  /** While the locks are held still: no other node goes on before all is noted. */
  private void endInOrder() {
    List<StatusLink> followed = links.stream().filter(StatusLink::end).toList();
    try {
      for (StatusLink link : followed) {
        link.awaitEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pace.close();
    try {
      thread.join(CLOSE_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
  }
}
