package org.switchwright.journal.store;

import org.apache.pekko.actor.setup.Setup;
import org.switchwright.journal.format.EventFormat;

/** Hands the form of events to an actor system that is about to start. */
public final class EventFormatSetup extends Setup {
  private final EventFormat format;

  public EventFormatSetup(EventFormat format) {
    this.format = format;
  }

  public EventFormat format() {
    return format;
  }

  /** The form that this system was started with; throws where it was started with none. */
  public static EventFormat of(org.apache.pekko.actor.ActorSystem system) {
    return system
        .settings()
        .setup()
        .get(EventFormatSetup.class)
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected an actor system with an EventFormatSetup, but it has none"))
        .format();
  }
}
