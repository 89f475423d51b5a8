package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import javax.sip.header.AuthorizationHeader;
import org.switchwright.domain.AgentId;
import org.switchwright.sip.digest.DigestAnswer;
import org.switchwright.sip.digest.DigestGuard;

/** Finds out which agent's phone a request comes from. The user name is the agent's id. */
final class Authenticator {
  /** More answers than algorithms make no sense. */
  private static final int MAX_ANSWERS = 4;

  private final DigestGuard guard;

  Authenticator(DigestGuard guard) {
    this.guard = guard;
  }

  /** What a request proves. */
  sealed interface Proof {
    record Agent(AgentId agent) implements Proof {}

    /**
     * Nothing.
     *
     * @param challenges header lines to answer with
     */
    record Nothing(List<String> challenges) implements Proof {}
  }

  /** Whether there is an agent of that name, whoever says so. */
  boolean knows(String user) {
    return guard.knows(user);
  }

  Proof check(SIPRequest request) {
    boolean stale = false;
    ListIterator<?> headers = request.getHeaders(AuthorizationHeader.NAME);
    for (int i = 0; i < MAX_ANSWERS && headers.hasNext(); i++) {
      Optional<DigestAnswer> answer =
          headers.next() instanceof AuthorizationHeader header
              ? DigestAnswer.from(header)
              : Optional.empty();
      if (answer.isEmpty()) {
        continue;
      }
      String uri = request.getRequestURI().toString();
      switch (guard.check(request.getMethod(), uri, answer.get())) {
        case DigestGuard.Verdict.Accepted(var user) -> {
          return new Proof.Agent(new AgentId(user));
        }
        case DigestGuard.Verdict.Challenged(var old) -> stale |= old;
      }
    }
    return new Proof.Nothing(
        guard.challenges(stale).stream().map(value -> "WWW-Authenticate: " + value).toList());
  }
}
