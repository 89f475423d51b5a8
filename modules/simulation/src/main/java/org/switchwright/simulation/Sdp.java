package org.switchwright.simulation;

/** Session descriptions of the simulated phones: an address, a port, a direction. */
final class Sdp {
  private Sdp() {}

  static String of(String name, String direction) {
    String flows = "c=IN IP4 " + name + "\nm=audio 4000 RTP/AVP 8";
    return direction.isEmpty() ? flows : flows + "\na=" + direction;
  }

  /** Whose address it names. */
  static String owner(String sdp) {
    int start = sdp.indexOf("c=IN IP4 ");
    int end = sdp.indexOf('\n');
    return start < 0 || end < 0 ? "" : sdp.substring(start + 9, end);
  }

  static String direction(String sdp) {
    int at = sdp.indexOf("\na=");
    return at < 0 ? "" : sdp.substring(at + 3);
  }
}
