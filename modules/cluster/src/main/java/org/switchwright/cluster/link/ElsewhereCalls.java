package org.switchwright.cluster.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Personal;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.site.Site;

/**
 * Tells other sites over HTTP of calls that may come to them, and a call's own site what they say.
 * What gets no answer is told again by whoever owes it.
 */
public final class ElsewhereCalls implements Consumer<Effect.TellElsewhere>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ElsewhereCalls.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int MAX_BODY = 4_096;

  /** To one site at once; what is more is told again later. */
  private static final int MAX_UNDER_WAY = 256;

  private static final Pattern ADDRESS =
      Pattern.compile("sip:[A-Za-z0-9._-]{1,200}@[A-Za-z0-9.:\\[\\]-]{1,260}");

  private final SortedMap<SiteId, WatchedSite> sites = new TreeMap<>();
  private final Map<SiteId, Semaphore> underWay = new ConcurrentHashMap<>();
  private final AgentIntake home;
  private final PersonalKeys keys;
  private final JsonMapper mapper = new JsonMapper();
  private final HttpClient http;

  /**
   * @param home where the sites of this data center are told
   * @param keys for addresses, which nobody else is to know
   */
  public ElsewhereCalls(List<WatchedSite> sites, AgentIntake home, PersonalKeys keys) {
    sites.forEach(site -> {
      this.sites.put(site.site(), site);
      underWay.put(site.site(), new Semaphore(MAX_UNDER_WAY));
    });
    this.home = home;
    this.keys = keys;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public void accept(Effect.TellElsewhere it) {
    WatchedSite to = sites.get(it.site());
    switch (it.command()) {
      case Call.Expect expect when to == null || expect.caller().text().isEmpty() ->
          refused(expect);
      case Call.Expect expect -> expect(to, it.call(), expect);
      case Call.Forget _ when to == null -> {}
      case Call.Forget _ -> send(to, request(to, it.call()).DELETE().build(), _ -> {});
    }
  }

  private void expect(WatchedSite to, CallId call, Call.Expect expect) {
    HttpRequest request =
        request(to, call)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(expect)))
            .build();
    send(to, request, answer -> answered(to, expect, answer));
  }

  private static HttpRequest.Builder request(WatchedSite to, CallId call) {
    return HttpRequest.newBuilder(URI.create(to.url() + "/api/v1/expected-calls/" + call))
        .header("Authorization", "Bearer " + to.token())
        .timeout(ANSWER);
  }

  private String body(Call.Expect it) {
    ObjectNode body = mapper.createObjectNode();
    body.put("home", it.origin().home().value());
    body.put("call", it.origin().call().value());
    body.put("number", it.origin().number());
    body.put("interaction", it.interaction().value());
    body.put("point", it.point().value());
    body.put("waitedMs", it.waited().toMillis());
    body.put("lastsMs", it.lasts().toMillis());
    it.caller().text().ifPresent(caller -> body.put("caller", caller));
    ObjectNode attached = body.putObject("attached");
    it.attached()
        .forEach((name, value) -> value.text().ifPresent(text -> attached.put(name, text)));
    return body.toString();
  }

  private void send(WatchedSite to, HttpRequest request, Consumer<HttpResponse<String>> answered) {
    Semaphore bound = Objects.requireNonNull(underWay.get(to.site()));
    if (!bound.tryAcquire()) {
      LOG.debug("More calls for {} than may be under way at once", to.site());
      return;
    }
    var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_BODY);
    var _ =
        http.sendAsync(request, body)
            .whenComplete((answer, failure) -> {
              bound.release();
              if (failure == null) {
                answered.accept(answer);
              } else {
                LOG.debug("Site {} was not told of a call: {}", to.site(), failure.toString());
              }
            });
  }

  private void answered(WatchedSite to, Call.Expect expect, HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status >= 500 || status == 429) {
      return;
    }
    Optional<String> address = status == 200 ? address(answer.body(), "address") : Optional.empty();
    if (address.isEmpty()) {
      LOG.info("Site {} does not expect a call: {}", to.site(), status);
      refused(expect);
      return;
    }
    tell(
        expect,
        new Site.Enlisted(
            expect.origin().call(),
            to.site(),
            expect.origin().number(),
            hidden(to, address.get()),
            address(answer.body(), "standing").map(standing -> hidden(to, standing))));
  }

  /** Nothing about a person; but whoever knows an address may call there. */
  private Personal hidden(WatchedSite site, String address) {
    return Personal.of(keys.named("site." + site.site()), address);
  }

  private Optional<String> address(String body, String which) {
    try {
      return Optional.of(mapper.readTree(body).path(which).asText())
          .filter(text -> ADDRESS.matcher(text).matches());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void refused(Call.Expect it) {
    tell(it, new Site.NotEnlisted(it.origin().call(), it.site(), it.origin().number()));
  }

  private void tell(Call.Expect expect, Site.Command command) {
    var _ =
        home.submit(expect.origin().home(), command)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                LOG.debug("Site {} was not told: {}", expect.origin().home(), failure.toString());
              }
            });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
