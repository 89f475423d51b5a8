package org.switchwright.http;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers what cannot be read as HTTP in the same form as everything else. Named in the settings
 * that {@link HttpEdge} gives to Pekko, which looks for an instance in {@link #MODULE$}.
 */
public final class UnreadableRequest extends ParsingErrorHandler {
  public static final UnreadableRequest MODULE$ = new UnreadableRequest();

  private UnreadableRequest() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
    return new Problem(
            status.intValue(), "unreadable", "The request cannot be read", status.defaultMessage())
        .response();
  }
}
