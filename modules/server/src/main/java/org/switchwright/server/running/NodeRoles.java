package org.switchwright.server.running;

import java.util.List;
import java.util.Set;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.sip.token.EdgeSecret;

/**
 * What nodes of one cluster know of each other by its membership alone: where each takes SIP, and
 * by which secret. The secret itself stays secret: what is told is signed with it.
 */
final class NodeRoles {
  private static final String SIP = "sip-";
  static final String SECRET = "edge-secret-";
  private static final int FINGERPRINT_BYTES = 5;

  private NodeRoles() {}

  static List<String> of(Configuration.Sip sip, EdgeSecret secret) {
    return List.of(sip(sip.address(), sip.port()), secret(secret));
  }

  static String sip(String address, int port) {
    return SIP + address + ":" + port;
  }

  static String secret(EdgeSecret secret) {
    return SECRET + secret.signText(FINGERPRINT_BYTES, "fingerprint");
  }

  /**
   * Of two secrets, one node could not read what another signed.
   *
   * @param others the roles of the other nodes that tell of their secrets
   * @throws IllegalStateException naming the file, if they have another one
   */
  static void checkSame(Configuration.Sip sip, EdgeSecret secret, Set<String> others) {
    if (others.stream().anyMatch(role -> !role.equals(secret(secret)))) {
      throw new IllegalStateException(
          "Expected the edge secret of the other nodes in "
              + sip.secretFile()
              + ", but it holds another one; copy theirs");
    }
  }
}
