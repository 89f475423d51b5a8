package org.switchwright.sip.stack;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The stack's own socket, which hands on only datagrams that passed the {@link DatagramScreen} and
 * for which there is room. Refuses the others itself, statelessly.
 */
final class ScreeningSocket extends DatagramSocket {
  private static final byte[] AUTOMATIC_400 =
      ("SIP/2.0 400 Bad Request (" + Fault.UNREADABLE.phrase() + ")\r\n")
          .getBytes(StandardCharsets.ISO_8859_1);

  private final DatagramScreen screen;
  private final Arrivals arrivals;
  private final FaultCounts faults;
  private final CountDownLatch receiving = new CountDownLatch(1);

  ScreeningSocket(
      InetSocketAddress address, DatagramScreen screen, Arrivals arrivals, FaultCounts faults)
      throws SocketException {
    super(address);
    this.screen = screen;
    this.arrivals = arrivals;
    this.faults = faults;
  }

  @Override
  public void receive(DatagramPacket packet) throws IOException {
    receiving.countDown();
    int room = packet.getLength();
    while (true) {
      packet.setLength(room);
      super.receive(packet);
      if (packet.getLength() >= room) {
        // Nobody can tell a datagram that just fits from one that was cut off.
        faults.count(Fault.TRUNCATED);
      } else if (passes(packet)) {
        return;
      }
    }
  }

  /** The stack cannot be stopped before its receiver runs, so whoever starts it waits for that. */
  boolean awaitReceiver(Duration within) throws InterruptedException {
    return receiving.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Sends, but for the stack's automatic answer to what it cannot parse, which is itself malformed:
   * our own goes out in its place.
   */
  @Override
  public void send(DatagramPacket packet) throws IOException {
    if (startsWithAutomatic400(packet)) {
      String text =
          new String(
              packet.getData(),
              packet.getOffset(),
              packet.getLength(),
              StandardCharsets.ISO_8859_1);
      byte[] answer =
          RefusalWriter.write(
              Fault.UNREADABLE.status(),
              Fault.UNREADABLE.phrase(),
              HeaderLines.read(text, AUTOMATIC_400.length),
              packet.getAddress().getHostAddress(),
              packet.getPort(),
              "");
      super.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
    } else {
      super.send(packet);
    }
  }

  private static boolean startsWithAutomatic400(DatagramPacket packet) {
    int end = packet.getOffset() + AUTOMATIC_400.length;
    return packet.getLength() > AUTOMATIC_400.length
        && Arrays.equals(
            packet.getData(), packet.getOffset(), end, AUTOMATIC_400, 0, AUTOMATIC_400.length);
  }

  private boolean passes(DatagramPacket packet) {
    try {
      return switch (screen.screen(packet.getData(), packet.getOffset(), packet.getLength())) {
        case DatagramScreen.Verdict.Passed(var newCall) -> enters(newCall);
        case DatagramScreen.Verdict.Dropped(var fault) -> {
          faults.count(fault);
          yield false;
        }
        case DatagramScreen.Verdict.Refused refused -> {
          faults.count(refused.fault());
          refuse(packet, refused);
          yield false;
        }
      };
    } catch (RuntimeException e) {
      faults.count(Fault.GARBAGE);
      return false;
    }
  }

  private boolean enters(boolean newCall) {
    if (arrivals.enter(newCall)) {
      return true;
    }
    faults.count(newCall ? Fault.QUEUE_HALF_FULL : Fault.QUEUE_FULL);
    return false;
  }

  private void refuse(DatagramPacket packet, DatagramScreen.Verdict.Refused refused) {
    String extra = refused.unsupported().isEmpty() ? "" : "Unsupported: " + refused.unsupported();
    byte[] answer =
        RefusalWriter.write(
            refused.fault().status(),
            refused.fault().phrase(),
            refused.headers(),
            packet.getAddress().getHostAddress(),
            packet.getPort(),
            extra);
    int port = RefusalWriter.answerPort(refused.headers(), packet.getPort());
    try {
      send(new DatagramPacket(answer, answer.length, packet.getAddress(), port));
    } catch (IOException e) {
      // The peer is gone; a refusal is not worth more than one try.
      faults.count(Fault.GARBAGE);
    }
  }
}
