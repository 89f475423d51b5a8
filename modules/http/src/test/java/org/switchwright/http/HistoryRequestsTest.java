package org.switchwright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.SiteMonitor;

/** What is told of sites' past, and what is taken of it. */
class HistoryRequestsTest extends ApiTest {
  private static final String PATH = "/api/v1/network/hamburg/history";

  @Test
  void shouldTellWhatIsKnown() throws Exception {
    assertThat(send("GET", PATH, "").body())
        .contains("\"zone\":\"UTC\"", "\"firstDay\":\"1970-01-01\"", "\"loaded\":2");
    assertThat(send("GET", PATH + "/1970-01-01", "").body())
        .contains("\"source\":\"loaded\"", "\"answeredMs\":2000", "\"next\":1");
    assertThat(send("GET", PATH + "/1970-01-01?after=1", "").body())
        .contains("\"headStartMs\":90000")
        .doesNotContain("answeredMs", "agent", "next");
    assertThat(send("GET", PATH + "/1970-01-02", "").body()).contains("\"source\":\"none\"");
  }

  @Test
  void shouldTakeCallsOfALog() throws Exception {
    String body =
        """
        {"zone": "Europe/Vienna", "calls": [
          {"enteredMs": 1000, "answeredMs": 2000, "endedMs": 9000, "agent": "a1", "queue": "help"},
          {"enteredMs": 3000, "endedMs": 4000, "queue": "help", "headStartMs": 90000, "copy": 1}]}
        """;

    assertThat(send("POST", PATH, body).body()).contains("\"added\":2", "\"alreadyThere\":3");

    SiteMonitor.Load load = site.histories.loaded.getFirst();
    assertThat(load.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(load.calls())
        .containsExactly(
            LoadedCall.of(new CallRecord(1_000, 2_000, 9_000, "a1", "help", 0), 0),
            LoadedCall.of(new CallRecord(3_000, CallRecord.NEVER, 4_000, "", "help", 90_000), 1));
    assertThat(load.calls().getLast().answered()).isEqualTo(Optional.empty());
  }

  @Test
  void shouldForgetWhatWasLoaded() throws Exception {
    send("POST", PATH, call("\"enteredMs\":1,\"endedMs\":2,\"queue\":\"q\""));

    assertThat(send("DELETE", PATH, "").body()).isEqualTo("{\"forgotten\":2}");
    assertThat(site.histories.loaded).isEmpty();
    assertProblem(send("DELETE", "/api/v1/network/rome/history", ""), 400, "bad-request");
    site.histories.refuses = true;
    assertProblem(send("DELETE", PATH, ""), 409, "unreadable");
  }

  @Test
  void shouldTellWhatWasBelieved() throws Exception {
    String path = "/api/v1/network/hamburg/estimate";

    assertThat(send("GET", path + "?at=1970-01-01T00:01:30Z", "").body())
        .contains("\"at\":\"1970-01-01T00:01:30Z\"", "\"similarDays\":8", "\"mean\":3.25");
    assertThat(send("GET", path + "?at=1970-01-01T00:00:30Z", "").body())
        .isEqualTo("{\"site\":\"hamburg\",\"at\":\"1970-01-01T00:00:30Z\"}");
    assertProblem(send("GET", path, ""), 400, "bad-request");
    assertProblem(send("GET", path + "?at=noon", ""), 400, "bad-request");
    assertProblem(
        send("GET", "/api/v1/network/rome/estimate?at=1970-01-01T00:01:30Z", ""),
        400,
        "bad-request");
  }

  @Test
  void shouldSayWhatIsWrong() throws Exception {
    assertProblem(send("GET", "/api/v1/network/rome/history", ""), 400, "bad-request");
    assertProblem(send("GET", PATH + "/yesterday", ""), 404, "not-found");
    assertProblem(send("GET", PATH + "/1970-01-01?after=x", ""), 400, "bad-request");
    assertWrong("{\"zone\":\"Mars\",\"calls\":[]}", "Expected zone as a time zone");
    assertWrong("{\"zone\":\"UTC\",\"calls\":[]}", "Expected calls as an array of 1 to 500");
    assertWrong(
        call("\"enteredMs\":1,\"queue\":\"q\""),
        "Call 1: Expected endedMs in milliseconds since the epoch, but there is none");
    assertWrong(
        call("\"enteredMs\":5,\"endedMs\":1,\"queue\":\"q\""),
        "Call 1: Expected an end at most 4 h after the call entered");
    assertWrong(
        call("\"enteredMs\":1,\"endedMs\":2,\"queue\":7"), "Call 1: Expected queue as a text");
    assertWrong(
        call("\"enteredMs\":1,\"endedMs\":2,\"queue\":\"" + "q".repeat(101) + "\""),
        "Call 1: Expected the name of a queue of at most 100 characters");
    String one = "{\"enteredMs\":1,\"endedMs\":2,\"queue\":\"q\"}";
    assertWrong(
        "{\"zone\":\"UTC\",\"calls\":[" + one + ("," + one).repeat(500) + "]}",
        "Expected at most 500 calls, but got more");
    assertThat(site.histories.loaded).isEmpty();

    site.histories.refuses = true;
    assertProblem(
        send("POST", PATH, call("\"enteredMs\":1,\"endedMs\":2,\"queue\":\"q\"")),
        409,
        "unreadable");
  }

  private static String call(String fields) {
    return "{\"zone\":\"UTC\",\"calls\":[{" + fields + "}]}";
  }

  private void assertWrong(String body, String sentence) throws Exception {
    var answer = send("POST", PATH, body);
    assertProblem(answer, 400, "bad-request");
    assertThat(answer.body()).contains(sentence);
  }
}
