package org.switchwright.sip.stack;

import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where and how one edge listens by UDP.
 *
 * @param name tells this stack from others in the same process
 * @param address an IP literal; also the host of our Contact
 * @param port 1 to 65535
 * @param workers threads that parse and hand over
 * @param queueLimit datagrams that may wait for a worker; new calls fill half of it
 * @param extensions option tags that a Require may name
 */
public record StackSettings(
    String name, String address, int port, int workers, int queueLimit, Set<String> extensions) {
  public static final int MAX_MESSAGE_BYTES = 16_384;
  private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

  /** A safety net only, and longer than anyone waits in a queue. */
  private static final int INVITE_LIFETIME_S = 7_200;

  private static final int NON_INVITE_LIFETIME_S = 64;

  public StackSettings {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("Expected a port of 1 to 65535, but got " + port);
    }
    extensions =
        extensions.stream()
            .map(tag -> tag.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  public static StackSettings of(String name, String address, int port) {
    return new StackSettings(name, address, port, 4, 4_096, Set.of("timer"));
  }

  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", name);
    properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
    // After a restart, what is to be cancelled is unknown to this stack.
    set(properties, "CANCEL_CLIENT_TRANSACTION_CHECKED", "false");
    set(properties, "AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
    set(properties, "STACK_LOGGER", SilentStackLogger.class.getName());
    set(properties, "SERVER_LOGGER", SilentServerLogger.class.getName());
    set(properties, "REENTRANT_LISTENER", "true");
    set(properties, "THREAD_POOL_SIZE", Integer.toString(workers));
    set(properties, "MAX_MESSAGE_SIZE", Integer.toString(MAX_MESSAGE_BYTES));
    set(properties, "RECEIVE_UDP_BUFFER_SIZE", Integer.toString(SOCKET_BUFFER_BYTES));
    set(properties, "SEND_UDP_BUFFER_SIZE", Integer.toString(SOCKET_BUFFER_BYTES));
    set(
        properties,
        "TIMER_CLASS_NAME",
        "gov.nist.javax.sip.stack.timers.ScheduledExecutorSipTimer");
    set(properties, "RELEASE_REFERENCES_STRATEGY", "Normal");
    set(properties, "ALWAYS_ADD_RPORT", "true");
    set(properties, "MAX_TX_LIFETIME_INVITE", Integer.toString(INVITE_LIFETIME_S));
    set(properties, "MAX_TX_LIFETIME_NON_INVITE", Integer.toString(NON_INVITE_LIFETIME_S));
    return properties;
  }

  private static void set(Properties properties, String key, String value) {
    properties.setProperty("gov.nist.javax.sip." + key, value);
  }
}
