package org.switchwright.server.outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Personal;
import org.switchwright.http.query.CustomerRecords;
import org.switchwright.server.configuration.CustomerRecordSettings;

/**
 * Fetches records of customers by HTTP. Each is fetched once for a call, and again where what is
 * attached to the call becomes another key, or a while after it failed. Nothing of it is logged.
 */
final class HttpCustomerRecords implements CustomerRecords, AutoCloseable {
  /** Look-ups that are remembered; the oldest is forgotten, and made again if asked for. */
  static final int MAX_KNOWN = 2_000;

  /** Look-ups under way at once; one more fails. */
  static final int MAX_UNDER_WAY = 64;

  /** When a look-up that failed is made again, if somebody asks. */
  static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int MAX_FIELD_CHARS = 256;

  /** As the JDK says that an answer is longer than it may be: there is no class for that. */
  private static final String TOO_LONG = "exceeds capacity";

  private static final Pattern KEY = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]{0,31})}");

  private final CustomerRecordSettings settings;
  private final InstantSource clock;
  private final JsonMapper mapper = new JsonMapper();
  private final HttpClient http;
  private final Map<Asked, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Known> eldest) {
          return size() > MAX_KNOWN;
        }
      };
  private int underWay;

  private record Asked(CallId call, URI url) {}

  private record Known(Lookup lookup, Instant at) {
    boolean isStale(Instant now) {
      return lookup instanceof Lookup.Failed && at.plus(AGAIN_AFTER).isBefore(now);
    }
  }

  HttpCustomerRecords(CustomerRecordSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Lookup of(CallId call, SortedMap<String, Personal> attached) {
    Optional<URI> url = url(settings.url(), attached);
    return url.map(it -> lookup(new Asked(call, it))).orElseGet(Lookup.None::new);
  }

  private synchronized Lookup lookup(Asked asked) {
    Known before = known.get(asked);
    if (before != null && !before.isStale(clock.instant())) {
      return before.lookup();
    }
    if (underWay >= MAX_UNDER_WAY) {
      return remember(
          asked, new Lookup.Failed("Expected at most " + MAX_UNDER_WAY + " look-ups at once"));
    }
    underWay++;
    fetch(asked);
    return remember(asked, new Lookup.Pending());
  }

  private synchronized Lookup remember(Asked asked, Lookup lookup) {
    known.put(asked, new Known(lookup, clock.instant()));
    return lookup;
  }

  private synchronized void done(Asked asked, Lookup lookup) {
    underWay--;
    remember(asked, lookup);
  }

  private void fetch(Asked asked) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(asked.url())
            .header("Accept", "application/json")
            .timeout(settings.timeLimit());
    settings.secret().ifPresent(secret -> request.header(secret.header(), secret.value()));
    var body =
        HttpResponse.BodyHandlers.limiting(
            HttpResponse.BodyHandlers.ofByteArray(), settings.maxBytes());
    var _ =
        http.sendAsync(request.build(), body)
            .orTimeout(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS)
            .handle((answer, failure) -> failure == null ? read(answer) : failed(failure))
            .thenAccept(lookup -> done(asked, lookup));
  }

  private Lookup failed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
        return new Lookup.Failed(
            "Expected an answer within " + settings.timeLimit().toMillis() + " ms, but none came");
      }
      if (String.valueOf(cause.getMessage()).contains(TOO_LONG)) {
        return new Lookup.Failed(
            "Expected at most " + settings.maxBytes() + " bytes, but there are more");
      }
    }
    return new Lookup.Failed(
        "Expected the system that has the records to answer, but it cannot be reached");
  }

  private Lookup read(HttpResponse<byte[]> answer) {
    if (answer.statusCode() == 404) {
      return new Lookup.Failed("Expected a record of this customer, but there is none");
    }
    if (answer.statusCode() != 200) {
      return new Lookup.Failed("Expected status 200, but got " + answer.statusCode());
    }
    JsonNode record;
    try {
      record = mapper.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return new Lookup.Failed("Expected the record as JSON, but got something else");
    } catch (IOException e) {
      return new Lookup.Failed("Expected the record as JSON, but could not read it");
    }
    TreeMap<String, String> fields = new TreeMap<>();
    settings
        .fields()
        .forEach((name, pointer) -> {
          JsonNode value = record.at(JsonPointer.compile(pointer));
          if (value.isValueNode() && !value.isNull()) {
            String text = value.asText();
            fields.put(name, text.substring(0, Math.min(text.length(), MAX_FIELD_CHARS)));
          }
        });
    return new Lookup.Found(fields);
  }

  /** Empty where something is not attached that is needed, or was erased, or can be no key. */
  static Optional<URI> url(String template, SortedMap<String, Personal> attached) {
    var names = KEY.matcher(template);
    StringBuilder url = new StringBuilder();
    while (names.find()) {
      Personal value = attached.get(names.group(1));
      String text = value == null ? "" : value.text().orElse("");
      // What a path would take for a step, and not for a name.
      if (text.isBlank() || text.matches("\\.{1,2}")) {
        return Optional.empty();
      }
      names.appendReplacement(url, Matcher.quoteReplacement(encoded(text)));
    }
    return Optional.of(URI.create(names.appendTail(url).toString()));
  }

  /** RFC 3986, section 2.1: everything but unreserved characters. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.getBytes(UTF_8)) {
      char character = (char) (one & 0xff);
      if (String.valueOf(character).matches("[A-Za-z0-9._~-]")) {
        encoded.append(character);
      } else {
        encoded.append("%%%02X".formatted(one & 0xff));
      }
    }
    return encoded.toString();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
