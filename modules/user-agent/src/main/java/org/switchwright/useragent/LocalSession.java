package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Our side of offer and answer (RFC 3264): one audio stream on one port. Keeps one o= line for the
 * whole call and raises its version with every new description. Confined to the loop.
 */
final class LocalSession {
  private final InetSocketAddress address;
  private final Consumer<String> complaints;
  private final long sessionId = ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
  private final List<Codec> codecs;
  private long version = sessionId;
  private @Nullable String last;
  private @Nullable String settled;
  private @Nullable RemoteMedia remote;
  private @Nullable Codec codec;
  private int payloadType;
  private boolean held;
  private boolean offeredHeld;
  private Direction direction = Direction.SENDRECV;

  LocalSession(InetSocketAddress address, List<Codec> codecs, Consumer<String> complaints) {
    this.complaints = complaints;
    this.address = address;
    this.codecs = List.copyOf(codecs);
  }

  /** A new offer of all our codecs, sendonly where we want to hold. */
  String offer(boolean hold) {
    offeredHeld = hold;
    return describe(hold ? Direction.SENDONLY : Direction.SENDRECV, null);
  }

  /** What was last described, again and unchanged: for a session refresh. */
  String unchanged() {
    offeredHeld = held;
    boolean repeatable = last != null && (settled == null || settled.equals(last));
    return repeatable && last != null ? last : offer(held);
  }

  boolean isHeld() {
    return held;
  }

  /** The answer to an offer, empty if no codec fits. */
  Optional<String> answer(String offer) {
    Optional<RemoteMedia> offered = RemoteMedia.parse(offer);
    if (offered.isEmpty() || choose(offered.get()) == null) {
      return Optional.empty();
    }
    RemoteMedia media = offered.get();
    Direction wish = held ? Direction.SENDONLY : Direction.SENDRECV;
    Direction answered = wish.answerTo(media.direction());
    String description = describe(answered, media);
    take(media, answered);
    return Optional.of(description);
  }

  /** Takes the answer to our last offer; false if it holds no codec of ours. */
  boolean accept(String answer) {
    Optional<RemoteMedia> answered = RemoteMedia.parse(answer);
    if (answered.isEmpty() || choose(answered.get()) == null) {
      return false;
    }
    held = offeredHeld;
    Direction wish = held ? Direction.SENDONLY : Direction.SENDRECV;
    take(answered.get(), wish.answerTo(answered.get().direction()));
    return true;
  }

  Optional<RemoteMedia> remote() {
    return Optional.ofNullable(remote);
  }

  Optional<InetSocketAddress> remoteAddress() {
    return remote().map(RemoteMedia::address);
  }

  /** True while the other side said that it does not send and receive. */
  boolean isHeldByRemote() {
    return remote != null && remote.direction() != Direction.SENDRECV && !held;
  }

  /** Where a tone may be sent now: nobody holds and the codec is one we can make. */
  Optional<RtpStream.Target> target() {
    if (remote == null || codec == null || direction != Direction.SENDRECV) {
      return Optional.empty();
    }
    boolean canMake = codec.equals(Codec.PCMU) || codec.equals(Codec.PCMA);
    // These agents never leave the machine, whatever an SDP says.
    return canMake && remote.address().getAddress().isLoopbackAddress()
        ? Optional.of(new RtpStream.Target(remote.address(), codec, payloadType))
        : Optional.empty();
  }

  Optional<Codec> codec() {
    return Optional.ofNullable(codec);
  }

  Direction direction() {
    return direction;
  }

  private void take(RemoteMedia media, Direction agreed) {
    RemoteMedia before = remote;
    if (before != null && !before.origin().equals(media.origin())) {
      complaints.accept("o= of the other side changed");
    } else if (before != null && !before.equals(media) && before.version() >= media.version()) {
      complaints.accept("SDP changed without a higher version in o=");
    }
    remote = media;
    settled = last;
    direction = agreed;
    codec = choose(media);
    payloadType = codec == null ? 0 : media.payloadTypeOf(codec).orElse(codec.payloadType());
  }

  // The other side's order counts, so that both ends come to the same first codec.
  private @Nullable Codec choose(RemoteMedia media) {
    Codec best = null;
    int bestIndex = Integer.MAX_VALUE;
    for (Codec candidate : codecs) {
      Optional<Integer> type = media.payloadTypeOf(candidate);
      if (candidate.isAudio() && type.isPresent()) {
        int index = media.payloadTypes().indexOf(type.get());
        if (index < bestIndex) {
          bestIndex = index;
          best = candidate;
        }
      }
    }
    return best;
  }

  private String describe(Direction wanted, @Nullable RemoteMedia answered) {
    if (last != null) {
      version++;
    }
    String host = address.getAddress().getHostAddress();
    var sdp =
        new StringBuilder(256)
            .append("v=0\r\no=- ")
            .append(sessionId)
            .append(' ')
            .append(version)
            .append(" IN IP4 ")
            .append(host)
            .append("\r\ns=-\r\nc=IN IP4 ")
            .append(host)
            .append("\r\nt=0 0\r\n");
    List<String> lines = answered == null ? List.of("") : answered.mediaLines();
    int audioLine = answered == null ? 0 : answered.audioLine();
    for (int i = 0; i < lines.size(); i++) {
      if (i == audioLine) {
        audio(sdp, wanted, answered);
      } else {
        String[] parts = lines.get(i).split(" ", 3);
        sdp.append("m=").append(parts[0]).append(" 0 ").append(parts[2]).append("\r\n");
      }
    }
    last = sdp.toString();
    return last;
  }

  private void audio(StringBuilder sdp, Direction wanted, @Nullable RemoteMedia answered) {
    var numbers = new ArrayList<String>();
    var maps = new StringBuilder();
    for (Codec each : codecs) {
      int number = answered == null ? each.payloadType() : answered.payloadTypeOf(each).orElse(-1);
      if (number >= 0) {
        numbers.add(Integer.toString(number));
        maps.append("a=rtpmap:").append(each.rtpmap(number)).append("\r\n");
      }
    }
    sdp.append("m=audio ").append(address.getPort()).append(" RTP/AVP ");
    sdp.append(String.join(" ", numbers)).append("\r\n").append(maps);
    sdp.append("a=ptime:20\r\na=").append(wanted.attribute()).append("\r\n");
  }
}
