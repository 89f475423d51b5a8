package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call to be placed: settings, then {@link #place}. */
public final class CallRequest {
  private final UserAgents host;
  private final String from;
  private final String contact;
  private final Profile profile;
  private final Optional<Credentials> credentials;
  private final String uri;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private @Nullable InetSocketAddress via;
  private @Nullable Duration patience;
  private boolean withOffer = true;
  private @Nullable Duration follows;

  CallRequest(
      UserAgents host,
      String from,
      String contact,
      Profile profile,
      Optional<Credentials> credentials,
      String uri) {
    this.host = host;
    this.from = from;
    this.contact = contact;
    this.profile = profile;
    this.credentials = credentials;
    this.uri = uri;
  }

  /** Where the INVITE is sent. */
  public CallRequest via(InetSocketAddress next) {
    via = UserAgents.requireLoopback(next);
    return this;
  }

  /** Sends the INVITE without SDP; the answer goes with the ACK (delayed offer). */
  public CallRequest withoutOffer() {
    withOffer = false;
    return this;
  }

  /** Goes on where a 301 or 302 says, as trunks do, after that time. */
  public CallRequest followingRedirects(Duration after) {
    follows = after;
    return this;
  }

  /** Adds a header line to the INVITE. */
  public CallRequest header(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  /** Gives up if there is no answer after this time. */
  public CallRequest patience(Duration time) {
    patience = time;
    return this;
  }

  /**
   * Sends the INVITE.
   *
   * @throws IllegalStateException if the host has as many calls as it may
   */
  public Call place() {
    InetSocketAddress next = via;
    if (next == null) {
      throw new IllegalStateException("Expected to know where to send the INVITE");
    }
    host.requireRoom();
    Dialog dialog = Dialog.outgoing(from, "<" + uri + ">", uri, contact, next);
    var conversation = new Conversation(host, profile, dialog, false);
    var setup =
        new OutgoingSetup(
            conversation,
            withOffer,
            Optional.ofNullable(follows),
            credentials,
            draft -> headers.forEach(line -> draft.header(line.getKey(), line.getValue())));
    conversation.begin(setup, null);
    host.loop().run(setup::start);
    Duration limit = patience;
    if (limit != null) {
      host.loop()
          .after(
              limit,
              () -> {
                if (!conversation.isUp()) {
                  conversation.hangUp(Optional.empty());
                }
              });
    }
    return conversation.call();
  }
}
