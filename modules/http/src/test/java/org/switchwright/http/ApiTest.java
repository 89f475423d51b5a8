package org.switchwright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** HTTP of a site of fixed figures; what is said by it is held against its description. */
abstract class ApiTest {
  static final String DESCRIPTION =
      Objects.requireNonNull(HttpEdge.class.getResource("openapi.yaml")).toString();
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createForSpecificationUrl(DESCRIPTION)
          .withLevelResolver(
              LevelResolver.create()
                  // Absent members and added ones are both within a version's promise.
                  .withLevel(
                      "validation.response.body.schema.additionalProperties",
                      ValidationReport.Level.IGNORE)
                  .build())
          .build();
  static ActorSystem<Void> system;

  final HttpClient client = HttpClient.newHttpClient();
  SiteForTests site;
  HttpEdge edge;

  @BeforeAll
  static void startSystem() {
    system = ActorSystem.create(Behaviors.empty(), "http-test");
  }

  @AfterAll
  static void stopSystem() {
    system.terminate();
  }

  @BeforeEach
  void start() {
    site = new SiteForTests();
    edge = HttpEdge.start(system, HttpSettings.of("127.0.0.1", 0), site.ports());
  }

  @AfterEach
  void stop() {
    client.close();
    edge.close();
  }

  static void assertProblem(HttpResponse<String> response, int status, String name) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("application/problem+json"));
    assertThat(response.body()).contains("urn:switchwright:problem:" + name + "\"");
  }

  /** Sends with the token and validates both ways. */
  final HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpResponse<String> response = raw(method, path, body, "application/json");
    URI uri = URI.create(path);
    SimpleRequest.Builder request =
        new SimpleRequest.Builder(method, uri.getPath())
            .withHeader("Authorization", "Bearer " + SiteForTests.TOKEN);
    if (uri.getQuery() != null) {
      for (String pair : uri.getQuery().split("&")) {
        request.withQueryParam(pair.split("=")[0], pair.split("=")[1]);
      }
    }
    if (!body.isEmpty()) {
      request.withContentType("application/json").withBody(body);
    }
    SimpleResponse.Builder answer = SimpleResponse.Builder.status(response.statusCode());
    response.headers().map().forEach((name, values) -> answer.withHeader(name, values));
    answer.withBody(response.body());
    ValidationReport report =
        response.statusCode() < 400
            ? VALIDATOR.validate(request.build(), answer.build())
            : VALIDATOR.validateResponse(
                uri.getPath(), Request.Method.valueOf(method), answer.build());
    assertThat(report.getMessages()).isEmpty();
    return response;
  }

  final HttpResponse<String> raw(String method, String path, String body, String type)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + SiteForTests.TOKEN)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  final URI uri(String path) {
    return URI.create("http://127.0.0.1:" + edge.address().getPort() + path);
  }
}
