package org.switchwright.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.Signal;

/** The edge's transactions with callers: their INVITEs, to be answered once. */
final class CallerLines {
  private final Edge edge;
  private final Surroundings world;
  private final Map<CallId, Line> lines = new HashMap<>();

  /** How far the answer to an INVITE is. */
  private enum Stage {
    PROCEEDING,
    ANSWERED,
    ACKNOWLEDGED,
    REFUSED,
    CANCELLED,
    NEVER_ACKNOWLEDGED
  }

  private static final class Line {
    private final CallerPhone phone;
    private boolean known;

    /** Another edge may have answered it, or may not. */
    private boolean adopted;

    private boolean attended;
    private Stage stage = Stage.PROCEEDING;
    private Signal.@Nullable Bye bye;

    Line(CallerPhone phone) {
      this.phone = phone;
    }
  }

  CallerLines(Edge edge, Surroundings world) {
    this.edge = edge;
    this.world = world;
  }

  /** Lines that were adopted after their caller had left are forgotten in time. */
  String busy() {
    return lines.entrySet().stream()
        .filter(it -> it.getValue().phone.state() != CallerPhone.State.OVER)
        .filter(
            it -> it.getValue().stage == Stage.PROCEEDING || it.getValue().stage == Stage.ANSWERED)
        .map(it -> it.getKey() + " " + it.getValue().stage + "; ")
        .collect(Collectors.joining());
  }

  /** Calls that an edge took and may die with, because the journal has not heard of them. */
  void excuseUnknown() {
    lines.values().stream().filter(line -> !line.known).forEach(line -> line.phone.excuse());
  }

  /** False for a retransmission. */
  boolean begin(CallId call, CallerPhone phone, ServerTransaction invite) {
    if (lines.containsKey(call)) {
      return false;
    }
    Line line = new Line(phone);
    line.attended = true;
    lines.put(call, line);
    return true;
  }

  void known(CallId call) {
    Line line = lines.get(call);
    if (line != null) {
      line.known = true;
    }
  }

  /** Having answered from data is not enough: treatment may have died with another edge. */
  boolean attends(CallId call) {
    Line line = lines.get(call);
    return line != null && line.attended;
  }

  void adopt(CallId call, ServerTransaction invite) {
    line(call, invite).attended = true;
  }

  private Line line(CallId call, ServerTransaction invite) {
    return lines.computeIfAbsent(
        call,
        _ -> {
          Line line = new Line(edge.caller(invite));
          line.known = true;
          line.adopted = true;
          return line;
        });
  }

  /** The command could not be handed in within 64*T1. */
  void fail(CallId call) {
    Line line = lines.get(call);
    if (line != null && line.stage == Stage.PROCEEDING) {
      refuse(call, line, 503);
      edge.report(new LegKey(call, 0), new LegReport.CallerCancelled());
    }
  }

  private void refuse(CallId call, Line line, int status) {
    line.stage = Stage.REFUSED;
    edge.stopPlaying(call);
    world
        .wire()
        .toPhone(
            line.phone,
            () -> {
              line.phone.refused(status);
              world.wire().answerEdge(edge, _ -> edge.left(new LegKey(call, 0)));
            },
            () -> edge.left(new LegKey(call, 0)));
  }

  /** False where this edge does not know the INVITE. */
  boolean cancelled(CallId call) {
    Line line = lines.get(call);
    if (line == null) {
      return false;
    }
    if (line.stage == Stage.PROCEEDING) {
      edge.expectEndWithoutWriting(line.phone);
      if (edge.waitsForWrites()) {
        edge.report(
            new LegKey(call, 0),
            new LegReport.CallerCancelled(),
            () -> cancel(call, line),
            () -> {});
      } else {
        cancel(call, line);
        edge.report(new LegKey(call, 0), new LegReport.CallerCancelled());
      }
    }
    return true;
  }

  private void cancel(CallId call, Line line) {
    if (line.stage == Stage.PROCEEDING) {
      refuse(call, line, 487);
      line.stage = Stage.CANCELLED;
    }
  }

  /** The INVITE came to an edge that died; its CANCEL came to this one. */
  void cancelledUnseen(CallId call, CallerPhone phone) {
    Line line = lines.computeIfAbsent(call, _ -> new Line(phone));
    if (line.stage == Stage.PROCEEDING) {
      refuse(call, line, 487);
      line.stage = Stage.CANCELLED;
    }
  }

  /** Whether the INVITE has had a final failure, so that nobody is there to be played to. */
  boolean failed(CallId call) {
    Line line = lines.get(call);
    return line != null && (line.stage == Stage.REFUSED || line.stage == Stage.CANCELLED);
  }

  /** Whether this is news. */
  boolean acknowledged(CallId call) {
    Line line = lines.get(call);
    if (line == null) {
      return true;
    }
    if (line.stage != Stage.ANSWERED) {
      return false;
    }
    line.stage = Stage.ACKNOWLEDGED;
    Signal.Bye bye = line.bye;
    if (bye != null) {
      edge.signal(call, bye);
    }
    return true;
  }

  void progress(CallId call, Signal.Progress it) {
    Line line = line(call, it.invite());
    if (line.stage == Stage.PROCEEDING && it.early() != null) {
      String session = it.early().text().text().orElseThrow();
      world.wire().toPhone(line.phone, () -> line.phone.early(session), () -> {});
    }
  }

  void answer(CallId call, Signal.Answer it) {
    Line line = line(call, it.invite());
    switch (line.stage) {
      case PROCEEDING -> {
        line.stage = Stage.ANSWERED;
        String session = it.session().text().text().orElseThrow();
        edge.plays(call, session);
        world.wire().toPhone(line.phone, () -> line.phone.answered(edge, session), () -> {});
        edge.after(Wire.PATIENCE, () -> unacknowledged(call, line));
      }
      case CANCELLED, REFUSED -> edge.report(new LegKey(call, 0), new LegReport.CallerCancelled());
      case ANSWERED, ACKNOWLEDGED, NEVER_ACKNOWLEDGED -> {}
    }
  }

  private void unacknowledged(CallId call, Line line) {
    if (line.stage == Stage.ANSWERED) {
      line.stage = Stage.NEVER_ACKNOWLEDGED;
      edge.report(new LegKey(call, 0), new LegReport.NeverAcknowledged(0));
      Signal.Bye bye = line.bye;
      if (bye != null) {
        edge.signal(call, bye);
      }
    }
  }

  void refuse(CallId call, Signal.Refuse it) {
    Line line = line(call, it.invite());
    if (line.stage == Stage.PROCEEDING) {
      refuse(call, line, status(it.refusal()));
    } else if (line.stage != Stage.ANSWERED) {
      edge.left(new LegKey(call, 0));
    }
  }

  void redirect(CallId call, Signal.Redirect it) {
    Line line = line(call, it.invite());
    if (line.stage == Stage.PROCEEDING) {
      line.stage = Stage.REFUSED;
      edge.stopPlaying(call);
      String to = it.to().text().orElseThrow();
      world
          .wire()
          .toPhone(
              line.phone,
              () -> {
                line.phone.redirected(to);
                world.wire().answerEdge(edge, _ -> edge.left(new LegKey(call, 0)));
              },
              () -> edge.left(new LegKey(call, 0)));
    } else if (line.stage != Stage.ANSWERED) {
      edge.left(new LegKey(call, 0));
    }
  }

  /** The INVITE goes on as another call. */
  void goesOn(CallId call) {
    Line line = lines.get(call);
    if (line != null) {
      line.stage = Stage.REFUSED;
    }
  }

  /** Callers do not care; another site does. */
  private static int status(Refusal refusal) {
    return switch (refusal) {
      case AGENT_REJECTED -> 603;
      case AGENT_BUSY -> 486;
      default -> 480;
    };
  }

  /** The call does not take this INVITE. */
  void reject(CallId call) {
    Line line = lines.get(call);
    if (line != null && line.stage == Stage.PROCEEDING) {
      refuse(call, line, 480);
    }
  }

  /** A BYE waits for the ACK; where no 200 went out from here, a refusal goes with it. */
  boolean byeMustWait(CallId call, Signal.Bye bye) {
    Line line = lines.get(call);
    if (line == null) {
      return false;
    }
    return switch (line.stage) {
      case ANSWERED -> {
        line.bye = bye;
        yield true;
      }
      case PROCEEDING -> {
        line.stage = Stage.REFUSED;
        line.adopted = true;
        world.wire().toPhone(line.phone, () -> line.phone.refused(487), () -> {});
        yield false;
      }
      case CANCELLED, REFUSED -> {
        if (line.adopted) {
          yield false;
        }
        edge.left(new LegKey(call, 0));
        yield true;
      }
      case ACKNOWLEDGED, NEVER_ACKNOWLEDGED -> false;
    };
  }
}
