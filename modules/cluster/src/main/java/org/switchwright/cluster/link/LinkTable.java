package org.switchwright.cluster.link;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.Pulse;

/** {@code network_link}: heartbeats, and from where a site's events are followed. */
public final class LinkTable {
  private static final String SELECT =
      "SELECT cursor, reported, heard_at, skew_ms, told, told_before, told_hash, site"
          + " FROM network_link";

  private static final String PUT =
      """
      INSERT INTO network_link (site, cursor, reported, heard_at, skew_ms, told, told_before, told_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (site) DO UPDATE SET cursor = EXCLUDED.cursor,
        reported = EXCLUDED.reported, heard_at = EXCLUDED.heard_at,
        skew_ms = EXCLUDED.skew_ms, told = EXCLUDED.told, told_before = EXCLUDED.told_before,
        told_hash = EXCLUDED.told_hash
      """;

  /**
   * @param cursor the place after which to follow; empty: from the first event
   * @param reported the last event that the monitor is known to have
   * @param hash of the site's state after the last event that the pulse told of
   */
  public record Link(Optional<String> cursor, long reported, Pulse pulse, Optional<String> hash) {
    public static final Link NONE = new Link(Optional.empty(), 0, Pulse.NONE, Optional.empty());

    Link from(Optional<String> place, long last) {
      return new Link(place, last, pulse, hash);
    }

    /** Another history is followed from its start. */
    Link anew(String start) {
      return new Link(Optional.of(start), 0, pulse.anew(), Optional.empty());
    }

    Link heard(Pulse next, String told) {
      return next.equals(pulse)
          ? this
          : new Link(cursor, reported, next, Optional.of(told).filter(it -> !it.isEmpty()));
    }
  }

  private final DataSource source;

  public LinkTable(DataSource source) {
    this.source = source;
  }

  public Link read(SiteId site) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT + " WHERE site = ?")) {
      select.setString(1, site.value());
      ResultSet row = select.executeQuery();
      return row.next() ? link(row) : Link.NONE;
    }
  }

  /** Of all sites of which anything is known. */
  public Map<SiteId, Link> read() throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      Map<SiteId, Link> links = new TreeMap<>();
      ResultSet row = select.executeQuery();
      while (row.next()) {
        links.put(new SiteId(row.getString(8)), link(row));
      }
      return links;
    }
  }

  private static Link link(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime heard = row.getObject(3, OffsetDateTime.class);
    return new Link(
        Optional.ofNullable(row.getString(1)),
        row.getLong(2),
        new Pulse(
            Optional.ofNullable(heard).map(OffsetDateTime::toInstant),
            Duration.ofMillis(row.getLong(4)),
            row.getLong(5),
            row.getLong(6)),
        Optional.ofNullable(row.getString(7)));
  }

  void put(Map<SiteId, Link> links) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement put = connection.prepareStatement(PUT)) {
      for (Map.Entry<SiteId, Link> each : links.entrySet()) {
        Link link = each.getValue();
        Pulse pulse = link.pulse();
        put.setString(1, each.getKey().value());
        put.setString(2, link.cursor().orElse(null));
        put.setLong(3, link.reported());
        put.setObject(4, pulse.heardAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
        put.setLong(5, pulse.skew().toMillis());
        put.setLong(6, pulse.told());
        put.setLong(7, pulse.toldBefore());
        put.setString(8, link.hash().orElse(null));
        put.addBatch();
      }
      put.executeBatch();
    }
  }
}
