package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;

/** Who may follow what this site reports. */
public interface LinkTokens {
  /**
   * @param name of the controller, as whoever admitted it called it
   */
  record Admitted(String name, Instant since) {}

  List<Admitted> admitted();

  /**
   * Admits a controller; the token that it had before is void.
   *
   * @return its token, which is told once and never again
   */
  String admit(String name);

  /** Whether there was one of that name; its token is void. */
  boolean dismiss(String name);
}
