package org.switchwright.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.Signal;

/** The edge's transactions with stations: INVITEs of ours, and CANCELs of ours. */
final class StationLines {
  /** A station that sends no provisional response in this time is unreachable. */
  private static final Duration FIRST_RESPONSE = Duration.ofSeconds(4);

  private final Edge edge;
  private final Surroundings world;
  private final Map<LegKey, Line> lines = new HashMap<>();

  private enum Stage {
    CALLING,
    PROCEEDING,
    CANCELLING,
    ANSWERED,
    ENDED
  }

  private static final class Line {
    private final @Nullable StationPhone phone;
    private Stage stage;
    private boolean unwanted;

    Line(@Nullable StationPhone phone, Stage stage) {
      this.phone = phone;
      this.stage = stage;
    }
  }

  StationLines(Edge edge, Surroundings world) {
    this.edge = edge;
    this.world = world;
  }

  String busy() {
    return lines.entrySet().stream()
        .filter(it -> it.getValue().stage != Stage.ANSWERED && it.getValue().stage != Stage.ENDED)
        .map(it -> it.getKey() + " " + it.getValue().stage + "; ")
        .collect(Collectors.joining());
  }

  boolean knows(LegKey key) {
    return lines.containsKey(key);
  }

  private @Nullable StationPhone station(Personal address) {
    return edge.phone(address) instanceof StationPhone phone ? phone : null;
  }

  void invite(LegKey key, Signal.InviteStation it) {
    if (lines.containsKey(key)) {
      return;
    }
    StationPhone phone = station(it.station());
    Line line = new Line(phone, Stage.CALLING);
    lines.put(key, line);
    if (phone != null) {
      String offered = it.offer().text().text().orElseThrow();
      Runnable arrival =
          () -> {
            if (line.stage != Stage.ENDED) {
              phone.invited(edge, key, offered);
            }
          };
      world.wire().toPhone(phone, arrival, () -> {});
    }
    edge.after(
        FIRST_RESPONSE,
        () -> {
          if (line.stage == Stage.CALLING) {
            line.unwanted = true;
            end(key, line, StationRefusal.UNREACHABLE, 408);
          }
        });
  }

  private void end(LegKey key, Line line, StationRefusal refusal, int status) {
    line.stage = Stage.ENDED;
    edge.report(key, new LegReport.Refused(key.leg(), refusal, status));
  }

  void cancel(LegKey key, Signal.CancelStation it) {
    cancel(key, lines.computeIfAbsent(key, _ -> new Line(station(it.station()), Stage.PROCEEDING)));
  }

  void silence(LegKey key) {
    Line line = lines.get(key);
    if (line != null) {
      cancel(key, line);
    }
  }

  private void cancel(LegKey key, Line line) {
    switch (line.stage) {
      case CALLING -> line.unwanted = true;
      case PROCEEDING -> sendCancel(key, line);
      case CANCELLING, ANSWERED, ENDED -> {}
    }
  }

  private void sendCancel(LegKey key, Line line) {
    line.stage = Stage.CANCELLING;
    StationPhone phone = line.phone;
    if (phone == null) {
      end(key, line, StationRefusal.CANCELLED, 487);
      return;
    }
    world
        .wire()
        .toPhone(
            phone,
            () ->
                phone.cancelled(
                    key,
                    status ->
                        world.wire().answerEdge(edge, _ -> cancelAnswered(key, line, status))),
            () -> giveUp(key, line));
    edge.after(Wire.PATIENCE, () -> giveUp(key, line));
  }

  private void cancelAnswered(LegKey key, Line line, int status) {
    if (status == 481) {
      edge.after(Duration.ofMillis(700), () -> giveUp(key, line));
    }
  }

  private void giveUp(LegKey key, Line line) {
    if (line.stage == Stage.CANCELLING && !edge.dead()) {
      end(key, line, StationRefusal.CANCELLED, 487);
    }
  }

  void rang(StationPhone phone, LegKey key) {
    Line line = lines.get(key);
    if (line == null) {
      return;
    }
    if (line.stage == Stage.CALLING) {
      line.stage = Stage.PROCEEDING;
      edge.report(key, new LegReport.Ringing(key.leg()));
      if (line.unwanted) {
        sendCancel(key, line);
      }
    } else if (line.stage == Stage.ENDED && line.unwanted) {
      world.wire().toPhone(phone, () -> phone.cancelled(key, _ -> {}), () -> {});
    }
  }

  void answered(StationPhone phone, LegKey key, String tag, String session, SessionTimer timer) {
    Line line = lines.computeIfAbsent(key, _ -> new Line(phone, Stage.PROCEEDING));
    line.stage = Stage.ANSWERED;
    Dialog dialog = Edge.dialog(key, tag, phone.name, timer);
    edge.report(
        key,
        new LegReport.Answered(key.leg(), dialog, Edge.personal(key.call(), session)),
        () -> {
          world.wire().toPhone(phone, () -> phone.byed(key, tag, () -> {}), () -> {});
          end(key, line, StationRefusal.UNREACHABLE, 408);
        });
  }

  void refused(LegKey key, int status) {
    Line line = lines.get(key);
    StationRefusal refusal =
        switch (status) {
          case 480, 603 -> StationRefusal.REJECTED;
          case 486 -> StationRefusal.BUSY;
          case 487 -> StationRefusal.CANCELLED;
          case 488 -> StationRefusal.NOT_ACCEPTABLE;
          default -> StationRefusal.UNREACHABLE;
        };
    if (line == null) {
      line = new Line(null, Stage.PROCEEDING);
      lines.put(key, line);
    }
    if (line.stage != Stage.ENDED && line.stage != Stage.ANSWERED) {
      end(key, line, refusal, status);
    }
  }
}
