package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import javax.sdp.Attribute;
import javax.sdp.Connection;
import javax.sdp.MediaDescription;
import javax.sdp.SdpException;
import javax.sdp.SdpFactory;
import javax.sdp.SessionDescription;

/**
 * What the other side's SDP says about its first usable audio stream (RFC 8866).
 *
 * @param address where it wants its RTP
 * @param payloadTypes in its order of preference
 * @param encodings rtpmap values by payload type
 * @param direction as seen from the other side; an address of 0.0.0.0 reads as inactive
 * @param origin the o= line without its version
 * @param version the o= line's version
 * @param mediaLines all m= lines in order, as "type port proto formats"
 * @param audioLine index of the audio stream among them
 */
record RemoteMedia(
    InetSocketAddress address,
    List<Integer> payloadTypes,
    Map<Integer, String> encodings,
    Direction direction,
    String origin,
    long version,
    List<String> mediaLines,
    int audioLine) {

  /** Empty if the text is no SDP or holds no audio stream over plain RTP. */
  static Optional<RemoteMedia> parse(String sdp) {
    try {
      return read(SdpFactory.getInstance().createSessionDescription(sdp));
    } catch (SdpException | RuntimeException _) {
      return Optional.empty();
    }
  }

  /** The payload type under which the other side knows {@code codec}. */
  Optional<Integer> payloadTypeOf(Codec codec) {
    return payloadTypes.stream().filter(type -> matches(type, codec)).findFirst();
  }

  private boolean matches(int type, Codec codec) {
    String encoding = encodings.get(type);
    return encoding == null
        ? type < 96 && type == codec.payloadType()
        : encoding.equalsIgnoreCase(codec.encoding())
            || encoding.equalsIgnoreCase(codec.encoding() + "/1");
  }

  private static Optional<RemoteMedia> read(SessionDescription session) throws SdpException {
    Vector<?> streams = session.getMediaDescriptions(true);
    var lines = new ArrayList<String>();
    int audioLine = -1;
    for (Object stream : streams) {
      var media = ((MediaDescription) stream).getMedia();
      boolean usable =
          media.getMediaType().equals("audio")
              && media.getProtocol().equals("RTP/AVP")
              && media.getMediaPort() != 0;
      if (usable && audioLine < 0) {
        audioLine = lines.size();
      }
      lines.add(media.toString().strip().substring("m=".length()));
    }
    if (audioLine < 0) {
      return Optional.empty();
    }
    var audio = (MediaDescription) streams.get(audioLine);
    Connection connection =
        audio.getConnection() == null ? session.getConnection() : audio.getConnection();
    var formats = new ArrayList<Integer>();
    for (Object format : audio.getMedia().getMediaFormats(true)) {
      formats.add(Integer.valueOf(format.toString()));
    }
    String host = connection.getAddress();
    Direction direction = direction(session.getAttributes(true), Direction.SENDRECV);
    direction = direction(audio.getAttributes(true), direction);
    var origin = session.getOrigin();
    return Optional.of(
        new RemoteMedia(
            new InetSocketAddress(host, audio.getMedia().getMediaPort()),
            List.copyOf(formats),
            encodings(audio.getAttributes(true)),
            host.equals("0.0.0.0") ? Direction.INACTIVE : direction,
            origin.getUsername() + " " + origin.getSessionId() + " " + origin.getAddress(),
            origin.getSessionVersion(),
            List.copyOf(lines),
            audioLine));
  }

  private static Direction direction(Vector<?> attributes, Direction otherwise)
      throws SdpException {
    for (Object attribute : attributes) {
      String name = ((Attribute) attribute).getName().toUpperCase(Locale.ROOT);
      for (Direction direction : Direction.values()) {
        if (direction.name().equals(name)) {
          return direction;
        }
      }
    }
    return otherwise;
  }

  private static Map<Integer, String> encodings(Vector<?> attributes) throws SdpException {
    var encodings = new HashMap<Integer, String>();
    for (Object each : attributes) {
      var attribute = (Attribute) each;
      if ("rtpmap".equals(attribute.getName())) {
        String[] parts = attribute.getValue().strip().split(" +", 2);
        encodings.put(Integer.valueOf(parts[0]), parts[1].strip());
      }
    }
    return Map.copyOf(encodings);
  }
}
