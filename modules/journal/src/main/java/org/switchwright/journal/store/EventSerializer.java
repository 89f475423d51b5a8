package org.switchwright.journal.store;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.site.SiteState;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;

/**
 * Pekko's way to {@link EventFormat}: events by their hand-written names, snapshots by theirs. A
 * snapshot of another version than ours is refused; the history is then folded from its start.
 */
public final class EventSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 7_001;
  private static final String SITE = "site.state/3";
  private static final String AGENT = "agent.state/1";
  private static final String MONITOR = "monitor.state/1";

  private final EventFormat format;

  public EventSerializer(ExtendedActorSystem system) {
    this.format = EventFormatSetup.of(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case Journaled<?> journaled -> format.name(journaled);
      case SiteState _ -> SITE;
      case AgentState _ -> AGENT;
      case MonitorState _ -> MONITOR;
      default ->
          throw new IllegalArgumentException(
              "Expected an event or a snapshot, but got a " + value.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    return value instanceof Journaled<?> journaled
        ? format.write(journaled)
        : format.writeValue(value);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return switch (manifest) {
      case SITE, "site.state/2", "site.state/1" -> format.readValue(bytes, SiteState.class);
      case AGENT -> format.readValue(bytes, AgentState.class);
      case MONITOR -> format.readValue(bytes, MonitorState.class);
      default -> format.read(manifest, bytes);
    };
  }
}
