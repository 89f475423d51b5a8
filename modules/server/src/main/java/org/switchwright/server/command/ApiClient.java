package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the server's HTTP interface. The JDK's oldest client, because it starts fastest and a
 * command asks once.
 */
final class ApiClient {
  private static final int TIMEOUT_MS = 15_000;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String url;
  private final String token;
  private final int patienceMs;

  ApiClient(String url, String token) {
    this(url, token, TIMEOUT_MS);
  }

  private ApiClient(String url, String token, int patienceMs) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.token = token;
    this.patienceMs = patienceMs;
  }

  /** The same, for a question that the server has to think about for so long. */
  ApiClient waiting(Duration patience) {
    return new ApiClient(url, token, (int) patience.toMillis());
  }

  String url() {
    return url;
  }

  /** An answer, good or not. */
  record Answer(int status, JsonNode body) {}

  /** The answer to a query, which must be good. */
  JsonNode get(String path) {
    return good(send("GET", path, Optional.empty()));
  }

  JsonNode post(String path, Optional<String> body) {
    return good(send("POST", path, body));
  }

  JsonNode delete(String path) {
    return good(send("DELETE", path, Optional.empty()));
  }

  Answer send(String method, String path, Optional<String> body) {
    try {
      HttpURLConnection connection = open(path);
      connection.setRequestMethod(method);
      connection.setReadTimeout(patienceMs);
      if (body.isPresent()) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.get().getBytes(StandardCharsets.UTF_8));
      } else if (method.equals("POST")) {
        connection.setFixedLengthStreamingMode(0);
        connection.setDoOutput(true);
      }
      int status = connection.getResponseCode();
      try (InputStream answer =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return new Answer(
            status, answer == null ? MAPPER.createObjectNode() : MAPPER.readTree(answer));
      }
    } catch (ConnectException _) {
      throw new CommandFailed(ExitCode.FAILED, "No server answers at " + url);
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.FAILED, "The server at " + url + " gave no answer: " + e.getMessage());
    }
  }

  /** A stream that stays open. */
  InputStream stream(String path, Optional<String> lastEventId) throws IOException {
    HttpURLConnection connection = open(path);
    lastEventId.ifPresent(id -> connection.setRequestProperty("Last-Event-ID", id));
    if (connection.getResponseCode() != 200) {
      try (InputStream answer = connection.getErrorStream()) {
        throw refused(
            new Answer(
                connection.getResponseCode(),
                answer == null ? MAPPER.createObjectNode() : MAPPER.readTree(answer)));
      }
    }
    return connection.getInputStream();
  }

  private HttpURLConnection open(String path) throws IOException {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) new URI(url + path).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setRequestProperty("Authorization", "Bearer " + token);
      connection.setRequestProperty("Accept", "application/json, text/event-stream, */*;q=0.1");
      return connection;
    } catch (URISyntaxException | IllegalArgumentException _) {
      throw new CommandFailed(ExitCode.USAGE, "Expected a URL such as http://127.0.0.1:8080");
    }
  }

  private static JsonNode good(Answer answer) {
    if (answer.status() >= 400) {
      throw refused(answer);
    }
    return answer.body();
  }

  private static CommandFailed refused(Answer answer) {
    String title = answer.body().path("title").asText("The server refused");
    String detail = answer.body().path("detail").asText("status " + answer.status());
    return new CommandFailed(ExitCode.FAILED, title + ": " + detail + ".");
  }
}
