package org.switchwright.server.outside;

import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.CallId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.http.HttpEdge;
import org.switchwright.http.HttpPorts;
import org.switchwright.http.HttpSettings;
import org.switchwright.http.query.CustomerRecords;
import org.switchwright.http.query.HandoverAddresses;
import org.switchwright.replay.ladder.SipTraceWriter;
import org.switchwright.server.access.AccessFile;
import org.switchwright.server.access.Tokens;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.running.RunningServer;
import org.switchwright.sip.SipEdge;

/** A running node's HTTP interface, and the file by which the command line finds it. */
public final class Outside implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outside.class);

  private final SipTraceWriter traces;
  private final HttpEdge http;
  private final Optional<HttpCustomerRecords> records;
  private final AccessFile access;
  private final Path directory;
  private final Optional<String> administratorToken;

  private Outside(
      SipTraceWriter traces,
      HttpEdge http,
      Optional<HttpCustomerRecords> records,
      AccessFile access,
      Path directory,
      Optional<String> administratorToken) {
    this.traces = traces;
    this.http = http;
    this.records = records;
    this.access = access;
    this.directory = directory;
    this.administratorToken = administratorToken;
  }

  /**
   * Listens by HTTP.
   *
   * @param trace what the server's edge was given
   * @param newToken whether the administrators' tokens are replaced by a new one
   * @throws IOException if the access file cannot be written
   * @throws SQLException if the tokens cannot be read
   */
  public static Outside open(
      RunningServer server, NodeMetrics metrics, LadderTrace trace, boolean newToken)
      throws IOException, SQLException {
    DataSource source = server.database().dataSource();
    Configuration configuration = server.configuration();
    Tokens tokens = Tokens.open(source);
    Optional<String> told =
        newToken ? Optional.of(tokens.newAdministrator()) : tokens.firstAdministrator();
    metrics.watch(server);
    Configuration.Site site = configuration.site();
    NetworkAnswers network =
        new NetworkAnswers(
            source, site.id(), configuration.network(), server.estimates(), InstantSource.system());
    StatisticsAnswers statistics =
        new StatisticsAnswers(source, site.id(), site.zone(), network, InstantSource.system());
    Optional<HttpCustomerRecords> records =
        configuration
            .customerRecord()
            .map(it -> new HttpCustomerRecords(it, InstantSource.system()));
    SiteFigures figures = new SiteFigures(source, statistics, network, metrics.registry());
    HttpPorts ports =
        new HttpPorts(
            site.id(),
            site.rules().notReadyReasons(),
            new ViewQueries(
                source, site.id(), site.zone(), server.node()::members, InstantSource.system()),
            statistics,
            new JournalStories(source, server.format()),
            new JournalFeed(source),
            new PersonalErasure(source, server.keys()),
            new NodeHealth(server),
            tokens,
            network,
            new HistoryAnswers(source, configuration.network(), site, server.node().network()),
            new ScheduleAnswers(
                source,
                configuration.network(),
                site.zone(),
                server.node().network(),
                InstantSource.system()),
            tokens,
            new JournalDesktops(source, server.format()),
            records.<CustomerRecords>map(it -> it).orElse(CustomerRecords.NONE),
            tokens,
            server.node().agents(),
            server.node().calls(),
            server.strategies(),
            configuration.sip().mixer(),
            server.keys(),
            addresses(server.edge()),
            () -> {
              figures.refresh();
              return metrics.scrape();
            },
            InstantSource.system());
    Configuration.Http settings = configuration.http();
    HttpEdge http =
        HttpEdge.start(
            server.node().system(),
            new HttpSettings(
                settings.address(),
                settings.port(),
                settings.maxFollowers(),
                settings.heartbeat(),
                HttpSettings.STALLED_AFTER),
            ports);
    Gauge.builder("switchwright.event.followers", http, HttpEdge::followers)
        .description("Event streams that are open")
        .register(metrics.registry());
    AccessFile access =
        new AccessFile(
            "http://" + settings.address() + ":" + http.address().getPort(), tokens.local());
    try {
      access.write(configuration.data());
    } catch (IOException e) {
      http.close();
      throw e;
    }
    SipTraceWriter traces = SipTraceWriter.start(source);
    trace.to(traces);
    metrics.watch(traces);
    return new Outside(traces, http, records, access, configuration.data(), told);
  }

  public String url() {
    return access.url();
  }

  /** A token that was made now, to be told once. */
  public Optional<String> administratorToken() {
    return administratorToken;
  }

  /** For the command line on this machine, for as long as this process lives. */
  public String localToken() {
    return access.token();
  }

  @Override
  public void close() {
    try {
      access.remove(directory);
    } catch (IOException e) {
      LOG.warn("The access file was not removed: {}", e.getClass().getName());
    }
    http.close();
    records.ifPresent(HttpCustomerRecords::close);
    traces.close();
  }

  private static HandoverAddresses addresses(SipEdge edge) {
    return new HandoverAddresses() {
      @Override
      public String of(CallId expected) {
        return edge.addressOf(expected);
      }

      @Override
      public String of(RoutingPointId point) {
        return edge.addressOf(point);
      }
    };
  }
}
