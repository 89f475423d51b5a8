package org.switchwright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Who may follow a site, and what a controller that may do so gets. */
class LinksTest extends ApiTest {
  @Test
  void shouldAdmitAndDismissControllers() throws Exception {
    HttpResponse<String> made = send("POST", "/api/v1/status/links", "{\"name\":\"hq\"}");

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.body()).contains("token-of-hq", "berlin");
    assertThat(send("GET", "/api/v1/status/links", "").body()).contains("hq");
    assertThat(send("DELETE", "/api/v1/status/links/hq", "").statusCode()).isEqualTo(200);
    assertProblem(send("DELETE", "/api/v1/status/links/hq", ""), 404, "not-found");
    assertProblem(send("POST", "/api/v1/status/links", "{\"name\":\"a b\"}"), 400, "bad-request");
    assertProblem(send("POST", "/api/v1/status/links", "{}"), 400, "bad-request");
  }

  /** A link's token opens what a controller needs, and nothing else. */
  @Test
  void shouldLetAControllerFollowAndNothingElse() throws Exception {
    for (String path :
        new String[] {"/api/v1/calls", "/api/v1/events", "/api/v1/status/links", "/metrics"}) {
      assertProblem(asLink(path), 403, "forbidden");
    }
    assertThat(asLink("/api/v1/status/heartbeat").statusCode()).isEqualTo(200);
    assertThat(asLink("/health/live").statusCode()).isEqualTo(200);
    assertProblem(asLink("/api/v1/status/events?type=call."), 400, "bad-request");
  }

  private HttpResponse<String> asLink(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + SiteForTests.LINK_TOKEN)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
