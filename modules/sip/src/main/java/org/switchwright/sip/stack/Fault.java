package org.switchwright.sip.stack;

/**
 * Why a datagram was not let through. A status of 0 means that nothing is answered (RFC 3261 18.3:
 * what cannot be understood is discarded).
 */
public enum Fault {
  KEEP_ALIVE(0, "Keep-Alive"),
  GARBAGE(0, "Garbage"),
  TRUNCATED(0, "Truncated Datagram"),
  QUEUE_FULL(0, "Queue Full"),
  QUEUE_HALF_FULL(0, "Queue Half Full, New Call"),
  VERSION(505, "Version Not Supported"),
  UNFINISHED_HEADERS(400, "Unfinished Headers"),
  TOO_MANY_HEADERS(400, "Too Many Headers"),
  MISSING_HEADER(400, "Missing Mandatory Header"),
  REPEATED_HEADER(400, "Repeated Single Header"),
  CSEQ(400, "Bad CSeq"),
  CSEQ_METHOD(400, "CSeq Method Mismatch"),
  BRANCH(400, "Bad Via Branch"),
  TRANSPORT(400, "Bad Via Transport"),
  CONTENT_LENGTH(400, "Bad Content-Length"),
  MAX_FORWARDS(400, "Bad Max-Forwards"),
  TOO_MANY_HOPS(483, "Too Many Hops"),
  EXTENSION(420, "Bad Extension"),
  UNREADABLE(400, "Unreadable Header");

  private final int status;
  private final String phrase;

  Fault(int status, String phrase) {
    this.status = status;
    this.phrase = phrase;
  }

  public int status() {
    return status;
  }

  public String phrase() {
    return phrase;
  }
}
