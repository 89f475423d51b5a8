package org.switchwright.useragent;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What an agent can do and how it deviates; read when a call begins.
 *
 * @param codecs in its order of preference
 */
public record Profile(List<Codec> codecs, SessionTimer sessionTimer, Set<Quirk> quirks) {
  public Profile {
    codecs = List.copyOf(codecs);
    quirks = Set.copyOf(quirks);
  }

  /** G.711 of both laws, session timers on demand, no quirks. */
  public static Profile standard() {
    return new Profile(
        List.of(Codec.PCMU, Codec.PCMA, Codec.TELEPHONE_EVENT), SessionTimer.onDemand(), Set.of());
  }

  public Profile withCodecs(Codec... wanted) {
    return new Profile(Arrays.asList(wanted), sessionTimer, quirks);
  }

  public Profile withSessionTimer(SessionTimer wanted) {
    return new Profile(codecs, wanted, quirks);
  }

  public Profile withQuirks(Quirk... wanted) {
    return new Profile(codecs, sessionTimer, Set.of(wanted));
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
