package org.switchwright.sip.sdp;

/** The two laws of G.711, with their static payload types (RFC 3551 6). */
public enum Law {
  PCMU(0),
  PCMA(8);

  private final int payloadType;

  Law(int payloadType) {
    this.payloadType = payloadType;
  }

  public int payloadType() {
    return payloadType;
  }
}
