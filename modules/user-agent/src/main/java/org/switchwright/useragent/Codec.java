package org.switchwright.useragent;

/**
 * An audio codec as named in SDP (RFC 3551).
 *
 * @param payloadType RTP payload type; a dynamic one gives way to the offerer's number
 * @param clockRateHz RTP clock rate
 */
public record Codec(int payloadType, String name, int clockRateHz) {
  public static final Codec PCMU = new Codec(0, "PCMU", 8000);
  public static final Codec PCMA = new Codec(8, "PCMA", 8000);
  public static final Codec G722 = new Codec(9, "G722", 8000);
  public static final Codec G729 = new Codec(18, "G729", 8000);
  public static final Codec OPUS = new Codec(111, "opus/2", 48_000);
  public static final Codec TELEPHONE_EVENT = new Codec(101, "telephone-event", 8000);

  String rtpmap(int number) {
    int channels = name.indexOf('/');
    return channels < 0
        ? number + " " + name + "/" + clockRateHz
        : number + " " + name.substring(0, channels) + "/" + clockRateHz + name.substring(channels);
  }

  boolean isAudio() {
    return !name.equals(TELEPHONE_EVENT.name());
  }

  /** What this codec is called in an rtpmap, without the number. */
  String encoding() {
    String rtpmap = rtpmap(0);
    return rtpmap.substring(rtpmap.indexOf(' ') + 1);
  }
}
