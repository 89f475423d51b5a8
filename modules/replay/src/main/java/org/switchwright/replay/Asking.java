package org.switchwright.replay;

import org.jspecify.annotations.Nullable;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.SiteEvent;

/** Who says what an agent must have to be given the call: its queue, or its strategy. */
final class Asking {
  private String strategy = "";
  private @Nullable QueueId queue;
  private boolean strategyAsks;

  /** Where a question about the caller waits, which is that queue's to judge. */
  private @Nullable QueueId consulted;

  /** Takes in what happened next. */
  void heard(Object event) {
    switch (event) {
      case SiteEvent.CallEntered it -> queue = it.queue();
      case SiteEvent.CallRouted it -> {
        strategy = "strategy " + it.strategy();
        strategyAsks = false;
        aimed(it.route().aim());
      }
      case SiteEvent.CallStepped it -> it.aim().ifPresent(this::aimed);
      case SiteEvent.CallOverflowed it -> elsewhere(it.to());
      case SiteEvent.CallTransferred it -> {
        if (!it.to().equals(queue)) {
          elsewhere(it.to());
        }
      }
      case SiteEvent.ConsultBegan it -> consulted = it.to();
      case SiteEvent.ConsultEnded _ -> consulted = null;
      // Nothing else changes what is asked for.
      default -> {}
    }
  }

  private void aimed(Route.Aim aim) {
    queue = aim.queue().orElse(queue);
    strategyAsks |= aim.required().isPresent();
  }

  private void elsewhere(QueueId to) {
    queue = to;
    strategyAsks = false;
  }

  /**
   * In words.
   *
   * @param from the queue by whose rule the agent was chosen
   */
  String by(QueueId from) {
    return strategyAsks && consulted == null && from.equals(queue) ? strategy : "queue " + from;
  }
}
