package org.switchwright.useragent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Registers whoever answers its challenge, checking the digest by its own reading of RFC 7616. */
final class TinyRegistrar implements AutoCloseable {
  static final String REALM = "example.test";
  static final String PASSWORD = "correct horse";

  private final DatagramSocket socket;
  private final List<String> algorithms;
  private final long grantedS;
  final List<SipMessage> granted = new CopyOnWriteArrayList<>();
  final List<String> problems = new CopyOnWriteArrayList<>();
  final Set<Long> challenged = ConcurrentHashMap.newKeySet();
  volatile String nonce = "n0";
  volatile int refuseWith;

  TinyRegistrar(long grantedS, String... algorithms) {
    this.grantedS = grantedS;
    this.algorithms = List.of(algorithms);
    try {
      socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void serve() {
    byte[] buffer = new byte[65_535];
    while (!socket.isClosed()) {
      var packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
        SipMessage message = SipMessage.parse(bytes);
        if (message.isRequest("ACK")) {
          continue;
        }
        byte[] reply = reply(message).bytes();
        socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
      } catch (IOException closed) {
        return;
      } catch (Exception problem) {
        problems.add(problem.toString());
      }
    }
  }

  private Draft reply(SipMessage register) throws Exception {
    if (refuseWith != 0) {
      return Draft.response(register, refuseWith, "r1");
    }
    String authorization = register.header("Authorization").orElse("");
    boolean fresh = authorization.contains("nonce=\"" + nonce + "\"");
    if (!fresh || !isRight(register.method(), authorization)) {
      challenged.add(register.cseq());
      Draft challenge = Draft.response(register, 401, "r1");
      String stale = authorization.isEmpty() || fresh ? "" : ", stale=true";
      for (String algorithm : algorithms) {
        challenge.header(
            "WWW-Authenticate",
            "Digest realm=\"%s\", nonce=\"%s\", algorithm=%s, qop=\"auth\", opaque=\"o\"%s"
                .formatted(REALM, nonce, algorithm, stale));
      }
      return challenge;
    }
    granted.add(register);
    if (!register.isRequest("REGISTER")) {
      return Draft.response(register, 480, "r1");
    }
    String contact = register.header("Contact").orElseThrow();
    boolean leaving = contact.contains("expires=0");
    Draft ok = Draft.response(register, 200, "r1");
    return leaving
        ? ok
        : ok.header("Contact", contact.replaceAll("expires=[0-9]+", "expires=" + grantedS));
  }

  private static boolean isRight(String method, String authorization) throws Exception {
    String algorithm = part(authorization, "algorithm");
    String ha1 = hash(algorithm, part(authorization, "username") + ":" + REALM + ":" + PASSWORD);
    String ha2 = hash(algorithm, method + ":" + part(authorization, "uri"));
    String expected =
        hash(
            algorithm,
            String.join(
                ":",
                ha1,
                part(authorization, "nonce"),
                part(authorization, "nc"),
                part(authorization, "cnonce"),
                "auth",
                ha2));
    return expected.equals(part(authorization, "response"));
  }

  static String part(String authorization, String name) {
    Matcher matcher =
        Pattern.compile("(?:^|[ ,])" + name + "=\"?([^\",]*)\"?").matcher(authorization);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String hash(String algorithm, String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  @Override
  public void close() {
    socket.close();
  }
}
