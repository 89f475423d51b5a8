package org.switchwright.server.outside;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.CallHistory;
import org.switchwright.cluster.view.LiveCalls;
import org.switchwright.cluster.view.Page;
import org.switchwright.cluster.view.QueueStates;
import org.switchwright.cluster.view.SiteStates;
import org.switchwright.cluster.view.StrategyVersions;
import org.switchwright.domain.CallId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.statistics.Interval;
import org.switchwright.http.query.AgentStatus;
import org.switchwright.http.query.AsOf;
import org.switchwright.http.query.CallStatus;
import org.switchwright.http.query.Listing;
import org.switchwright.http.query.LiveCall;
import org.switchwright.http.query.PageRequest;
import org.switchwright.http.query.PastCall;
import org.switchwright.http.query.QueueStatus;
import org.switchwright.http.query.SiteQueries;
import org.switchwright.http.query.SiteStatus;
import org.switchwright.http.query.StrategyStatus;

/** Answers from the read models. */
final class ViewQueries implements SiteQueries {
  private final SiteStates sites;
  private final QueueStates queues;
  private final AgentStates agents;
  private final LiveCalls liveCalls;
  private final CallHistory history;
  private final ZoneId zone;
  private final StrategyVersions strategies;
  private final SiteId site;
  private final IntSupplier nodes;
  private final InstantSource clock;

  /**
   * @param site whose strategies are told
   * @param zone in which the site's days begin
   * @param nodes how many nodes of the cluster are up
   */
  ViewQueries(DataSource source, SiteId site, ZoneId zone, IntSupplier nodes, InstantSource clock) {
    this.sites = new SiteStates(source);
    this.queues = new QueueStates(source);
    this.agents = new AgentStates(source);
    this.liveCalls = new LiveCalls(source);
    this.history = new CallHistory(source);
    this.zone = zone;
    this.strategies = new StrategyVersions(source);
    this.site = site;
    this.nodes = nodes;
    this.clock = clock;
  }

  @Override
  public Listing<SiteStatus> sites() {
    SiteStates.SiteReport read = Asked.of(sites::read);
    int up = nodes.getAsInt();
    List<SiteStatus> lines =
        read.sites().stream()
            .map(it ->
                new SiteStatus(
                    it.site().value(),
                    up,
                    it.queues(),
                    it.agents(),
                    it.loggedIn(),
                    it.ready(),
                    it.waiting(),
                    it.talking()))
            .toList();
    return new Listing<>(asOf(read.asOf()), lines, Optional.empty());
  }

  @Override
  public Listing<StrategyStatus> strategies() {
    return strategies(Asked.of(() -> strategies.of(site)), false);
  }

  @Override
  public Listing<StrategyStatus> strategy(StrategyId strategy) {
    return strategies(Asked.of(() -> strategies.of(site, strategy)), true);
  }

  private static Listing<StrategyStatus> strategies(
      StrategyVersions.StrategyReport read, boolean texts) {
    List<StrategyStatus> versions =
        read.versions().stream()
            .map(it ->
                new StrategyStatus(
                    it.strategy().value(),
                    it.version(),
                    it.active(),
                    it.points(),
                    it.at(),
                    it.by(),
                    it.why(),
                    texts ? Optional.of(it.text()) : Optional.empty(),
                    texts ? Optional.of(it.files()) : Optional.empty()))
            .toList();
    return new Listing<>(asOf(read.asOf()), versions, Optional.empty());
  }

  /** A site has at most a thousand queues, so there is one page. */
  @Override
  public Listing<QueueStatus> queues(PageRequest page) {
    if (page.after().isPresent()) {
      throw new IllegalArgumentException("Expected no second page of queues");
    }
    Instant today = Interval.today(clock.instant(), zone).from();
    QueueStates.QueueReport report = Asked.of(() -> queues.read(today));
    return new Listing<>(
        asOf(report.asOf()),
        report.queues().stream().map(ViewQueries::queue).toList(),
        Optional.empty());
  }

  @Override
  public Listing<AgentStatus> agents(PageRequest page) {
    return listing(Asked.of(() -> agents.page(page.after(), page.limit())), ViewQueries::agent);
  }

  @Override
  public Listing<LiveCall> liveCalls(PageRequest page) {
    return listing(Asked.of(() -> liveCalls.page(page.after(), page.limit())), ViewQueries::live);
  }

  @Override
  public Listing<PastCall> history(PageRequest page) {
    return listing(
        Asked.of(() -> history.page(CallHistory.Filter.OVER, page.after(), page.limit())),
        ViewQueries::past);
  }

  @Override
  public Optional<CallStatus> call(CallId call) {
    AsOf asOf = asOf(Asked.of(() -> liveCalls.page(Optional.empty(), 1)).asOf());
    Optional<LiveCall> live = Asked.of(() -> liveCalls.find(call)).map(ViewQueries::live);
    if (live.isPresent()) {
      return Optional.of(new CallStatus(asOf, live, Optional.empty()));
    }
    return Asked.of(() -> history.find(call))
        .map(ViewQueries::past)
        .map(past -> new CallStatus(asOf, Optional.empty(), Optional.of(past)));
  }

  private static QueueStatus queue(QueueStates.QueueNow it) {
    return new QueueStatus(
        it.queue().value(),
        it.site().value(),
        it.waiting(),
        it.oldestArrivedAt(),
        it.loggedIn(),
        it.ready(),
        new QueueStatus.Today(
            it.totals().offered(),
            it.totals().answered(),
            it.totals().abandoned(),
            it.totals().overflowed()));
  }

  private static AgentStatus agent(AgentStates.AgentNow it) {
    SortedMap<String, Integer> skills = new TreeMap<>();
    it.skills().forEach((skill, level) -> skills.put(skill.value(), level));
    return new AgentStatus(
        it.agent().value(),
        it.site().map(Object::toString).orElse(""),
        Words.of(it.wish()),
        it.reason(),
        it.station(),
        Words.of(it.work()),
        it.since(),
        it.call().map(CallId::value),
        skills);
  }

  private static LiveCall live(LiveCalls.LiveCall it) {
    return new LiveCall(
        it.call().value(),
        it.interaction().value(),
        it.site().value(),
        it.point().value(),
        it.queue().map(Object::toString),
        Words.of(it.state()),
        it.since(),
        it.arrivedAt(),
        boxed(it.position()),
        it.agent().map(Object::toString),
        it.offers(),
        it.ringing().stream().map(Object::toString).toList());
  }

  private static PastCall past(CallHistory.PastCall it) {
    return new PastCall(
        it.call().value(),
        it.interaction().value(),
        it.site().value(),
        it.point().value(),
        it.queue().map(Object::toString),
        it.agent().map(Object::toString),
        it.arrivedAt(),
        it.answeredAt(),
        it.endedAt(),
        it.outcome().map(Words::of),
        it.cause().map(Words::of),
        it.endedBy().map(Words::of),
        it.offers(),
        it.waited().map(waited -> waited.toMillis()),
        it.talked().map(talked -> talked.toMillis()));
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  private static <A, B> Listing<B> listing(Page<A> page, Function<A, B> form) {
    return new Listing<>(asOf(page.asOf()), page.rows().stream().map(form).toList(), page.next());
  }

  static AsOf asOf(org.switchwright.cluster.view.AsOf it) {
    return new AsOf(it.at(), Optional.of(it.cursor().text()));
  }
}
