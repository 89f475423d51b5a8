package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.sip.ClientTransaction;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.Signal;
import org.switchwright.sip.token.LegTokens.LegName;

/**
 * What an edge holds of a call: its transactions, and nothing that a decision needs. Touched in the
 * call's lane only. All of it may be lost with the edge.
 */
final class LiveCall {
  final CallId id;
  @Nullable KeyId key;
  @Nullable IncomingInvite invite;
  Treatments.@Nullable Treatment treatment;
  final Map<Integer, LiveLeg> legs = new TreeMap<>();
  Instant touched;

  LiveCall(CallId id, Instant now) {
    this.id = id;
    this.touched = now;
  }

  LiveLeg leg(int number) {
    return legs.computeIfAbsent(number, n -> new LiveLeg(new LegName(id, n)));
  }

  /** Nothing more to come but repeated messages. */
  boolean done() {
    boolean unanswered = invite != null && invite.finalStatus == 0;
    return !unanswered && legs.values().stream().allMatch(leg -> leg.gone);
  }

  /** An INVITE or re-INVITE that we must answer. */
  static final class IncomingInvite {
    final ServerTransaction data;

    /** Null when another edge received it, or this one before its restart. */
    final javax.sip.@Nullable ServerTransaction transaction;

    int finalStatus;
    boolean acknowledged;
    @Nullable Personal acknowledgedWith;
    @Nullable SIPResponse progress;
    Instant progressAt = Instant.EPOCH;

    /** Whether the call counts as in set-up. */
    boolean inSetUp;

    IncomingInvite(ServerTransaction data, javax.sip.@Nullable ServerTransaction transaction) {
      this.data = data;
      this.transaction = transaction;
    }
  }

  /** One leg. */
  static final class LiveLeg {
    /** Repeated messages concern the last few INVITEs only. */
    private static final int MAX_INVITES = 8;

    final LegName name;

    /** Whether this edge attends the leg, rather than having heard of it by chance. */
    boolean attended;

    /** Whether that is so only if the call's arrival turns out to be new. */
    boolean provisional;

    boolean gone;
    long remoteCseq;

    /** The peer's Contact since its last re-INVITE or answer; null: as the dialog has it. */
    @Nullable String target;

    @Nullable StationInvite station;
    @Nullable Dialog dialog;
    final Map<String, IncomingInvite> incoming = bounded();
    final Map<Long, OutgoingReinvite> outgoing = bounded();
    final Map<Long, SIPRequest> acks = bounded();
    final Map<String, IncomingRefer> refers = bounded();

    /** The sequence number of a 2xx of ours that has no ACK yet; -1 for none. */
    long unacknowledged = -1;

    Signal.@Nullable Bye bye;
    boolean byeSent;

    LiveLeg(LegName name) {
      this.name = name;
    }

    private static <K, V> Map<K, V> bounded() {
      return new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
          return size() > MAX_INVITES;
        }
      };
    }
  }

  /** Our INVITE to a station, until its final response is acknowledged. */
  static final class StationInvite {
    final Personal station;
    final Personal caller;

    /** Null when another edge sent it, or this one before its restart. */
    @Nullable ClientTransaction transaction;

    boolean proceeding;
    boolean rang;
    boolean cancelWanted;
    boolean cancelSent;

    /** The final report, to be repeated when it is asked for again. */
    @Nullable LegReport result;

    StationInvite(Personal station, Personal caller) {
      this.station = station;
      this.caller = caller;
    }
  }

  /** A REFER that we must answer. */
  static final class IncomingRefer {
    final ServerTransaction data;

    /** Null when another edge received it, or this one before its restart. */
    final javax.sip.@Nullable ServerTransaction transaction;

    /** Whether the peer wants to be told what becomes of it (RFC 4488). */
    final boolean told;

    /** The event package, as the NOTIFYs name it. */
    final String event;

    boolean answered;

    IncomingRefer(
        ServerTransaction data,
        javax.sip.@Nullable ServerTransaction transaction,
        boolean told,
        String event) {
      this.data = data;
      this.transaction = transaction;
      this.told = told;
      this.event = event;
    }
  }

  /** A re-INVITE of ours. */
  static final class OutgoingReinvite {
    @Nullable LegReport result;
  }
}
