package org.switchwright.sip.sdp;

import gov.nist.javax.sdp.fields.SDPField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import java.util.regex.Pattern;
import javax.sdp.Attribute;
import javax.sdp.Connection;
import javax.sdp.Media;
import javax.sdp.MediaDescription;
import javax.sdp.SdpException;
import javax.sdp.SdpFactory;
import javax.sdp.SdpParseException;
import javax.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes session descriptions (RFC 4566, RFC 3264) as far as a router needs them: the
 * audio stream of a party, the answer and the offer of our own player, and our o= line on what is
 * passed through.
 */
public final class SessionDescriptions {
  public static final int MAX_CHARS = 8_192;
  private static final int TELEPHONE_EVENT = 101;
  private static final Pattern ORIGIN_LINE = Pattern.compile("(?m)^o=[^\r\n]*");
  private static final Pattern ORIGIN_SHAPE =
      Pattern.compile("o=\\S+ [0-9]{1,20} [0-9]{1,20} IN IP[46] [0-9A-Za-z.:-]+");
  private static final Pattern CONNECTION_SHAPE =
      Pattern.compile("c=IN IP[46] [0-9A-Za-z.:-]+(/[0-9]+)*");
  private static final Pattern MEDIA_SHAPE =
      Pattern.compile("m=[a-z]+ [0-9]{1,5}(/[0-9]+)? [A-Za-z/]+( [A-Za-z0-9.-]+)+");
  private static final Pattern ATTRIBUTE_SHAPE =
      Pattern.compile(
          "a=(sendrecv|sendonly|recvonly|inactive|rtpmap:[0-9]{1,3} [A-Za-z0-9.-]+/[0-9]{1,6}.*)");
  private static final Pattern IP_LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private SessionDescriptions() {}

  /** What our player said to an offer. */
  public sealed interface Answer {
    /**
     * Ready to play.
     *
     * @param sdp the answer's text
     * @param law what to play
     * @param payloadType its number in the RTP of this session
     * @param direction ours
     */
    record Answered(String sdp, Law law, int payloadType, RemoteAudio remote, Direction direction)
        implements Answer {
      @Override
      public String toString() {
        return "Answered[" + law + ", " + direction + "]";
      }
    }

    /** No audio stream, or none by plain RTP in one of the two laws: 488. */
    record NoCommonCodec() implements Answer {}

    /** Not a session description: 400. */
    record Unreadable() implements Answer {}
  }

  /** The first audio stream by plain RTP, refused ones (port 0) apart; empty if there is none. */
  public static Optional<RemoteAudio> audioOf(String sdp) {
    return parse(sdp).flatMap(SessionDescriptions::usableAudio).map(Usable::remote);
  }

  /** Whether the text has the shape of a session description: a glance, not a reading. */
  public static boolean isReadable(String sdp) {
    return sdp.length() <= MAX_CHARS && sdp.startsWith("v=0") && keptForParser(sdp).isPresent();
  }

  /** Answers an offer for a player that listens at the origin's address and the given port. */
  public static Answer answer(String offer, Origin origin, int port) {
    Optional<List<Stream>> streams = parse(offer);
    if (streams.isEmpty()) {
      return new Answer.Unreadable();
    }
    Optional<Usable> usable = usableAudio(streams.get()).filter(u -> u.remote().law().isPresent());
    if (usable.isEmpty()) {
      return new Answer.NoCommonCodec();
    }
    RemoteAudio remote = usable.get().remote();
    RemoteAudio.Payload law = remote.law().orElseThrow();
    Direction direction = remote.direction().mirrored();
    StringBuilder text = head(origin);
    for (Stream stream : streams.get()) {
      if (stream.index() == usable.get().index()) {
        appendAudio(
            text,
            port,
            direction,
            law.encoding(),
            law.type(),
            remote.telephoneEvent().map(RemoteAudio.Payload::type).orElse(-1));
      } else {
        text.append("m=").append(stream.media()).append(" 0 ").append(stream.protocol());
        text.append(' ').append(stream.formats()).append("\r\n");
      }
    }
    return new Answer.Answered(
        text.toString(), Law.valueOf(law.encoding()), law.type(), remote, direction);
  }

  /** An offer of both laws and telephone events for a player at that port. */
  public static String offer(Origin origin, int port, Direction direction) {
    StringBuilder text = head(origin);
    text.append("m=audio ").append(port).append(" RTP/AVP 0 8 101\r\n");
    text.append("a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n");
    appendEvents(text, TELEPHONE_EVENT);
    text.append("a=ptime:20\r\na=").append(direction.attribute()).append("\r\n");
    return text.toString();
  }

  /**
   * The same description under our own o= line; nothing else is touched. A text without such a line
   * is returned as it is: the peer will refuse it.
   */
  public static String withOrigin(String sdp, Origin origin) {
    return ORIGIN_LINE.matcher(sdp).replaceFirst(origin.line().replace("$", "\\$"));
  }

  private static StringBuilder head(Origin origin) {
    return new StringBuilder(256)
        .append("v=0\r\n")
        .append(origin.line())
        .append("\r\ns=-\r\nc=IN IP4 ")
        .append(origin.address())
        .append("\r\nt=0 0\r\n");
  }

  private static void appendAudio(
      StringBuilder text, int port, Direction direction, String law, int type, int events) {
    text.append("m=audio ").append(port).append(" RTP/AVP ").append(type);
    text.append(events < 0 ? "" : " " + events).append("\r\n");
    text.append("a=rtpmap:").append(type).append(' ').append(law).append("/8000\r\n");
    if (events >= 0) {
      appendEvents(text, events);
    }
    text.append("a=ptime:20\r\na=").append(direction.attribute()).append("\r\n");
  }

  private static void appendEvents(StringBuilder text, int type) {
    text.append("a=rtpmap:").append(type).append(" telephone-event/8000\r\n");
    text.append("a=fmtp:").append(type).append(" 0-16\r\n");
  }

  /** One m= line with what stands under it. */
  private record Stream(
      int index,
      String media,
      int port,
      String protocol,
      String formats,
      String address,
      Direction direction,
      Map<Integer, RemoteAudio.Payload> mapped) {}

  private record Usable(int index, RemoteAudio remote) {}

  private static Optional<Usable> usableAudio(List<Stream> streams) {
    return streams.stream()
        .filter(s -> s.media().equals("audio") && s.port() > 0 && s.protocol().equals("RTP/AVP"))
        .filter(s -> IP_LITERAL.matcher(s.address()).matches())
        .findFirst()
        .map(s -> new Usable(s.index(), remote(s)));
  }

  private static RemoteAudio remote(Stream stream) {
    List<RemoteAudio.Payload> payloads = new ArrayList<>();
    for (String format : stream.formats().split(" ", -1)) {
      payload(format, stream.mapped()).ifPresent(payloads::add);
    }
    Direction direction = stream.direction();
    if (stream.address().equals("0.0.0.0")) {
      direction = direction.sends() ? Direction.SENDONLY : Direction.INACTIVE;
    }
    return new RemoteAudio(stream.address(), stream.port(), payloads, direction);
  }

  private static Optional<RemoteAudio.Payload> payload(
      String format, Map<Integer, RemoteAudio.Payload> mapped) {
    int type;
    try {
      type = Integer.parseInt(format);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    RemoteAudio.Payload named = mapped.get(type);
    if (named != null) {
      return Optional.of(named);
    }
    return switch (type) {
      case 0 -> Optional.of(new RemoteAudio.Payload(0, "PCMU", 8000));
      case 8 -> Optional.of(new RemoteAudio.Payload(8, "PCMA", 8000));
      default -> Optional.empty();
    };
  }

  /** Empty for whatever the parser does not take. */
  private static Optional<List<Stream>> parse(String sdp) {
    if (sdp.length() > MAX_CHARS || !sdp.startsWith("v=0")) {
      return Optional.empty();
    }
    Optional<String> kept = keptForParser(sdp);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      SessionDescription session = SdpFactory.getInstance().createSessionDescription(kept.get());
      String address = address(session.getConnection());
      Direction direction = direction(session.getAttributes(false)).orElse(Direction.SENDRECV);
      List<Stream> streams = new ArrayList<>();
      for (Object element : orEmpty(session.getMediaDescriptions(false))) {
        streams.add(stream(streams.size(), (MediaDescription) element, address, direction));
      }
      return Optional.of(streams);
    } catch (SdpException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The lines that we need, each of a shape that the parser takes: it prints what it cannot parse,
   * persons' addresses included, on the standard error stream.
   */
  private static Optional<String> keptForParser(String sdp) {
    StringBuilder kept = new StringBuilder("v=0\r\n");
    boolean origin = false;
    boolean media = false;
    for (String line : sdp.lines().map(String::stripTrailing).toList()) {
      char type = line.length() > 1 && line.charAt(1) == '=' ? line.charAt(0) : ' ';
      Pattern shape =
          switch (type) {
            case 'o' -> ORIGIN_SHAPE;
            case 'c' -> CONNECTION_SHAPE;
            case 'm' -> MEDIA_SHAPE;
            default -> null;
          };
      if (shape != null && !shape.matcher(line).matches()) {
        return Optional.empty();
      }
      if (type == 'm' && !media) {
        kept.append("t=0 0\r\n");
      }
      if (shape != null || (type == 'a' && ATTRIBUTE_SHAPE.matcher(line).matches())) {
        kept.append(line).append("\r\n");
      }
      kept.append(type == 'o' ? "s=-\r\n" : "");
      origin |= type == 'o';
      media |= type == 'm';
    }
    return origin ? Optional.of(kept.toString()) : Optional.empty();
  }

  private static Stream stream(
      int index, MediaDescription description, String sessionAddress, Direction sessionDirection)
      throws SdpException {
    Media media = description.getMedia();
    String own = address(description.getConnection());
    List<String> formats = new ArrayList<>();
    for (Object format : orEmpty(media.getMediaFormats(false))) {
      formats.add(String.valueOf(format).trim());
    }
    return new Stream(
        index,
        media.getMediaType().toLowerCase(Locale.ROOT),
        media.getMediaPort(),
        media.getProtocol(),
        String.join(" ", formats),
        own.isEmpty() ? sessionAddress : own,
        direction(description.getAttributes(false)).orElse(sessionDirection),
        mapped(description.getAttributes(false)));
  }

  private static String address(@Nullable Connection connection) throws SdpParseException {
    return connection == null ? "" : connection.getAddress();
  }

  private static Optional<Direction> direction(@Nullable Vector<?> attributes)
      throws SdpParseException {
    for (Object element : orEmpty(attributes)) {
      String name = nameOf(element);
      for (Direction direction : Direction.values()) {
        if (direction.attribute().equalsIgnoreCase(name)) {
          return Optional.of(direction);
        }
      }
    }
    return Optional.empty();
  }

  private static Map<Integer, RemoteAudio.Payload> mapped(@Nullable Vector<?> attributes)
      throws SdpParseException {
    Map<Integer, RemoteAudio.Payload> mapped = new HashMap<>();
    for (Object element : orEmpty(attributes)) {
      if (element instanceof Attribute attribute && "rtpmap".equals(nameOf(element))) {
        String[] words = attribute.getValue().trim().split("[ /]+", -1);
        if (words.length >= 3) {
          int type = Integer.parseInt(words[0]);
          mapped.put(
              type,
              new RemoteAudio.Payload(
                  type, words[1].toUpperCase(Locale.ROOT), Integer.parseInt(words[2])));
        }
      }
    }
    return mapped;
  }

  private static String nameOf(Object attribute) throws SdpParseException {
    if (attribute instanceof Attribute named && named.getName() != null) {
      return named.getName().trim();
    }
    return attribute instanceof SDPField field ? field.encode().trim() : "";
  }

  private static List<?> orEmpty(@Nullable Vector<?> vector) {
    return vector == null ? Collections.emptyList() : vector;
  }
}
