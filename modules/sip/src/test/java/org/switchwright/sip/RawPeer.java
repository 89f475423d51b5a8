package org.switchwright.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer without any SIP stack: sends what the test wrote, shows what came. */
public final class RawPeer implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  private final DatagramSocket socket;
  private final InetSocketAddress target;

  public RawPeer(InetSocketAddress target) {
    try {
      this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.target = target;
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  public void send(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void send(byte[] bytes) {
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<String> receive(Duration within) {
    byte[] buffer = new byte[65_535];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    try {
      socket.setSoTimeout((int) within.toMillis());
      socket.receive(packet);
      return Optional.of(new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request in order, to be changed by the test; its branch and Call-ID are fresh. */
  public String request(String method) {
    int n = NEXT.getAndIncrement();
    return method
        + " sip:sales@127.0.0.1 SIP/2.0\r\n"
        + "Via: SIP/2.0/UDP 127.0.0.1:"
        + port()
        + ";branch=z9hG4bK"
        + n
        + ";rport\r\n"
        + "Max-Forwards: 70\r\n"
        + "From: <sip:caller@127.0.0.1>;tag=f"
        + n
        + "\r\n"
        + "To: <sip:sales@127.0.0.1>\r\n"
        + "Call-ID: raw-"
        + n
        + "\r\n"
        + "CSeq: 1 "
        + method
        + "\r\n"
        + "Contact: <sip:caller@127.0.0.1:"
        + port()
        + ">\r\n"
        + "Content-Length: 0\r\n\r\n";
  }

  @Override
  public void close() {
    socket.close();
  }
}
