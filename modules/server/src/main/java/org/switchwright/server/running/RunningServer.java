package org.switchwright.server.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.cluster.ClusterNode;
import org.switchwright.cluster.Waker;
import org.switchwright.cluster.link.ElsewhereCalls;
import org.switchwright.cluster.link.StatusLinks;
import org.switchwright.cluster.view.OpenDeadlines;
import org.switchwright.cluster.view.Views;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.site.Site;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.database.EmbeddedPostgres;
import org.switchwright.journal.database.PrivateFiles;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.keys.KeyRing;
import org.switchwright.journal.keys.MasterKey;
import org.switchwright.journal.projection.Projection;
import org.switchwright.journal.projection.ProjectionMetrics;
import org.switchwright.journal.projection.ProjectionRunner;
import org.switchwright.journal.store.JournalConfiguration;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.sip.EdgeMetrics;
import org.switchwright.sip.EdgeSettings;
import org.switchwright.sip.SipEdge;
import org.switchwright.sip.SipTrace;
import org.switchwright.sip.digest.DigestAlgorithm;
import org.switchwright.sip.digest.DigestGuard;
import org.switchwright.sip.media.SoundLibrary;
import org.switchwright.sip.stack.Admission;
import org.switchwright.sip.token.EdgeSecret;
import org.switchwright.strategy.RememberingCompiler;
import org.switchwright.strategy.TextCompiler;

/**
 * One node of Switchwright. Starts in an order in which nothing is used before it is there, and
 * stops in the opposite one: database, keys, cluster, the site's configuration, read models, SIP,
 * and last whatever was left behind is woken.
 */
public final class RunningServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
  private static final Duration JOIN_WAIT = Duration.ofSeconds(90);

  /** After that, whoever starts a node is told what it waits for. */
  private static final Duration SOON = Duration.ofSeconds(8);

  private static final Duration CATCH_UP_WAIT = Duration.ofSeconds(60);
  private static final int KEY_POOL_CONNECTIONS = 4;

  /** How long a phone may use a nonce before it is given another one. */
  private static final Duration NONCE_LIFE = Duration.ofMinutes(5);

  private final Deque<AutoCloseable> parts;
  private final InstantSource clock = InstantSource.system();
  private final Configuration configuration;
  private final Database database;
  private final KeyRing keys;
  private final EventFormat format;
  private final StrategyCompiler strategies = new RememberingCompiler(new TextCompiler());
  private final ClusterNode node;
  private final PhonePasswords passwords;
  private final EdgeSecret secret;
  private final ProjectionRunner views;
  private final SiteEstimates estimates;
  private final SipEdge edge;
  private volatile boolean closing;

  private RunningServer(
      Configuration configuration,
      Config pekko,
      Metrics metrics,
      SipTrace trace,
      Deque<AutoCloseable> parts)
      throws IOException {
    this.parts = parts;
    this.configuration = configuration;
    PrivateFiles.directory(configuration.data());
    DatabaseSettings settings = openDatabase();
    this.database =
        keep(Database.open(settings.withPoolSize(readers(settings)), Schema.JOURNAL, Schema.KEYS));
    this.keys =
        keep(
            KeyRing.open(
                database.dataSource(), MasterKey.ofFile(configuration.keys().masterKeyFile())));
    this.format = new EventFormat(keys);
    this.passwords = PhonePasswords.open(configuration.site(), passwordFile());
    this.secret =
        new EdgeSecret(PrivateFiles.secret(configuration.sip().secretFile()).getBytes(UTF_8));
    this.estimates =
        keep(
            SiteEstimates.start(
                database.dataSource(), configuration.site(), configuration.network(), clock));
    NetworkPictures pictures =
        keep(
            NetworkPictures.start(
                database.dataSource(),
                configuration.site(),
                configuration.network(),
                estimates,
                clock));
    this.node =
        keep(
            ClusterNode.start(
                pekko(settings, pekko),
                format,
                configuration.site().id(),
                strategies,
                pictures,
                clock));
    estimates.journalBy(node.network());
    join();
    configureSite();
    this.views =
        keep(
            ProjectionRunner.start(
                database, metrics.measured().apply(new Views()), metrics.projections(), clock));
    this.edge = keep(openEdge(metrics.edge(), trace));
    node.attach(edge);
    keep(node::detach);
    awaitViews();
    ElsewhereCalls elsewhere =
        keep(
            new ElsewhereCalls(configuration.network().sites(), node.agents(), node.calls(), keys));
    node.sendElsewhere(elsewhere);
    keep(
        StatusLinks.start(
            configuration.network().sites(),
            node.network(),
            database,
            configuration.network().heartbeat(),
            clock));
    keep(Waker.start(new OpenDeadlines(database.dataSource()), node, clock));
  }

  /**
   * Where the parts of a node count what they do.
   *
   * @param measured looks at what the read models take in
   */
  public record Metrics(
      ProjectionMetrics projections, EdgeMetrics edge, UnaryOperator<Projection> measured) {
    public static final Metrics NONE =
        new Metrics(ProjectionMetrics.NONE, EdgeMetrics.NONE, UnaryOperator.identity());
  }

  /**
   * Starts a node and returns when it takes calls.
   *
   * @param pekko the operator's own settings of Pekko; usually empty
   * @throws IOException where a file or a port cannot be used; nothing is left running
   */
  public static RunningServer start(
      Configuration configuration, Config pekko, Metrics metrics, SipTrace trace)
      throws IOException {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return new RunningServer(configuration, pekko, metrics, trace, parts);
    } catch (IOException | RuntimeException e) {
      close(parts);
      throw e;
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  private DatabaseSettings openDatabase() throws IOException {
    return switch (configuration.database()) {
      case Configuration.Storage.Embedded it ->
          keep(EmbeddedPostgres.start(it.home(), it.binaries(), it.port()))
              .settings()
              .withPoolSize(it.poolSize());
      case Configuration.Storage.Given it ->
          DatabaseSettings.of(
                  it.url(), it.user(), Files.readString(it.passwordFile(), UTF_8).strip())
              .withPoolSize(it.poolSize());
    };
  }

  /** Reading and keys need fewer connections than the journal. */
  private static int readers(DatabaseSettings settings) {
    return Math.max(KEY_POOL_CONNECTIONS, settings.poolSize() / 2);
  }

  Path passwordFile() {
    return configuration
        .site()
        .passwordFile()
        .orElseGet(() -> configuration.data().resolve("phone-passwords"));
  }

  private Config pekko(DatabaseSettings settings, Config operators) {
    Configuration.Cluster cluster = configuration.cluster();
    List<String> seeds =
        cluster.seeds().stream().map(seed -> "pekko://switchwright@" + seed).toList();
    Config own =
        ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.hostname",
                cluster.address(),
                "pekko.remote.artery.canonical.port",
                cluster.port(),
                "pekko.cluster.seed-nodes",
                seeds,
                "pekko.cluster.roles",
                NodeRoles.of(configuration.sip(), secret)));
    return operators
        .withFallback(own)
        .withFallback(JournalConfiguration.of(settings))
        .withFallback(ConfigFactory.parseResources("switchwright-cluster.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private void join() {
    List<String> seeds = configuration.cluster().seeds();
    if (seeds.isEmpty()) {
      node.joinSelf();
      await(node::isUp, JOIN_WAIT, "this node to become a member of its cluster");
      return;
    }
    if (!comesTrue(node::isUp, SOON)) {
      LOG.info(
          "Waiting for another node of {}; where none runs, the first of them has to be started",
          String.join(", ", seeds));
      if (!comesTrue(() -> node.isUp() || node.hasEnded(), JOIN_WAIT) || node.hasEnded()) {
        throw new IllegalStateException(
            "Expected to join a node of cluster.seed-nodes or to be the first of them, but none of "
                + String.join(", ", seeds)
                + " answered; start "
                + seeds.getFirst()
                + " first, and look whether the nodes reach each other by TCP");
      }
    }
    NodeRoles.checkSame(configuration.sip(), secret, node.neighboursRoles(NodeRoles.SECRET));
  }

  private void configureSite() {
    Configuration.Site site = configuration.site();
    taken(node.agents().submit(site.id(), new Site.Configure(site.rules())));
    site.agents()
        .forEach((id, agent) ->
            taken(node.agents().submit(id, new Agent.Configure(site.id(), agent.skills()))));
  }

  private static void taken(CompletionStage<Receipt> submitted) {
    try {
      Receipt receipt = submitted.toCompletableFuture().get(40, TimeUnit.SECONDS);
      if (receipt instanceof Receipt.Refused refused
          && refused.reason() != Decision.Reason.ALREADY_DONE) {
        throw new IllegalStateException(refused.sentence());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the site was configured", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The site could not be configured", e);
    }
  }

  private SipEdge openEdge(EdgeMetrics metrics, SipTrace trace) throws IOException {
    Configuration.Sip sip = configuration.sip();
    EdgeSettings.Times usual = EdgeSettings.Times.DEFAULT;
    Admission.Limits limits = Admission.Limits.DEFAULT;
    EdgeSettings settings =
        new EdgeSettings(
            configuration.node(),
            configuration.site().id(),
            sip.address(),
            sip.port(),
            secret,
            new EdgeSettings.Times(
                usual.t1(),
                usual.firstSign(),
                sip.sessionInterval(),
                sip.minSessionInterval(),
                sip.minRegistration(),
                sip.maxRegistration(),
                sip.probing()),
            new EdgeSettings.Bounds(
                new Admission.Limits(
                    limits.queueAge(),
                    limits.callsInSetUp(),
                    sip.newCallsPerSecond(),
                    limits.retryAfter()),
                sip.maxCalls(),
                EdgeSettings.Bounds.DEFAULT.lanes(),
                EdgeSettings.Bounds.DEFAULT.laneTasks(),
                sip.firstMediaPort(),
                sip.lastMediaPort(),
                sip.probes()),
            new EdgeSettings.AttachedHeaders(Set.copyOf(sip.attachedFrom()), sip.attachedHeaders()),
            Set.copyOf(sip.redirected()));
    SiteDialPlan plan = new SiteDialPlan(configuration.site());
    List<DigestAlgorithm> algorithms =
        sip.algorithms().stream().map(name -> DigestAlgorithm.of(name).orElseThrow()).toList();
    DigestGuard guard =
        new DigestGuard(sip.realm(), algorithms, secret, NONCE_LIFE, passwords, clock);
    return SipEdge.open(
        settings,
        new SipEdge.Ports(
            node.calls(),
            node.agents(),
            keys,
            guard,
            plan,
            (address, port) -> node.hasNeighbour(NodeRoles.sip(address, port)),
            trace,
            metrics,
            clock,
            sounds()));
  }

  private SoundLibrary sounds() throws IOException {
    Optional<Path> folder = configuration.sip().sounds();
    try {
      return folder.isEmpty()
          ? SoundLibrary.builtIn()
          : SoundLibrary.of(folder.get(), configuration.site().music().toList());
    } catch (SoundLibrary.UnusableException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What was journaled before this start must be known before anybody is woken by it. */
  private void awaitViews() {
    Instant started = clock.instant();
    await(() -> viewsAsOf().isAfter(started.minusMillis(1)), CATCH_UP_WAIT, "read models");
  }

  private Instant viewsAsOf() {
    try {
      return new OpenDeadlines(database.dataSource())
          .due(Instant.EPOCH, Optional.empty(), 1)
          .asOf()
          .at();
    } catch (SQLException e) {
      return Instant.MIN;
    }
  }

  private static void await(BooleanSupplier condition, Duration atMost, String what) {
    if (!comesTrue(condition, atMost)) {
      throw new IllegalStateException(
          "Expected " + what + " within " + atMost.toSeconds() + " s, but it took longer");
    }
  }

  private static boolean comesTrue(BooleanSupplier condition, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return true;
  }

  public Configuration configuration() {
    return configuration;
  }

  public ClusterNode node() {
    return node;
  }

  public Database database() {
    return database;
  }

  public KeyRing keys() {
    return keys;
  }

  /** Checks what is about to be published, against what this site has. */
  public StrategyCompiler strategies() {
    return new TextCompiler("strategy", Optional.of(configuration.site().known()));
  }

  public EventFormat format() {
    return format;
  }

  public PhonePasswords passwords() {
    return passwords;
  }

  public SiteEstimates estimates() {
    return estimates;
  }

  public ProjectionRunner views() {
    return views;
  }

  public SipEdge edge() {
    return edge;
  }

  /**
   * Returns when this node is a member of its cluster no more.
   *
   * @return whether that came over it, rather than by {@link #close}
   */
  public boolean awaitEnd() {
    node.system().getWhenTerminated().toCompletableFuture().join();
    return !closing;
  }

  @Override
  public void close() {
    closing = true;
    close(parts);
  }

  /** The latest first. */
  private static void close(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop in order: {}", part.getClass().getSimpleName(), e.toString());
      }
    }
  }
}
