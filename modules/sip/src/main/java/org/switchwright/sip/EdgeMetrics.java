package org.switchwright.sip;

/** What an edge counts. Nothing here names a call or a person. Called on any thread. */
public interface EdgeMetrics {
  EdgeMetrics NONE =
      new EdgeMetrics() {
        @Override
        public void sent(String method, int status) {}

        @Override
        public void received(String method, int status) {}

        @Override
        public void failed(Failure failure) {}
      };

  /**
   * A message went out.
   *
   * @param method of the request, or of the request that is answered
   * @param status 0 for a request
   */
  void sent(String method, int status);

  /**
   * A message came in and passed the screen.
   *
   * @param method of the request, or of the request that is answered
   * @param status 0 for a request
   */
  void received(String method, int status);

  void failed(Failure failure);

  /** What went wrong on our side. */
  enum Failure {
    /** A throwable left the handling of a message or a signal. */
    UNEXPECTED,
    /** A report was not journaled in time. */
    REPORT_LOST,
    /** A message could not be sent. */
    NOT_SENT,
    /** The lanes are full; the message was not handled. */
    LANE_FULL,
    /** The table of live calls is full; the call was refused. */
    TABLE_FULL
  }
}
