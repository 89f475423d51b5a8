package org.switchwright.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sip.address.SipURI;
import javax.sip.header.ReferToHeader;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentIntake;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Site;
import org.switchwright.sip.LiveCall.IncomingRefer;
import org.switchwright.sip.LiveCall.LiveLeg;
import org.switchwright.sip.Reports.Outcome;
import org.switchwright.sip.token.LegTokens.LegName;

/**
 * Agents' phones send callers on by REFER (RFC 3515), within the site only: whatever else they name
 * is refused, and nothing is ever sent to where a Refer-To points. Callers may not refer at all.
 */
final class Referrals {
  private static final int SUBSCRIPTION_SECONDS = 60;

  /** Of a Replaces, which has three. */
  private static final int MAX_PARAMETERS = 8;

  private final EdgeParts parts;
  private final AgentIntake sites;
  private final Neighbours neighbours;

  Referrals(EdgeParts parts, AgentIntake sites, Neighbours neighbours) {
    this.parts = parts;
    this.sites = sites;
    this.neighbours = neighbours;
  }

  /** What a REFER asks for, or the status that it gets. */
  private sealed interface Wish {
    record SendOn(Destination to) implements Wish {}

    /** Whom the agent talks to in another leg of the call is to talk to the caller. */
    record Replace(int leg) implements Wish {}

    record None(Statuses.Status status) implements Wish {}
  }

  /** Runs on the stack's thread. */
  void onRefer(LegName name, SIPRequest request, javax.sip.ServerTransaction transaction) {
    Wish wish = name.leg() == 0 ? none(403, "Callers May Not Refer") : wish(name, request);
    boolean running =
        parts
            .lanes()
            .run(
                name.call(),
                () -> arrived(parts.calls().get(name.call()), name, request, transaction, wish));
    if (!running) {
      KeyId unused = new KeyId("none");
      refuse(
          new IncomingRefer(
              SipReader.transaction(request, parts.tokens().write(name), unused),
              transaction,
              false,
              ""),
          new Statuses.Status(500, "Busy", Statuses.RETRY_SOON_SECONDS),
          name);
    }
  }

  private void arrived(
      LiveCall call,
      LegName name,
      SIPRequest request,
      javax.sip.ServerTransaction transaction,
      Wish wish) {
    LiveLeg leg = call.leg(name.leg());
    String branch = SipReader.branch(request);
    if (leg.refers.containsKey(branch)) {
      return;
    }
    long cseq = request.getCSeq().getSeqNumber();
    boolean told =
        !SipReader.headerValue(request, "Refer-Sub").filter("false"::equalsIgnoreCase).isPresent();
    KeyId key = call.key == null ? parts.keys().issue() : call.key;
    IncomingRefer refer =
        new IncomingRefer(
            SipReader.transaction(request, parts.tokens().write(name), key),
            transaction,
            told,
            leg.refers.isEmpty() ? "refer" : "refer;id=" + cseq);
    leg.refers.put(branch, refer);
    if (leg.gone) {
      refuse(refer, new Statuses.Status(481, "Call Does Not Exist", 0), name);
    } else if (call.key == null) {
      refuse(refer, new Statuses.Status(500, "Just Restarted", Statuses.RETRY_SOON_SECONDS), name);
    } else if (cseq <= leg.remoteCseq) {
      refuse(refer, new Statuses.Status(500, "CSeq Out Of Order", 0), name);
    } else {
      leg.remoteCseq = cseq;
      switch (wish) {
        case Wish.None(var status) -> refuse(refer, status, name);
        case Wish.SendOn(var to) -> ask(refer, name, to);
        case Wish.Replace(var other) ->
            report(refer, name, new LegReport.ReplaceArrived(name.leg(), refer.data, other));
      }
    }
  }

  /** Whether there is such a destination is the site's to say; then it is the call's turn. */
  private void ask(IncomingRefer refer, LegName name, Destination to) {
    CompletionStage<Receipt> checked =
        sites.submit(parts.settings().site(), new Site.CheckDestination(to));
    checked.whenComplete((receipt, failure) ->
        parts.lanes().run(name.call(), () -> checked(refer, name, to, receipt, failure)));
  }

  private void checked(
      IncomingRefer refer,
      LegName name,
      Destination to,
      @Nullable Receipt receipt,
      @Nullable Throwable failure) {
    if (failure != null || receipt == null) {
      refuse(refer, Statuses.of(Reason.NOT_CONFIGURED), name);
    } else if (receipt instanceof Receipt.Refused no) {
      refuse(refer, Statuses.of(no.reason()), name);
    } else {
      report(refer, name, new LegReport.ReferArrived(name.leg(), refer.data, to));
    }
  }

  private void report(IncomingRefer refer, LegName name, LegReport report) {
    parts
        .reports()
        .submit(
            name.call(),
            report,
            outcome -> {
              switch (outcome) {
                case Outcome.Taken _ -> {}
                case Outcome.Refused(var reason) -> refuse(refer, Statuses.of(reason), name);
                case Outcome.Lost _ -> refuse(refer, Statuses.of(Reason.NOT_CONFIGURED), name);
              }
            });
  }

  private static Wish.None none(int code, String phrase) {
    return new Wish.None(new Statuses.Status(code, phrase, 0));
  }

  private Wish wish(LegName name, SIPRequest request) {
    if (!(request.getHeader(ReferToHeader.NAME) instanceof ReferToHeader to)) {
      return none(400, "Missing Refer-To");
    }
    if (!(to.getAddress().getURI() instanceof SipURI uri)) {
      return none(416, "Unsupported URI Scheme");
    }
    String method = uri.getMethodParam();
    if (method != null && !method.equalsIgnoreCase("INVITE")) {
      return none(501, "Only INVITE Is Referred");
    }
    String replaces = uri.getHeader("Replaces");
    if (replaces != null) {
      return replaced(replaces)
          .filter(other -> other.call().equals(name.call()) && other.leg() != name.leg())
          .<Wish>map(other -> new Wish.Replace(other.leg()))
          .orElseGet(() -> none(481, "No Such Consultation"));
    }
    if (!ours(uri)) {
      return none(403, "Only Within The Site");
    }
    return destination(uri.getUser())
        .<Wish>map(Wish.SendOn::new)
        .orElseGet(() -> none(404, "Not Found"));
  }

  /** The leg that our tag names, which is one of the two (RFC 3891, section 3). */
  private Optional<LegName> replaced(String replaces) {
    String plain = replaces.replace("%3B", ";").replace("%3b", ";");
    for (String parameter :
        plain.replace("%3D", "=").replace("%3d", "=").split(";", MAX_PARAMETERS)) {
      String[] pair = parameter.trim().split("=", 2);
      boolean tag = pair[0].equalsIgnoreCase("to-tag") || pair[0].equalsIgnoreCase("from-tag");
      Optional<LegName> name =
          tag && pair.length == 2 ? parts.tokens().read(pair[1]) : Optional.empty();
      if (name.isPresent()) {
        return name;
      }
    }
    return Optional.empty();
  }

  /** Whatever may be dialled; whether the site has it is the site's to say. */
  static Optional<Destination> destination(@Nullable String user) {
    return address(user).map(Destination.ToAddress::new);
  }

  private boolean ours(SipURI uri) {
    String host = uri.getHost();
    int port = uri.getPort() > 0 ? uri.getPort() : 5060;
    EdgeSettings settings = parts.settings();
    return (host.equals(settings.address()) && (uri.getPort() <= 0 || port == settings.port()))
        || neighbours.has(host, port);
  }

  private static Optional<RoutingPointId> address(@Nullable String user) {
    try {
      return user == null ? Optional.empty() : Optional.of(new RoutingPointId(user));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void refuse(IncomingRefer refer, Statuses.Status status, LegName name) {
    respond(refer, status.code(), status.phrase(), status.headers(), name);
  }

  private boolean respond(
      IncomingRefer refer, int status, String phrase, List<String> headers, LegName name) {
    if (refer.answered) {
      return false;
    }
    refer.answered = true;
    parts
        .wire()
        .respond(
            refer.transaction, parts.writer().response(refer.data, status, phrase, headers), name);
    return true;
  }

  /** The call has sent its caller on. */
  void accept(LiveLeg leg, Signal.AcceptRefer signal) {
    ServerTransaction data = signal.refer();
    IncomingRefer refer =
        leg.refers.computeIfAbsent(
            data.branch(), _ -> new IncomingRefer(data, null, true, "refer"));
    List<String> headers = new ArrayList<>();
    headers.add(parts.writer().contact(leg.name.call(), leg.name.leg()));
    if (!refer.told) {
      headers.add("Refer-Sub: false");
    }
    if (!respond(refer, 202, "Accepted", headers, leg.name) || !refer.told || leg.gone) {
      return;
    }
    String active = "active;expires=" + SUBSCRIPTION_SECONDS;
    notify(leg, signal, signal.cseq(), refer, active, "SIP/2.0 100 Trying\r\n");
    notify(
        leg,
        signal,
        signal.cseq() + 1,
        refer,
        "terminated;reason=noresource",
        "SIP/2.0 200 OK\r\n");
  }

  private void notify(
      LiveLeg leg,
      Signal.AcceptRefer signal,
      long cseq,
      IncomingRefer refer,
      String subscription,
      String fragment) {
    List<String> headers = List.of("Event: " + refer.event, "Subscription-State: " + subscription);
    SIPRequest request =
        parts
            .writer()
            .inDialog(
                "NOTIFY",
                leg.name.call(),
                leg.name.leg(),
                signal.dialog(),
                leg.target == null ? SipWriter.text(signal.dialog().remoteTarget()) : leg.target,
                cseq,
                headers,
                SipWriter.FRAGMENT,
                fragment);
    // Whatever becomes of it: the transfer is done, and its BYE follows.
    parts.wire().request(request, leg.name);
  }
}
