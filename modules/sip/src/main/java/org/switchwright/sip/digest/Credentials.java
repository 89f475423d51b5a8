package org.switchwright.sip.digest;

import java.util.Optional;

/** Where HA1 values come from. Called on the stack's threads: answers from memory. */
@FunctionalInterface
public interface Credentials {
  /**
   * Looks up one user.
   *
   * @return {@link DigestAlgorithm#ha1} of that user, or empty when there is no such user or no
   *     value for that algorithm
   */
  Optional<String> ha1(String user, String realm, DigestAlgorithm algorithm);
}
