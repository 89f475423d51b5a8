package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sip.ClientTransaction;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.Probing;
import org.switchwright.domain.agent.StationWatch;

/**
 * Asks registered phones by OPTIONS whether they are there (RFC 3261, section 11). Any answer will
 * do, be it 200 or 486. Everything here runs in the agents' lane.
 */
final class Probes {
  /** The beginning of our probes' Call-IDs. */
  private static final String CALL_ID = "probe-";

  /** Phones watched at once; more are not probed, and are lost when their registrations end. */
  private static final int MAX_WATCHED = 20_000;

  /** When a probe is tried again for which there were too many out. */
  private static final Duration CROWDED = Duration.ofMillis(250);

  private final EdgeParts parts;
  private final Lanes lane;
  private final AgentIntake agents;
  private final Probing.Times times;
  private final Map<AgentId, Watched> watched = new HashMap<>();
  private final Map<String, Watched> bySipCallId = new HashMap<>();
  private final String run;
  private int out;
  private long named;

  /** One phone under watch. */
  private static final class Watched {
    private final AgentId agent;
    private final String sipCallId;
    private StationWatch watch;
    private Probing probing;
    private @Nullable ClientTransaction transaction;
    private long cseq;

    Watched(AgentId agent, String sipCallId, StationWatch watch, Probing probing) {
      this.agent = agent;
      this.sipCallId = sipCallId;
      this.watch = watch;
      this.probing = probing;
    }
  }

  Probes(EdgeParts parts, Lanes lane, AgentIntake agents) {
    this.parts = parts;
    this.lane = lane;
    this.agents = agents;
    this.times = parts.settings().times().probing();
    this.run = Long.toHexString(parts.clock().millis());
  }

  void watch(AgentId agent, StationWatch watch) {
    if (!times.off()) {
      lane.run(agent, () -> begin(agent, watch));
    }
  }

  private void begin(AgentId agent, StationWatch watch) {
    Watched known = watched.get(agent);
    if (known != null && known.watch.contact().equals(watch.contact())) {
      if (!known.watch.equals(watch)) {
        // It has just registered again.
        known.watch = watch;
        next(known, known.probing.answered(now()));
      }
      return;
    }
    if (known != null) {
      forget(known);
    }
    if (watched.size() >= MAX_WATCHED) {
      return;
    }
    String sipCallId = CALL_ID + run + "-" + ++named + "@" + parts.settings().site().value();
    Watched fresh = new Watched(agent, sipCallId, watch, Probing.begun(times, now(), share(agent)));
    watched.put(agent, fresh);
    bySipCallId.put(sipCallId, fresh);
    plan(fresh, Duration.between(now(), fresh.probing.due()));
  }

  /** Spreads over the interval what comes all at once, when a node takes over for another. */
  private static double share(AgentId agent) {
    return Math.floorMod(agent.value().hashCode(), 1_000) / 1_000.0;
  }

  /** From here on; a probe that is out is over. */
  private void next(Watched phone, Probing probing) {
    if (phone.probing.out()) {
      out--;
      parts.wire().forget(phone.transaction);
      phone.transaction = null;
    }
    phone.probing = probing;
    plan(phone, Duration.between(now(), probing.due()));
  }

  private void plan(Watched phone, Duration delay) {
    Probing planned = phone.probing;
    parts.timers().after(delay, () -> lane.run(phone.agent, () -> due(phone, planned)));
  }

  private void due(Watched phone, Probing planned) {
    if (watched.get(phone.agent) != phone || !phone.probing.equals(planned)) {
      return;
    }
    if (!phone.watch.expiresAt().isAfter(now())) {
      forget(phone);
    } else if (!planned.out()) {
      send(phone);
    } else {
      Probing after = planned.unanswered(now());
      if (after.silent()) {
        report(phone);
      } else {
        next(phone, after);
      }
    }
  }

  private void send(Watched phone) {
    if (out >= parts.settings().bounds().probes()) {
      plan(phone, CROWDED);
      return;
    }
    SIPRequest options;
    try {
      options = parts.writer().options(phone.watch.contact(), phone.sipCallId, ++phone.cseq);
    } catch (SipWriter.ErasedException e) {
      forget(phone);
      return;
    }
    // One that cannot even be sent is not answered either.
    phone.transaction = parts.wire().request(options, null).orElse(null);
    out++;
    phone.probing = phone.probing.sent(now());
    plan(phone, times.answerWithin());
  }

  private void report(Watched phone) {
    StationWatch about = phone.watch;
    next(phone, Probing.begun(times, now(), 1));
    agents
        .submit(phone.agent, new Agent.Silent(about.binding(), about.cseq()))
        .whenComplete((receipt, failure) -> {
          if (failure == null) {
            lane.run(phone.agent, () -> reported(phone, about));
          }
        });
  }

  /** It is watched again once it has registered again. */
  private void reported(Watched phone, StationWatch about) {
    if (watched.get(phone.agent) == phone && phone.watch.equals(about)) {
      forget(phone);
    }
  }

  private void forget(Watched phone) {
    if (phone.probing.out()) {
      out--;
      parts.wire().forget(phone.transaction);
    }
    watched.remove(phone.agent);
    bySipCallId.remove(phone.sipCallId);
  }

  /** Whether a response was to a probe of ours. Called on any thread. */
  boolean answered(SIPResponse response) {
    String sipCallId = response.getCallId() == null ? "" : response.getCallId().getCallId();
    if (!sipCallId.startsWith(CALL_ID)) {
      return false;
    }
    lane.run(sipCallId, () -> answered(sipCallId));
    return true;
  }

  private void answered(String sipCallId) {
    Watched phone = bySipCallId.get(sipCallId);
    if (phone != null) {
      next(phone, phone.probing.answered(now()));
    }
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
