package org.switchwright.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.ResponseEntity;

/**
 * An error as the client is told it (RFC 9457). Never holds a stack trace or what the client sent.
 *
 * @param name last part of the type's URN, stable
 * @param title what the name means
 * @param detail about this occurrence
 */
record Problem(int status, String name, String title, String detail) {
  static final ContentType CONTENT_TYPE =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();

  static Problem badRequest(String detail) {
    return new Problem(400, "bad-request", "The request is not as expected", detail);
  }

  static Problem notFound(String what) {
    return new Problem(404, "not-found", "There is no such thing", "Expected " + what);
  }

  static Problem conflict(String name, String detail) {
    return new Problem(409, name, "Not in this state", detail);
  }

  static Problem overloaded(String detail) {
    return new Problem(503, "overloaded", "Too much to do; try again later", detail);
  }

  static Problem internal() {
    return new Problem(
        500, "internal", "Something went wrong here", "The log of the node says what it was");
  }

  HttpResponse response() {
    return response(Map.of());
  }

  /** With further members, as RFC 9457 3.2 allows. */
  HttpResponse response(Map<String, ?> more) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "urn:switchwright:problem:" + name);
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    members.putAll(more);
    return HttpResponse.create()
        .withStatus(status)
        .withEntity((ResponseEntity) HttpEntities.create(CONTENT_TYPE, Json.bytes(members)));
  }
}
