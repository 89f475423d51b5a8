package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A SIP phone with its dialogs (RFC 3261), as far as the edge can see it. */
abstract sealed class Phone permits CallerPhone, StationPhone {
  /** After how long without a final answer a phone takes its own re-INVITE for failed. */
  private static final Duration PROPOSAL_PATIENCE = Duration.ofSeconds(64);

  final String name;
  final Surroundings world;
  private final Map<LegKey, Dialogue> dialogs = new LinkedHashMap<>();
  private @Nullable Instant goneSince;
  private int branches;

  Phone(String name, Surroundings world) {
    this.name = name;
    this.world = world;
  }

  /** What a phone answers to a re-INVITE. */
  record Answer(int status, @Nullable String session) {}

  boolean gone() {
    return goneSince != null;
  }

  /** Since when this phone says nothing; null while it is there. */
  @Nullable Instant goneSince() {
    return goneSince;
  }

  Map<LegKey, Dialogue> dialogs() {
    return dialogs;
  }

  /** Without a word, dialogs and all: the power is cut. */
  void vanish() {
    goneSince = goneSince == null ? world.now() : goneSince;
    List<Dialogue> lost = new ArrayList<>(dialogs.values());
    dialogs.clear();
    lost.forEach(this::ended);
    world.trace().note(name, "vanishes", lost.size());
  }

  void comeBack() {
    goneSince = null;
  }

  abstract void ended(Dialogue dialog);

  /** The media of a dialog changed. */
  abstract void heard(Dialogue dialog);

  /** Whether this phone takes the session at all. */
  abstract boolean accepts(String session);

  void begin(Dialogue dialog) {
    dialogs.put(dialog.key, dialog);
    keepAlive(dialog);
  }

  private boolean alive(Dialogue dialog) {
    return dialogs.get(dialog.key) == dialog;
  }

  /** RFC 4028: whoever refreshes does so at half the interval; without one the dialog ends. */
  private void keepAlive(Dialogue dialog) {
    Duration interval = Duration.ofSeconds(dialog.timer.intervalSeconds());
    Instant end = dialog.refreshedAt.plus(interval);
    Instant half = dialog.refreshedAt.plus(interval.dividedBy(2));
    boolean refreshes = !dialog.timer.weRefresh() && half.isAfter(world.now());
    world
        .agenda()
        .at(
            refreshes ? half : end,
            () -> {
              if (!alive(dialog)) {
                return;
              }
              boolean refreshed = dialog.refreshedAt.plus(interval).isAfter(end);
              if (!refreshed && refreshes) {
                propose(dialog);
              } else if (!refreshed) {
                hangUp(dialog.key);
                return;
              }
              keepAlive(dialog);
            });
  }

  // From the edge.

  void reinvited(LegKey key, String tag, long cseq, String offered, Consumer<Answer> reply) {
    Dialogue dialog = dialogs.get(key);
    if (dialog == null || !dialog.tag.equals(tag)) {
      reply.accept(new Answer(481, null));
    } else if (cseq == dialog.answeredCseq) {
      reply.accept(new Answer(200, dialog.lastAnswer));
    } else if (cseq <= dialog.heardCseq) {
      reply.accept(new Answer(500, null));
    } else if (dialog.proposal != null) {
      dialog.heardCseq = cseq;
      reply.accept(new Answer(491, null));
    } else if (!accepts(offered)) {
      dialog.heardCseq = cseq;
      reply.accept(new Answer(488, null));
    } else {
      dialog.heardCseq = cseq;
      dialog.answeredCseq = cseq;
      dialog.remote = offered;
      dialog.local = dialog.answerTo(name, offered);
      dialog.lastAnswer = dialog.local;
      dialog.refreshedAt = world.now();
      world.trace().note(name, "takes re-INVITE", cseq, offered);
      reply.accept(new Answer(200, dialog.local));
      heard(dialog);
    }
  }

  void byed(LegKey key, String tag, Runnable reply) {
    Dialogue dialog = dialogs.get(key);
    if (dialog != null && dialog.tag.equals(tag)) {
      dialogs.remove(key);
      world.trace().note(name, "gets BYE", key);
      ended(dialog);
    }
    reply.run();
  }

  /** The final answer to this phone's own re-INVITE. */
  void responded(Edge edge, LegKey key, String branch, int status, @Nullable String session) {
    Dialogue dialog = dialogs.get(key);
    if (dialog == null) {
      return;
    }
    Dialogue.Proposal proposal = dialog.proposal;
    if (status == 200) {
      world.wire().answerEdge(edge, it -> it.reinviteAcknowledged(branch));
    }
    if (proposal == null || !proposal.branch().equals(branch)) {
      return;
    }
    dialog.proposal = null;
    world.trace().note(name, "gets", status, "to its re-INVITE", branch);
    switch (status) {
      case 200 -> {
        dialog.local = proposal.session();
        if (session != null) {
          dialog.remote = session;
        }
        dialog.refreshedAt = world.now();
        heard(dialog);
        if (alive(dialog) && !proposal.session().equals(dialog.session(name))) {
          propose(dialog);
        }
      }
      case 491, 500 ->
          world
              .agenda()
              .in(
                  world.dice().millis(200, 4_000),
                  () -> {
                    if (alive(dialog)) {
                      propose(dialog);
                    }
                  });
      case 481 -> hangUp(key);
      default -> dialog.holding = Sdp.direction(dialog.local).equals("sendonly");
    }
  }

  // What its user does.

  void hangUp(LegKey key) {
    Dialogue dialog = dialogs.remove(key);
    if (dialog != null) {
      world.trace().note(name, "hangs up", key);
      ended(dialog);
      world.wire().toEdge(edge -> edge.byeArrived(key), () -> {});
    }
  }

  void hold(Dialogue dialog, boolean on) {
    if (alive(dialog) && dialog.holding != on) {
      dialog.holding = on;
      propose(dialog);
    }
  }

  private void propose(Dialogue dialog) {
    if (dialog.proposal != null) {
      return;
    }
    dialog.cseq++;
    String branch = name + "-" + dialog.key + "-" + ++branches;
    String session = dialog.session(name);
    dialog.proposal = new Dialogue.Proposal(branch, session);
    long cseq = dialog.cseq;
    world.trace().note(name, "re-INVITEs", branch, session);
    world
        .wire()
        .toEdge(
            edge -> edge.reinviteArrived(this, dialog.key, branch, cseq, session),
            () -> giveUp(dialog, branch));
    world.agenda().in(PROPOSAL_PATIENCE, () -> giveUp(dialog, branch));
  }

  private void giveUp(Dialogue dialog, String branch) {
    Dialogue.Proposal proposal = dialog.proposal;
    if (alive(dialog) && proposal != null && proposal.branch().equals(branch)) {
      hangUp(dialog.key);
    }
  }
}
