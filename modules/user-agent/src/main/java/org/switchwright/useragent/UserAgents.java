package org.switchwright.useragent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One UDP port on a loopback address with many user agents behind it, told apart by the user part
 * of the request URI. Several hosts may run in one process, each with its own address, port and
 * threads (one for signalling, one per socket set, one that paces audio).
 *
 * <p>{@link #close} is abrupt, as if the power failed: ports and threads are free after it, and
 * nobody is told. {@link #hangUpAll} comes first where that matters.
 */
public final class UserAgents implements AutoCloseable {
  /** Calls alive at once; one more is refused with 503, or not placed. */
  public static final int MAX_CALLS = 20_000;

  private final Loop loop;
  private final Wire wire;
  private final MessageRing ring;
  private final Transactions transactions;
  private final RtpEngine rtp;
  private final Watch watch;
  private final Map<String, Phone> phones = new ConcurrentHashMap<>();
  private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

  private UserAgents(Settings settings) {
    InetAddress address = settings.address;
    loop = new Loop("ua-loop-" + address.getHostAddress());
    ring = new MessageRing(settings.messagesRemembered);
    wire = new Wire(new InetSocketAddress(address, settings.port), loop, ring);
    transactions = new Transactions(wire, loop, settings.t1);
    rtp = new RtpEngine(address, settings.audio);
    watch = new Watch(loop);
    wire.start(this::onMessage);
  }

  /** Settings of a host; {@link #start} opens it. */
  public static final class Settings {
    private final InetAddress address;
    private int port;
    private Duration t1 = Duration.ofMillis(500);
    private int messagesRemembered = 8_192;
    private boolean audio = true;

    private Settings(InetAddress address) {
      this.address = address;
    }

    /** The UDP port; any free one unless told otherwise. */
    public Settings port(int wanted) {
      port = wanted;
      return this;
    }

    /** RFC 3261's T1, 500 ms; all other timers follow from it. */
    public Settings t1(Duration wanted) {
      t1 = wanted;
      return this;
    }

    /** How many messages {@link UserAgents#messages} reaches back. */
    public Settings messagesRemembered(int atMost) {
      messagesRemembered = atMost;
      return this;
    }

    /** Describes one port for all calls and neither sends nor counts: for load. */
    public Settings withoutAudio() {
      audio = false;
      return this;
    }

    public UserAgents start() {
      return new UserAgents(this);
    }
  }

  /**
   * Begins the settings of a host.
   *
   * @param address a literal of 127.0.0.0/8; these agents never leave the machine
   */
  public static Settings at(String address) {
    InetAddress parsed = InetAddress.ofLiteral(address);
    if (!parsed.isLoopbackAddress()) {
      throw new IllegalArgumentException("Expected a loopback address");
    }
    return new Settings(parsed);
  }

  public InetSocketAddress address() {
    return wire.local();
  }

  /** A phone of this host; the user part of its account must be its own. */
  public Phone phone(Account account) {
    var phone = new Phone(this, account);
    if (phones.putIfAbsent(account.user(), phone) != null) {
      throw new IllegalArgumentException("Expected a user part not yet in use on this host");
    }
    return phone;
  }

  public Caller caller(String user) {
    return new Caller(
        this,
        user,
        wire.local().getAddress().getHostAddress(),
        Optional.empty(),
        Profile.standard(),
        Optional.empty());
  }

  /** The messages still remembered that fit, in order. */
  public List<RecordedMessage> messages(Predicate<RecordedMessage> fits) {
    return ring.select(fits);
  }

  /** Drops what arrives and fits, as the network would; the last such rule counts. */
  public void loseIncoming(Predicate<SipMessage> lost) {
    wire.loseIncoming(lost);
  }

  /** Drops what is sent and fits; it is remembered as sent. */
  public void loseOutgoing(Predicate<SipMessage> lost) {
    wire.loseOutgoing(lost);
  }

  /** Sends bytes as they are, for tests of the other side's parser. */
  public void sendRaw(byte[] datagram, InetSocketAddress to) {
    wire.sendRaw(datagram, requireLoopback(to));
  }

  /** Datagrams that were no SIP messages. */
  public long garbage() {
    return wire.garbage();
  }

  public int liveCalls() {
    return conversations.size();
  }

  /** Hangs up everything and waits until it is over; false if the time was too short. */
  public boolean hangUpAll(Duration atMost) {
    loop.run(() -> conversations.values().forEach(each -> each.hangUp(Optional.empty())));
    return watch.await(conversations::isEmpty, atMost);
  }

  @Override
  public void close() {
    wire.close();
    rtp.close();
    loop.close();
  }

  Loop loop() {
    return loop;
  }

  Transactions transactions() {
    return transactions;
  }

  RtpStream openAudio() {
    return rtp.open();
  }

  String contact(String user) {
    InetSocketAddress local = wire.local();
    return "sip:" + user + "@" + local.getAddress().getHostAddress() + ":" + local.getPort();
  }

  static InetSocketAddress requireLoopback(InetSocketAddress address) {
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("Expected a loopback address");
    }
    return address;
  }

  void requireRoom() {
    if (conversations.size() >= MAX_CALLS) {
      throw new IllegalStateException("Expected at most " + MAX_CALLS + " calls at once");
    }
  }

  void remember(Conversation conversation) {
    Dialog dialog = conversation.dialog();
    conversations.put(key(dialog.callId(), dialog.localTag()), conversation);
  }

  void forget(Conversation conversation) {
    Dialog dialog = conversation.dialog();
    conversations.remove(key(dialog.callId(), dialog.localTag()));
    rtp.close(conversation.media().audio());
    watch.changed();
  }

  private static String key(String callId, String localTag) {
    return callId + "|" + localTag;
  }

  private @Nullable Conversation dialogOf(SipMessage request) {
    return conversations.get(key(request.callId(), request.toTag()));
  }

  private void onMessage(SipMessage message, InetSocketAddress from) {
    if (!message.isRequest()) {
      transactions.takesResponse(message);
    } else if (message.isRequest("ACK")) {
      Conversation conversation = dialogOf(message);
      if (!transactions.takesAck(message) && conversation != null) {
        conversation.onAck(message);
      }
    } else if (!transactions.isRetransmission(message) && !isIgnored(message)) {
      onRequest(message, from);
    }
  }

  // A silent phone opens no transaction, or its next repetition would be taken for known.
  private boolean isIgnored(SipMessage request) {
    Phone phone = phones.get(request.requestUser());
    boolean begins = request.toTag().isEmpty();
    boolean known = request.isRequest("CANCEL") && transactions.inviteOf(request).isPresent();
    return phone != null && phone.isSilent() && begins && !known;
  }

  private void onRequest(SipMessage request, InetSocketAddress from) {
    ServerTransaction transaction = transactions.accept(request, from);
    if (request.isRequest("CANCEL")) {
      transactions
          .inviteOf(request)
          .ifPresentOrElse(
              invite -> invite.cancel(transaction), () -> transaction.respond(481, ""));
    } else if (!request.toTag().isEmpty()) {
      Conversation conversation = dialogOf(request);
      if (conversation == null) {
        transaction.respond(481, "");
      } else {
        conversation.onRequest(transaction);
      }
    } else {
      onFirst(transaction, from);
    }
  }

  private void onFirst(ServerTransaction transaction, InetSocketAddress from) {
    SipMessage request = transaction.request();
    String tag = Transactions.token();
    Phone phone = phones.get(request.requestUser());
    switch (request.method()) {
      case "OPTIONS" ->
          transaction.respond(
              Draft.response(request, 200, tag).header("Allow", Conversation.ALLOW));
      case "INVITE" -> {
        if (phone == null) {
          transaction.respond(404, tag);
        } else if (conversations.size() >= MAX_CALLS) {
          transaction.respond(503, tag);
        } else {
          phone.onInvite(
              transaction, Dialog.incoming(request, contact(request.requestUser()), from));
        }
      }
      default ->
          transaction.respond(
              Draft.response(request, 405, tag).header("Allow", Conversation.ALLOW));
    }
  }
}
