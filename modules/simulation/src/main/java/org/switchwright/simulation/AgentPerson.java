package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallIntake;
import org.switchwright.domain.Decision;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.site.Site;

/** An agent at work: with a phone that registers, a desktop, and a will of its own. */
final class AgentPerson {
  private static final Duration LOOKS_AGAIN = Duration.ofSeconds(3);

  private final AgentId id;
  private final StationPhone phone;
  private final Surroundings world;
  private final Host host;
  private final Supplier<@Nullable Edge> edge;
  private int bindings;
  private long cseq;
  private int registering;
  private int wishes;
  private boolean unregistered = true;
  private boolean retired;
  private Wish wish = new Wish.LoggedOut();
  private Instant uttered = Instant.EPOCH;
  private Agent.@Nullable Command unheard;
  private @Nullable Instant endedWrapUpAt;

  AgentPerson(
      AgentId id,
      StationPhone phone,
      Surroundings world,
      Host host,
      Supplier<@Nullable Edge> edge) {
    this.id = id;
    this.phone = phone;
    this.world = world;
    this.host = host;
    this.edge = edge;
  }

  AgentId id() {
    return id;
  }

  StationPhone phone() {
    return phone;
  }

  /** What this person wanted last; it may still be on its way. */
  Wish wish() {
    return wish;
  }

  /** Whether the last wish was taken. */
  boolean heard() {
    return unheard == null;
  }

  @Nullable Instant endedWrapUpAt() {
    return endedWrapUpAt;
  }

  void start(SortedMap<Skill, Integer> skills) {
    send(new Agent.Configure(host.siteId(), skills), world.dice().millis(0, 500));
    world
        .agenda()
        .in(
            world.dice().millis(600, 5_000),
            () -> {
              register();
              want(Agent.LogIn::new, new Wish.NotReady(Wish.SystemReason.LOGGED_IN.text()));
              world.agenda().in(world.dice().millis(10, 5_000), this::beReady);
            });
    act();
    lookAtDesktop();
  }

  /** The end of the shift. */
  void retire() {
    retired = true;
    want(Agent.LogOut::new, new Wish.LoggedOut());
    unregister();
  }

  private void send(Agent.Command command, Duration delay) {
    world
        .agenda()
        .in(
            delay,
            () -> {
              Edge now = edge.get();
              if (now == null) {
                send(command, Duration.ofSeconds(1));
              } else {
                boolean[] heard = new boolean[1];
                now.intake().submit(id, command, _ -> heard[0] = true);
                world
                    .agenda()
                    .in(
                        Duration.ofSeconds(34),
                        () -> {
                          if (!heard[0]) {
                            send(command, Duration.ZERO);
                          }
                        });
              }
            });
  }

  private void want(Function<Instant, Agent.Wanted> command, Wish next) {
    wish = next;
    // Nobody says two things at once.
    uttered = world.now().isAfter(uttered) ? world.now() : uttered.plusNanos(1);
    unheard = command.apply(uttered);
    wishes++;
    utter();
  }

  private void utter() {
    Agent.Command command = unheard;
    Edge now = edge.get();
    if (command == null || now == null) {
      return;
    }
    world.trace().note("person", "wants", id, command);
    int which = wishes;
    now.intake()
        .submit(
            id,
            command,
            receipt -> {
              if (which != wishes) {
                return;
              }
              if (receipt instanceof CallIntake.Receipt.Refused && host.divided()) {
                // Whoever was taken over may say so of what is no longer; the desktop sees that.
                return;
              }
              unheard = null;
              if (receipt instanceof CallIntake.Receipt.Refused no
                  && no.reason() == Decision.Reason.LOGGED_OUT) {
                wish = new Wish.LoggedOut();
                world.agenda().in(LOOKS_AGAIN, this::logInAgain);
              }
            });
  }

  private void logInAgain() {
    if (!retired && wish instanceof Wish.LoggedOut && unheard == null) {
      want(Agent.LogIn::new, new Wish.NotReady(Wish.SystemReason.LOGGED_IN.text()));
      world.agenda().in(world.dice().millis(10, 5_000), this::comeBackFromBreak);
    }
  }

  private void beReady() {
    want(Agent.BeReady::new, new Wish.Ready());
  }

  /** Says it again where nobody heard; wants to work again after a miss, or a phone's silence. */
  private void lookAtDesktop() {
    world
        .agenda()
        .in(
            LOOKS_AGAIN,
            () -> {
              if (unheard != null && world.dice().chance(0.3)) {
                utter();
              } else if (!retired && overruled() && world.dice().chance(0.3)) {
                beReady();
              } else if (world.dice().chance(0.1)) {
                logInAgain();
              }
              lookAtDesktop();
            });
  }

  private boolean overruled() {
    return wish instanceof Wish.Ready
        && unheard == null
        && host.agent(id).state().wish() instanceof Wish.NotReady;
  }

  private void act() {
    world
        .agenda()
        .in(
            world.dice().around(world.scenario().unrest()),
            () -> {
              if (!retired && !world.weather().calm()) {
                actOnce();
              }
              act();
            });
  }

  private void actOnce() {
    switch (world.dice().upTo(10)) {
      case 0, 1, 2 -> {
        want(at -> new Agent.BeNotReady(at, "break"), new Wish.NotReady("break"));
        world.agenda().in(world.dice().millis(50, 30_000), this::comeBackFromBreak);
      }
      case 3 -> {
        want(Agent.LogOut::new, new Wish.LoggedOut());
        world.agenda().in(world.dice().millis(50, 30_000), this::logInAgain);
      }
      case 4, 5 -> endWrapUp();
      case 6 -> extendWrapUp();
      case 7 -> {
        unregister();
        world.agenda().in(world.dice().millis(50, 20_000), this::register);
      }
      case 8 -> register();
      default -> {
        if (world.scenario().vanishing() > 0) {
          phone.vanish();
          registering++;
          world
              .agenda()
              .in(
                  world.dice().millis(500, 60_000),
                  () -> {
                    phone.comeBack();
                    register();
                  });
        }
      }
    }
  }

  private void comeBackFromBreak() {
    if (!retired && (wish instanceof Wish.NotReady)) {
      beReady();
    }
  }

  private void endWrapUp() {
    Edge now = edge.get();
    if (now != null) {
      endedWrapUpAt = world.now();
      now.intake().submit(new Site.EndWrapUp(id), _ -> {});
    }
  }

  private void extendWrapUp() {
    Edge now = edge.get();
    if (now != null) {
      now.intake().submit(new Site.ExtendWrapUp(id, world.dice().seconds(1, 20)), _ -> {});
    }
  }

  private Personal personal(String text) {
    return Personal.of(new KeyId("agent-" + id), text);
  }

  private void register() {
    if (retired) {
      return;
    }
    unregistered = false;
    registering++;
    bindings++;
    cseq = 0;
    refresh(registering);
  }

  private void refresh(int which) {
    if (which != registering || phone.gone() || retired) {
      return;
    }
    Duration expiry = world.dice().seconds(30, 90);
    Edge now = edge.get();
    Duration again = expiry.multipliedBy(7).dividedBy(10);
    if (now == null) {
      again = Duration.ofSeconds(2);
    } else {
      now.intake()
          .submit(
              id,
              new Agent.Register(
                  personal(phone.name),
                  personal("binding-" + bindings),
                  ++cseq,
                  world.now().plus(expiry),
                  Edge.ID),
              _ -> {});
    }
    world.agenda().in(again, () -> refresh(which));
  }

  private void unregister() {
    registering++;
    unregistered = true;
    unregisterUntilHeard(registering);
  }

  private void unregisterUntilHeard(int which) {
    Edge now = edge.get();
    if (which != registering || !unregistered) {
      return;
    }
    if (now != null) {
      Agent.Unregister command = new Agent.Unregister(personal("binding-" + bindings), ++cseq);
      now.intake().submit(id, command, _ -> {});
    } else {
      world.agenda().in(Duration.ofSeconds(2), () -> unregisterUntilHeard(which));
    }
  }
}
