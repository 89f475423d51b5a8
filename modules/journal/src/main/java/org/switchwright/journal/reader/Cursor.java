package org.switchwright.journal.reader;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in the journal: after the row {@code ordering} that transaction {@code xid} wrote. Means
 * something within its epoch only. Outside it is an opaque text.
 *
 * @param xid PostgreSQL's 64-bit transaction number, zero or more
 * @param ordering the row's serial number, zero or more
 */
public record Cursor(UUID epoch, long xid, long ordering) {
  private static final byte FORMAT = 1;
  private static final int BYTES = 1 + 4 * Long.BYTES;

  /** Letters of the text form. */
  public static final int TEXT_CHARS = 44;

  public Cursor {
    if (xid < 0 || ordering < 0) {
      throw new IllegalArgumentException(
          "Expected a cursor of numbers not below zero, but got less");
    }
  }

  /** Before the first row. */
  public static Cursor start(UUID epoch) {
    return new Cursor(epoch, 0, 0);
  }

  /** The opaque form: {@value #TEXT_CHARS} letters, digits, '-' and '_', fit for a URL. */
  public String text() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .put(FORMAT)
            .putLong(epoch.getMostSignificantBits())
            .putLong(epoch.getLeastSignificantBits())
            .putLong(xid)
            .putLong(ordering)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads the opaque form.
   *
   * @throws IllegalArgumentException if the text was not given out by {@link #text()}
   */
  public static Cursor parse(String text) {
    if (text.matches("[A-Za-z0-9_-]{" + TEXT_CHARS + "}")) {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.get() == FORMAT) {
        UUID epoch = new UUID(bytes.getLong(), bytes.getLong());
        long xid = bytes.getLong();
        long ordering = bytes.getLong();
        if (xid >= 0 && ordering >= 0) {
          return new Cursor(epoch, xid, ordering);
        }
      }
    }
    throw new IllegalArgumentException(
        "Expected a cursor as given out with an event, but got another text");
  }
}
