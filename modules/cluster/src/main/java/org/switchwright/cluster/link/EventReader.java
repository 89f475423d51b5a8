package org.switchwright.cluster.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
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
  private final byte[] buffer = new byte[16 * 1024];
  private int next;
  private int end;

  EventReader(InputStream stream) {
    this.stream = stream;
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

  /**
   * Whether the next one is there as a whole. A stream's own word for that is not to be believed:
   * the JDK's says that there is something where an empty buffer has come.
   */
  boolean ready() {
    for (int at = next; at + 1 < end; at++) {
      if (buffer[at] == '\n' && buffer[at + 1] == '\n') {
        return true;
      }
    }
    return false;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (next == end) {
        next = 0;
        end = Math.max(0, stream.read(buffer));
        if (end == 0) {
          return null;
        }
      }
      byte read = buffer[next++];
      if (read == '\n') {
        return line.toString(UTF_8);
      }
      if (read != '\r') {
        line.write(read);
      }
      if (line.size() > MAX_LINE) {
        throw tooLong();
      }
    }
  }

  private static LinkFailure tooLong() {
    return new LinkFailure(
        Trouble.UNREADABLE, "Expected an event of at most " + MAX_LINE + " bytes, but got more");
  }

  /** From any thread; ends a read that waits. */
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
