package org.switchwright.sip;

import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import javax.sip.ServerTransaction;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.PersonalKeys;
import org.switchwright.domain.agent.Agent;
import org.switchwright.sip.Authenticator.Proof;

/**
 * Takes registrations of agents' phones (RFC 3261 10.3): one binding for an agent, the latest wins;
 * q and further Contacts are ignored. Answers once the agent's record has it.
 */
final class Registrar {
  private final EdgeSettings settings;
  private final EdgeSettings.Times times;
  private final Authenticator authenticator;
  private final AgentIntake agents;
  private final PersonalKeys keys;
  private final Lanes lanes;
  private final java.time.InstantSource clock;

  Registrar(
      EdgeSettings settings,
      Authenticator authenticator,
      AgentIntake agents,
      PersonalKeys keys,
      Lanes lanes,
      java.time.InstantSource clock) {
    this.settings = settings;
    this.times = settings.times();
    this.authenticator = authenticator;
    this.agents = agents;
    this.keys = keys;
    this.lanes = lanes;
    this.clock = clock;
  }

  /** Sends an answer to the REGISTER at hand. */
  interface Answer {
    void send(@Nullable ServerTransaction on, int status, String phrase, List<String> headers);
  }

  /** Makes the transaction of the REGISTER at hand; null when it cannot have one. */
  interface Begin {
    @Nullable ServerTransaction transaction();
  }

  /** What a REGISTER asks for. */
  sealed interface Wanted {
    record Binding(String contact, Duration expires) implements Wanted {}

    record NoBinding() implements Wanted {}

    /** To be told what there is. */
    record Query() implements Wanted {}

    record TooBrief() implements Wanted {}

    record Unusable() implements Wanted {}
  }

  /** Nothing is kept for those who have not proved who they are. */
  void register(SIPRequest request, Begin begin, Answer answer) {
    switch (authenticator.check(request)) {
      case Proof.Nothing(var challenges) -> answer.send(null, 401, "Unauthorized", challenges);
      case Proof.Agent(var agent) -> {
        ServerTransaction transaction = begin.transaction();
        if (transaction == null) {
          return;
        }
        if (!agent.value().equals(userOf(request))) {
          answer.send(transaction, 403, "Forbidden", List.of());
        } else if (!lanes.run(agent, () -> register(agent, request, transaction, answer))) {
          answer.send(transaction, 503, "Busy, Try Again Later", List.of("Retry-After: 5"));
        }
      }
    }
  }

  private void register(
      AgentId agent, SIPRequest request, ServerTransaction transaction, Answer answer) {
    switch (wanted(request)) {
      case Wanted.Query _ -> answer.send(transaction, 200, "OK", List.of());
      case Wanted.Unusable _ -> answer.send(transaction, 400, "Unusable Contact", List.of());
      case Wanted.TooBrief _ ->
          answer.send(
              transaction,
              423,
              "Interval Too Brief",
              List.of("Min-Expires: " + times.minRegistration().toSeconds()));
      case Wanted.NoBinding _ -> {
        Agent.Command command =
            new Agent.Unregister(binding(agent, request), request.getCSeq().getSeqNumber());
        finish(agents.submit(agent, command), transaction, answer, List.of());
      }
      case Wanted.Binding(var contact, var expires) -> {
        Personal binding = binding(agent, request);
        Agent.Command command =
            new Agent.Register(
                Personal.of(binding.key(), contact),
                binding,
                request.getCSeq().getSeqNumber(),
                clock.instant().plus(expires),
                settings.edge());
        String header = "Contact: <" + contact + ">;expires=" + expires.toSeconds();
        finish(agents.submit(agent, command), transaction, answer, List.of(header));
      }
    }
  }

  private Personal binding(AgentId agent, SIPRequest request) {
    KeyId key = keys.named("agent-" + agent);
    return Personal.of(key, request.getCallId().getCallId());
  }

  private static void finish(
      CompletionStage<Receipt> stage,
      ServerTransaction transaction,
      Answer answer,
      List<String> headers) {
    stage.whenComplete((receipt, failure) -> {
      if (failure != null) {
        answer.send(transaction, 503, "Busy, Try Again Later", List.of("Retry-After: 5"));
        return;
      }
      switch (receipt) {
        case Receipt.Taken _ -> answer.send(transaction, 200, "OK", headers);
        case Receipt.Refused refused -> {
          switch (refused.reason()) {
            case ALREADY_DONE -> answer.send(transaction, 200, "OK", headers);
            case STALE -> answer.send(transaction, 500, "CSeq Out Of Order", List.of());
            default -> answer.send(transaction, 403, "Forbidden", List.of());
          }
        }
      }
    });
  }

  private static String userOf(SIPRequest request) {
    return request.getTo().getAddress().getURI() instanceof SipURI uri && uri.getUser() != null
        ? uri.getUser()
        : "";
  }

  Wanted wanted(SIPRequest request) {
    ContactList contacts = request.getContactHeaders();
    if (contacts == null || contacts.isEmpty()) {
      return new Wanted.Query();
    }
    ContactHeader contact = (ContactHeader) contacts.getFirst();
    OptionalInt all =
        SipReader.headerValue(request, "Expires")
            .map(SipReader::number)
            .orElse(OptionalInt.empty());
    if (contact.isWildCard()) {
      return contacts.size() == 1 && all.isPresent() && all.getAsInt() == 0
          ? new Wanted.NoBinding()
          : new Wanted.Unusable();
    }
    if (!(contact.getAddress().getURI() instanceof SipURI uri) || !Wire.isAddress(uri)) {
      return new Wanted.Unusable();
    }
    Duration expires = expires(contact, all);
    if (expires.isZero()) {
      return new Wanted.NoBinding();
    }
    return expires.compareTo(times.minRegistration()) < 0
        ? new Wanted.TooBrief()
        : new Wanted.Binding(uri.toString(), expires);
  }

  private Duration expires(ContactHeader contact, OptionalInt all) {
    String own = contact.getParameter("expires");
    OptionalInt asked = Optional.ofNullable(own).map(SipReader::number).orElse(OptionalInt.empty());
    Duration longest = times.maxRegistration();
    if (asked.isEmpty()) {
      asked = all;
    }
    if (asked.isEmpty()) {
      return longest;
    }
    Duration wanted = Duration.ofSeconds(asked.getAsInt());
    return wanted.compareTo(longest) > 0 ? longest : wanted;
  }
}
