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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Personal;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.DataCommand;
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
  private final CallIntake calls;
  private final PersonalKeys keys;
  private final JsonMapper mapper = new JsonMapper();
  private final DataForm data = new DataForm(mapper);
  private final HttpClient http;

  /**
   * @param home where the sites of this data center are told
   * @param calls where their calls are
   * @param keys for addresses, which nobody else is to know
   */
  public ElsewhereCalls(
      List<WatchedSite> sites, AgentIntake home, CallIntake calls, PersonalKeys keys) {
    sites.forEach(site -> {
      this.sites.put(site.site(), site);
      underWay.put(site.site(), new Semaphore(MAX_UNDER_WAY));
    });
    this.home = home;
    this.calls = calls;
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
      case Call.Forget _, DataCommand.KeepInStep _ when to == null -> {}
      case DataCommand.KeepInStep keep -> keepInStep(to, it.call(), keep);
      case Call.Forget _ ->
          send(to, request(to, it.call().value()).DELETE().build(), MAX_BODY, _ -> {});
    }
  }

  private void expect(WatchedSite to, CallId call, Call.Expect expect) {
    HttpRequest request =
        request(to, call.value())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(expect)))
            .build();
    send(to, request, MAX_BODY, answer -> answered(to, expect, answer));
  }

  /** The other site answers with what it knows and what was changed there; the call hears of it. */
  private void keepInStep(WatchedSite to, CallId call, DataCommand.KeepInStep keep) {
    HttpRequest request =
        request(to, call + "/data")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(data.write(keep)))
            .build();
    send(
        to,
        request,
        DataForm.MAX_ANSWER,
        answer -> {
          if (answer.statusCode() == 200) {
            data.read(to.site(), call, keep, answer.body())
                .ifPresent(
                    it -> note(calls.submit(keep.origin().call(), it), keep.origin().home()));
          } else {
            LOG.debug("Site {} was told nothing of a call: {}", to.site(), answer.statusCode());
          }
        });
  }

  private static HttpRequest.Builder request(WatchedSite to, String path) {
    return HttpRequest.newBuilder(URI.create(to.url() + "/api/v1/expected-calls/" + path))
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
    body.put("version", it.version());
    it.caller().text().ifPresent(caller -> body.put("caller", caller));
    DataForm.write(it.attached(), body.putObject("attached"));
    return body.toString();
  }

  private void send(
      WatchedSite to, HttpRequest request, int maxAnswer, Consumer<HttpResponse<String>> answered) {
    Semaphore bound = Objects.requireNonNull(underWay.get(to.site()));
    if (!bound.tryAcquire()) {
      LOG.debug("More calls for {} than may be under way at once", to.site());
      return;
    }
    var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), maxAnswer);
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
    note(home.submit(expect.origin().home(), command), expect.origin().home());
  }

  private static void note(CompletionStage<CallIntake.Receipt> told, SiteId home) {
    var _ =
        told.whenComplete((_, failure) -> {
          if (failure != null) {
            LOG.debug("Site {} was not told: {}", home, failure.toString());
          }
        });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
