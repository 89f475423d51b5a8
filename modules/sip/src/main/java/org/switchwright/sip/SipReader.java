package org.switchwright.sip;

import gov.nist.javax.sip.header.RecordRouteList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import javax.sip.address.Address;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.Header;
import javax.sip.header.ViaHeader;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionTimer;

/** Reads messages into data; never decides. Pure. Whatever is odd comes out as empty. */
final class SipReader {
  private static final int MAX_TAG_CHARS = 256;

  private SipReader() {}

  /** An INVITE as data, with our tag on its To. */
  static ServerTransaction transaction(SIPRequest request, String localTag, KeyId key) {
    return new ServerTransaction(
        Personal.of(key, repeatedHeaders(request, localTag)),
        branch(request),
        request.getCSeq().getSeqNumber());
  }

  /**
   * The INVITE that a CANCEL means, for an edge that never saw it: but for what proxies added, its
   * headers are the CANCEL's (RFC 3261 9.1).
   */
  static ServerTransaction cancelled(SIPRequest cancel, String localTag, KeyId key) {
    long cseq = cancel.getCSeq().getSeqNumber();
    String headers =
        repeatedHeaders(cancel, localTag)
            .replace("CSeq: " + cseq + " CANCEL", "CSeq: " + cseq + " INVITE");
    return new ServerTransaction(Personal.of(key, headers), branch(cancel), cseq);
  }

  /** What a response repeats (RFC 3261 8.2.6.2, 12.1.1). */
  static String repeatedHeaders(SIPRequest request, String localTag) {
    StringBuilder text = new StringBuilder(512);
    ListIterator<?> vias = request.getHeaders(ViaHeader.NAME);
    while (vias.hasNext()) {
      text.append(line(vias.next().toString()));
    }
    text.append(line(request.getFrom().toString()));
    text.append(request.getTo().toString().trim());
    text.append(request.getToTag() == null ? ";tag=" + localTag : "").append("\r\n");
    text.append(line(request.getCallId().toString()));
    text.append(line(request.getCSeq().toString()));
    for (String route : recordRoutes(request)) {
      text.append("Record-Route: ").append(route).append("\r\n");
    }
    return text.toString();
  }

  private static String line(String header) {
    return header.trim() + "\r\n";
  }

  static String branch(SIPMessage message) {
    String branch = message.getTopmostVia().getBranch();
    return branch == null ? "" : branch;
  }

  /** The dialog that an INVITE makes here (RFC 3261 12.1.1); empty without a usable Contact. */
  static Optional<Dialog> dialogOfCaller(
      SIPRequest invite, String localTag, KeyId key, SessionTimer timer) {
    Optional<String> target = target(invite);
    String remoteTag = invite.getFromTag() == null ? "" : invite.getFromTag();
    if (target.isEmpty() || remoteTag.length() > MAX_TAG_CHARS) {
      return Optional.empty();
    }
    return Optional.of(
        new Dialog(
            Personal.of(key, invite.getCallId().getCallId()),
            localTag,
            remoteTag,
            Personal.of(key, nameAddr(invite.getTo().getAddress())),
            Personal.of(key, nameAddr(invite.getFrom().getAddress())),
            Personal.of(key, target.get()),
            Personal.of(key, String.join("\r\n", recordRoutes(invite))),
            timer));
  }

  /** The dialog that a 2xx to our INVITE makes (RFC 3261 12.1.2). */
  static Optional<Dialog> dialogOfStation(
      SIPResponse answer, String localTag, KeyId key, SessionTimer timer) {
    Optional<String> target = target(answer);
    String remoteTag = answer.getToTag() == null ? "" : answer.getToTag();
    if (target.isEmpty() || remoteTag.length() > MAX_TAG_CHARS) {
      return Optional.empty();
    }
    List<String> routes = new ArrayList<>(recordRoutes(answer));
    Collections.reverse(routes);
    return Optional.of(
        new Dialog(
            Personal.of(key, answer.getCallId().getCallId()),
            localTag,
            remoteTag,
            Personal.of(key, nameAddr(answer.getFrom().getAddress())),
            Personal.of(key, nameAddr(answer.getTo().getAddress())),
            Personal.of(key, target.get()),
            Personal.of(key, String.join("\r\n", routes)),
            timer));
  }

  /** The URI of the Contact. */
  static Optional<String> target(SIPMessage message) {
    try {
      if (message.getContactHeaders() == null) {
        return Optional.empty();
      }
      ContactHeader contact = message.getContactHeader();
      return contact == null || contact.isWildCard() || contact.getAddress() == null
          ? Optional.empty()
          : Optional.of(contact.getAddress().getURI().toString());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static List<String> recordRoutes(SIPMessage message) {
    RecordRouteList list = message.getRecordRouteHeaders();
    if (list == null) {
      return List.of();
    }
    return list.stream()
        .map(route -> "<" + route.getAddress().getURI() + ">")
        .collect(Collectors.toList());
  }

  /** A name-addr without header parameters. */
  static String nameAddr(Address address) {
    String name = address.getDisplayName();
    String uri = "<" + address.getURI() + ">";
    if (name == null || name.isBlank()) {
      return uri;
    }
    // The parser leaves escapes as they are, but does not see to it that they are whole.
    String plain = name.replaceAll("[\\r\\n\\x00]", " ").replaceAll("\\\\(.)", "$1");
    String escaped = plain.replace("\\", "\\\\").replace("\"", "\\\"");
    return "\"" + escaped + "\" " + uri;
  }

  /** The session description in the body; empty when there is no body. */
  static Optional<String> session(SIPMessage message) {
    byte[] body = message.getRawContent();
    if (body == null || body.length == 0 || !hasSessionType(message)) {
      return Optional.empty();
    }
    return Optional.of(new String(body, StandardCharsets.UTF_8));
  }

  /** False for a body of a type that we do not know: 415. */
  static boolean bodyIsKnown(SIPMessage message) {
    byte[] body = message.getRawContent();
    return body == null || body.length == 0 || hasSessionType(message);
  }

  private static boolean hasSessionType(SIPMessage message) {
    ContentTypeHeader type = message.getContentTypeHeader();
    return type != null
        && "application".equalsIgnoreCase(type.getContentType())
        && "sdp".equalsIgnoreCase(type.getContentSubType());
  }

  /**
   * A Session-Expires header (RFC 4028 4).
   *
   * @param refresher "uac", "uas" or empty
   */
  record SessionExpires(int seconds, String refresher) {}

  static Optional<SessionExpires> sessionExpires(SIPMessage message) {
    return headerValue(message, "Session-Expires")
        .flatMap(value -> {
          String[] parts = value.split(";", -1);
          OptionalInt seconds = number(parts[0]);
          if (seconds.isEmpty()) {
            return Optional.empty();
          }
          String refresher = "";
          for (String part : parts) {
            String[] pair = part.trim().split("=", 2);
            if (pair.length == 2 && pair[0].trim().equalsIgnoreCase("refresher")) {
              refresher = pair[1].trim().toLowerCase(java.util.Locale.ROOT);
            }
          }
          return Optional.of(new SessionExpires(seconds.getAsInt(), refresher));
        });
  }

  /** Whether one of the headers of that name lists the option tag. */
  static boolean lists(SIPMessage message, String header, String tag) {
    ListIterator<?> headers = message.getHeaders(header);
    while (headers.hasNext()) {
      String value = value(headers.next());
      for (String item : value.split(",", -1)) {
        if (item.trim().equalsIgnoreCase(tag)) {
          return true;
        }
      }
    }
    return false;
  }

  static Optional<String> headerValue(SIPMessage message, String name) {
    Header header = message.getHeader(name);
    return header == null ? Optional.empty() : Optional.of(value(header));
  }

  /** The value of a header that is there once, and not blank. */
  static Optional<String> onlyValue(SIPMessage message, String name) {
    Iterator<?> headers = message.getHeaders(name);
    Optional<String> value =
        headers.hasNext() ? Optional.of(value(headers.next())) : Optional.empty();
    return headers.hasNext() ? Optional.empty() : value.filter(it -> !it.isBlank());
  }

  static String value(@Nullable Object header) {
    if (header instanceof ExtensionHeader extension && extension.getValue() != null) {
      return extension.getValue().trim();
    }
    String text = String.valueOf(header).trim();
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(colon + 1).trim();
  }

  static OptionalInt number(String digits) {
    String text = digits.trim();
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(Character::isDigit)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text));
  }
}
