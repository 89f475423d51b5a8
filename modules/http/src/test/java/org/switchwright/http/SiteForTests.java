package org.switchwright.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.site.Site;
import org.switchwright.http.query.AccessTokens;
import org.switchwright.http.query.AgentStatus;
import org.switchwright.http.query.AsOf;
import org.switchwright.http.query.CallExplanation;
import org.switchwright.http.query.CallStatus;
import org.switchwright.http.query.CallStories;
import org.switchwright.http.query.CallTimeline;
import org.switchwright.http.query.Erasure;
import org.switchwright.http.query.EventFeed;
import org.switchwright.http.query.HandoverAddresses;
import org.switchwright.http.query.Health;
import org.switchwright.http.query.Heartbeat;
import org.switchwright.http.query.LinkTokens;
import org.switchwright.http.query.Listing;
import org.switchwright.http.query.LiveCall;
import org.switchwright.http.query.NetworkQueries;
import org.switchwright.http.query.NetworkSite;
import org.switchwright.http.query.PageRequest;
import org.switchwright.http.query.PastCall;
import org.switchwright.http.query.QueueStatus;
import org.switchwright.http.query.SiteQueries;
import org.switchwright.http.query.SiteStatus;
import org.switchwright.http.query.StrategyStatus;

/** A site of fixed figures that records what it is told, and a journal in memory. */
final class SiteForTests
    implements SiteQueries, CallStories, Erasure, Health, AgentIntake, CallIntake {
  static final String TOKEN = "right";
  static final String LINK_TOKEN = "link";
  static final String AGENT_TOKEN = "agent";
  static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
  private static final AsOf AS_OF = new AsOf(AT, Optional.of("1"));
  private static final LiveCall LIVE =
      new LiveCall(
          "c1",
          "i-c1",
          "berlin",
          "sales",
          Optional.of("sales"),
          "waiting",
          AT,
          AT,
          Optional.of(1),
          Optional.empty(),
          0,
          List.of());
  private static final PastCall PAST =
      new PastCall(
          "c0",
          "i-c0",
          "berlin",
          "sales",
          Optional.of("sales"),
          Optional.of("agent-01"),
          AT,
          Optional.of(AT.plusSeconds(3)),
          Optional.of(AT.plusSeconds(9)),
          Optional.of("served"),
          Optional.of("hung-up"),
          Optional.of("caller"),
          1,
          Optional.of(3_000L),
          Optional.of(6_000L));

  final List<Object> told = new CopyOnWriteArrayList<>();
  final MemoryFeed feed = new MemoryFeed();
  final DesktopsForTests desktops = new DesktopsForTests(feed);
  volatile CompletionStage<Receipt> receipt = CompletableFuture.completedStage(new Receipt.Taken());
  volatile boolean healthy = true;
  volatile boolean broken;

  volatile boolean dismissed;

  final HistoriesForTests histories = new HistoriesForTests();
  final SchedulesForTests schedules = new SchedulesForTests();

  /** One site that is cut off, and one that was never heard. */
  final NetworkQueries network =
      new NetworkQueries() {
        @Override
        public Listing<NetworkSite> sites() {
          NetworkSite cut =
              new NetworkSite(
                  "hamburg",
                  new NetworkSite.Link(
                      "down",
                      Optional.of(AT),
                      Optional.of("silent"),
                      Optional.of(AT),
                      Optional.of(-90_000L),
                      17,
                      3,
                      Optional.empty()),
                  new NetworkSite.Sent(1, 2, "failed", 3, Optional.of(AT)),
                  "estimated",
                  Optional.of(AT),
                  Optional.of(4_000L),
                  Optional.of(6),
                  Optional.of(5),
                  Optional.of(1),
                  Optional.of(2),
                  Optional.of(3),
                  List.of(new NetworkSite.OfQueue("sales", 2, Optional.of(AT), 1, 3)),
                  Optional.of(
                      new NetworkSite.Estimate(
                          AT,
                          AT.plusSeconds(4),
                          8,
                          true,
                          true,
                          List.of(new NetworkSite.Figure("busy", "agents", 3, 2.5, 3, 1.2, 4.4)))),
                  Optional.of(
                      new NetworkSite.Score(
                          AT,
                          8,
                          false,
                          true,
                          List.of(
                              new NetworkSite.ScoredFigure(
                                  "waiting", "calls", 15, 2.5, 3, 1.2, 4.4, 2)))));
          NetworkSite unheard =
              new NetworkSite(
                  "munich",
                  new NetworkSite.Link(
                      "unheard",
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      0,
                      0,
                      Optional.empty()),
                  new NetworkSite.Sent(0, 0, "open", 0, Optional.empty()),
                  "unknown",
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of(),
                  Optional.empty(),
                  Optional.empty());
          return new Listing<>(AS_OF, List.of(cut, unheard), Optional.empty());
        }

        @Override
        public Heartbeat heartbeat() {
          return new Heartbeat("berlin", AT, 17, "a1");
        }
      };

  /** Admits one controller at a time. */
  final LinkTokens links =
      new LinkTokens() {
        private Optional<Admitted> one = Optional.empty();

        @Override
        public List<Admitted> admitted() {
          return one.stream().toList();
        }

        @Override
        public String admit(String name) {
          one = Optional.of(new Admitted(name, AT));
          return "token-of-" + name;
        }

        @Override
        public boolean dismiss(String name) {
          boolean there = one.filter(it -> it.name().equals(name)).isPresent();
          one = Optional.empty();
          return there;
        }
      };

  HttpPorts ports() {
    AccessTokens tokens =
        new AccessTokens() {
          @Override
          public Optional<Role> roleOf(String token) {
            return switch (token) {
              case TOKEN -> Optional.of(Role.ADMINISTRATOR);
              case LINK_TOKEN -> dismissed ? Optional.empty() : Optional.of(Role.LINK);
              case AGENT_TOKEN -> Optional.of(Role.AGENT);
              default -> Optional.empty();
            };
          }

          @Override
          public Optional<AgentId> agentOf(String token) {
            return token.equals(AGENT_TOKEN)
                ? Optional.of(new AgentId("agent-01"))
                : Optional.empty();
          }
        };
    return new HttpPorts(
        new SiteId("berlin"),
        List.of("break", "lunch"),
        this,
        new StatisticsForTests(),
        this,
        feed,
        this,
        this,
        tokens,
        network,
        histories,
        schedules,
        links,
        desktops,
        desktops,
        desktops,
        this,
        this,
        source ->
            source.text().equals("faulty")
                ? new StrategyCompiler.Outcome.Faulty(
                    List.of(new StrategyCompiler.Fault("strategy:1:1", "name", "expected a name")))
                : new StrategyCompiler.Outcome.Sound(new NoStrategy()),
        Optional.of("sip:conf-{call}@127.0.0.9"),
        new PersonalKeys() {
          @Override
          public KeyId issue() {
            return new KeyId("k");
          }

          @Override
          public KeyId named(String subject) {
            return new KeyId(subject);
          }
        },
        new HandoverAddresses() {
          @Override
          public String of(CallId expected) {
            return "sip:x." + expected + ".signature@127.0.0.1:5060";
          }

          @Override
          public String of(RoutingPointId point) {
            return "sip:y.1." + point + ".signature@127.0.0.1:5060";
          }
        },
        () -> "switchwright_up 1\n",
        InstantSource.fixed(AT));
  }

  @Override
  public Listing<SiteStatus> sites() {
    return listing(new SiteStatus("berlin", 1, 3, 6, 4, 2, 1, 2));
  }

  @Override
  public Listing<QueueStatus> queues(PageRequest page) {
    if (broken) {
      throw new IllegalStateException("secret of a stranger");
    }
    return listing(
        new QueueStatus(
            "sales", "berlin", 1, Optional.of(AT), 2, 1, new QueueStatus.Today(5, 3, 1, 0)));
  }

  @Override
  public Listing<AgentStatus> agents(PageRequest page) {
    TreeMap<String, Integer> skills = new TreeMap<>();
    skills.put("sales", 8);
    return listing(
        new AgentStatus(
            "agent-01",
            "berlin",
            "not-ready",
            Optional.of("break"),
            true,
            "free",
            AT,
            Optional.empty(),
            skills));
  }

  private static final StrategyStatus STRATEGY =
      new StrategyStatus(
          "support",
          2,
          true,
          List.of("1000"),
          AT,
          "ann",
          "Christmas",
          Optional.of("name = support"),
          Optional.of(new TreeMap<>()));

  @Override
  public Listing<StrategyStatus> strategies() {
    return listing(STRATEGY);
  }

  @Override
  public Listing<StrategyStatus> strategy(StrategyId strategy) {
    return strategy.value().equals("support")
        ? listing(STRATEGY)
        : new Listing<>(AS_OF, List.of(), Optional.empty());
  }

  @Override
  public Listing<LiveCall> liveCalls(PageRequest page) {
    return listing(LIVE);
  }

  @Override
  public Listing<PastCall> history(PageRequest page) {
    if (page.after().isPresent() && !page.after().get().equals("page-2")) {
      throw new IllegalArgumentException("Expected a key");
    }
    return new Listing<>(
        AS_OF, List.of(PAST), page.after().isPresent() ? Optional.empty() : Optional.of("page-2"));
  }

  @Override
  public Optional<CallStatus> call(CallId call) {
    return call.value().equals("c0")
        ? Optional.of(new CallStatus(AS_OF, Optional.empty(), Optional.of(PAST)))
        : Optional.empty();
  }

  @Override
  public Optional<CallTimeline> timeline(CallId call, boolean clear) {
    told.add("timeline clear=" + clear);
    return Optional.of(
        new CallTimeline(
            call.value(),
            "i-" + call,
            "berlin",
            AT,
            clear ? Optional.of("a caller") : Optional.empty(),
            List.of(
                new CallTimeline.Moment(
                    "1",
                    AT,
                    0,
                    "site|berlin",
                    "site.agent-reserved/1",
                    "It was offered to agent-01.",
                    Optional.of(choice()))),
            true,
            List.of(new CallTimeline.Rung(AT, 0, "in", "INVITE", 0, 1, true)),
            "caller | switchwright | agent"));
  }

  @Override
  public Optional<CallExplanation> explanation(CallId call) {
    return Optional.of(new CallExplanation(call.value(), List.of("Because."), List.of(choice())));
  }

  @Override
  public Outcome erase(InteractionId interaction) {
    return switch (interaction.value()) {
      case "i-c0" -> Outcome.ERASED;
      case "i-c1" -> Outcome.LIVE;
      default -> Outcome.UNKNOWN;
    };
  }

  @Override
  public List<Check> checks() {
    return List.of(new Check("database", healthy, healthy ? "answers" : "does not answer"));
  }

  @Override
  public CompletionStage<Receipt> submit(AgentId agent, Agent.Command command) {
    told.add(command);
    return agent.value().equals("nobody")
        ? CompletableFuture.completedStage(
            new Receipt.Refused(Decision.Reason.UNKNOWN_AGENT, "Expected another"))
        : receipt;
  }

  @Override
  public CompletionStage<Receipt> submit(SiteId site, Site.Command command) {
    told.add(command);
    return receipt;
  }

  @Override
  public CompletionStage<Receipt> submit(CallId call, Call.Command command) {
    told.add(command);
    return call.value().equals("c9")
        ? CompletableFuture.completedStage(
            new Receipt.Refused(Decision.Reason.UNKNOWN_CALL, "Expected another"))
        : receipt;
  }

  private static CallExplanation.Choice choice() {
    return new CallExplanation.Choice(
        AT,
        1,
        "sales",
        "agent-01",
        "longest-idle",
        0,
        "Nobody was idle for longer.",
        List.of(new CallExplanation.Considered("agent-01", "chosen", "Idle for 3 s.")),
        0,
        List.of(
            new CallExplanation.Site(
                "berlin",
                AT,
                "estimated",
                Optional.of(12_000L),
                Optional.of(2),
                Optional.of(0),
                Optional.of(15_000L),
                Optional.of(
                    new CallExplanation.Estimate(
                        8,
                        false,
                        true,
                        new CallExplanation.Range(3, 2, 4),
                        new CallExplanation.Range(2, 0, 3),
                        new CallExplanation.Range(0, 0, 5),
                        Optional.of(new CallExplanation.Range(9_000, 0, 60_000)))),
                "Site berlin was asked too: 2 agents ready, estimated 12 s ago.")),
        Optional.of("accepted"));
  }

  private static <T> Listing<T> listing(T item) {
    return new Listing<>(AS_OF, List.of(item), Optional.empty());
  }

  /** A journal whose cursors are counts. */
  static final class MemoryFeed implements EventFeed {
    private final List<Event> events = new ArrayList<>();

    synchronized void add(int count, String type) {
      for (int i = 0; i < count; i++) {
        events.add(
            new Event(
                Integer.toString(events.size() + 1),
                type,
                AT,
                "call|c1",
                "{\"number\":" + (events.size() + 1) + "}"));
      }
    }

    @Override
    public synchronized Read read(String after, Filter filter, int limit) {
      int from = Integer.parseInt(after);
      if (from > events.size()) {
        return new Read.StartOver("0");
      }
      List<Event> seen = events.subList(from, Math.min(events.size(), from + limit));
      List<Event> fitting =
          seen.stream()
              .filter(it -> filter.type().map(it.type()::startsWith).orElse(true))
              .toList();
      return new Read.Events(fitting, Integer.toString(from + seen.size()));
    }

    @Override
    public String start() {
      return "0";
    }

    @Override
    public synchronized String head() {
      return Integer.toString(events.size());
    }
  }
}
