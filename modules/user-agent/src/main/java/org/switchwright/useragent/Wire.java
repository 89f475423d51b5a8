package org.switchwright.useragent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * One UDP socket. Reads on its own thread, parses there, and hands over to the loop; at most
 * {@value #MAX_UNHANDLED} messages wait for the loop, then the kernel's buffer fills.
 */
final class Wire implements AutoCloseable {
  static final int MAX_UNHANDLED = 10_000;
  static final int MAX_DATAGRAM_BYTES = 65_535;
  private static final int SOCKET_BUFFER_BYTES = 4 << 20;

  interface Receiver {
    void onMessage(SipMessage message, InetSocketAddress from);
  }

  private final DatagramSocket socket;
  private final InetSocketAddress local;
  private final Loop loop;
  private final MessageRing ring;
  private final Semaphore room = new Semaphore(MAX_UNHANDLED);
  private final AtomicLong garbage = new AtomicLong();
  private volatile Predicate<SipMessage> loseIncoming = _ -> false;
  private volatile Predicate<SipMessage> loseOutgoing = _ -> false;
  private volatile boolean filtersOutgoing;

  Wire(InetSocketAddress bind, Loop loop, MessageRing ring) {
    this.loop = loop;
    this.ring = ring;
    try {
      socket = new DatagramSocket(bind);
      socket.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
      socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    local = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  InetSocketAddress local() {
    return local;
  }

  long garbage() {
    return garbage.get();
  }

  void loseIncoming(Predicate<SipMessage> lost) {
    loseIncoming = lost;
  }

  void loseOutgoing(Predicate<SipMessage> lost) {
    loseOutgoing = lost;
    filtersOutgoing = true;
  }

  void start(Receiver receiver) {
    var reader = new Thread(() -> read(receiver), "ua-wire-" + local.getPort());
    reader.setDaemon(true);
    reader.start();
  }

  void send(byte[] message, String callId, InetSocketAddress to) {
    String text = new String(message, StandardCharsets.UTF_8);
    ring.add(new RecordedMessage(Instant.now(), RecordedMessage.Way.SENT, to, callId, text));
    if (filtersOutgoing && isLost(message)) {
      return;
    }
    sendRaw(message, to);
  }

  void sendRaw(byte[] datagram, InetSocketAddress to) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, to));
    } catch (IOException _) {
      // What UDP cannot deliver is lost; retransmission and transaction timeouts deal with it.
    }
  }

  private boolean isLost(byte[] message) {
    try {
      return loseOutgoing.test(SipMessage.parse(message));
    } catch (ParseException _) {
      return false;
    }
  }

  private void read(Receiver receiver) {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      var packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        if (packet.getLength() > 4) {
          handOver(receiver, packet);
        }
      } catch (ParseException _) {
        garbage.incrementAndGet();
      } catch (IOException _) {
        if (socket.isClosed()) {
          return;
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void handOver(Receiver receiver, DatagramPacket packet)
      throws ParseException, InterruptedException {
    byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
    var from = new InetSocketAddress(packet.getAddress(), packet.getPort());
    SipMessage message = SipMessage.parse(bytes);
    if (loseIncoming.test(message)) {
      return;
    }
    ring.add(
        new RecordedMessage(
            Instant.now(), RecordedMessage.Way.RECEIVED, from, message.callId(), message.text()));
    room.acquire();
    loop.run(() -> {
      room.release();
      receiver.onMessage(message, from);
    });
  }

  @Override
  public void close() {
    socket.close();
  }
}
