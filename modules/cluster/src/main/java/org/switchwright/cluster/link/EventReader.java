package org.switchwright.cluster.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.network.Trouble;

/** Reads server-sent events (WHATWG HTML 9.2) one by one. */
final class EventReader implements Closeable {
  /** A line is at most as long as an event may be, and what is put around it. */
  static final int MAX_LINE = 2 * 1024 * 1024;

  private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  private final InputStream stream;
  private final BufferedReader in;

  EventReader(InputStream stream) {
    this.stream = stream;
    this.in = new BufferedReader(new InputStreamReader(stream, UTF_8));
  }

  /**
   * @param id the place after it; empty where none was told
   * @param data empty where it only tells a place, or that the stream is alive
   */
  record Event(String id, String name, String data) {}

  /** Waits for the next one; empty at the end of the stream. */
  Optional<Event> next() throws IOException {
    String id = "";
    String name = "";
    StringBuilder data = new StringBuilder();
    boolean alive = false;
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        if (alive || !id.isEmpty() || !data.isEmpty()) {
          return Optional.of(new Event(id, name, data.toString()));
        }
        continue;
      }
      int colon = line.indexOf(':');
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (colon < 0 ? line : line.substring(0, colon)) {
        case "" -> alive = true;
        case "id" -> id = place(value);
        case "event" -> name = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        default -> {}
      }
      if (data.length() > MAX_LINE) {
        throw tooLong();
      }
    }
    return Optional.empty();
  }

  private static String place(String id) throws LinkFailure {
    if (!PLACE.matcher(id).matches()) {
      throw new LinkFailure(
          Trouble.UNREADABLE, "Expected a place, but got '" + LinkFailure.shown(id) + "'");
    }
    return id;
  }

  /** Whether there is more to read without waiting. */
  boolean ready() throws IOException {
    return in.ready();
  }

  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read >= 0; read = in.read()) {
      if (read == '\n') {
        return line.toString();
      }
      if (read != '\r') {
        line.append((char) read);
      }
      if (line.length() > MAX_LINE) {
        throw tooLong();
      }
    }
    return null;
  }

  private static LinkFailure tooLong() {
    return new LinkFailure(
        Trouble.UNREADABLE,
        "Expected an event of at most " + MAX_LINE + " characters, but got more");
  }

  /** From any thread; ends a read that waits. A reader's own close would wait for that read. */
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
