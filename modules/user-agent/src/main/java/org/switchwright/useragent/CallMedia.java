package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audio of a call and what was agreed about it. Confined to the loop, but for {@link #audio}
 * and {@link #remoteAddress}.
 */
final class CallMedia {
  private final Conversation conversation;
  private final RtpStream audio;
  private final LocalSession session;
  private boolean early;
  private boolean heldByRemote;
  private volatile @Nullable InetSocketAddress remoteAddress;

  CallMedia(Conversation conversation, RtpStream audio) {
    this.conversation = conversation;
    this.audio = audio;
    this.session =
        new LocalSession(audio.local(), conversation.profile().codecs(), conversation::complain);
  }

  RtpStream audio() {
    return audio;
  }

  LocalSession session() {
    return session;
  }

  Optional<InetSocketAddress> remoteAddress() {
    return Optional.ofNullable(remoteAddress);
  }

  /** Has the audio follow what was just agreed. */
  void changed() {
    remoteAddress = session.remoteAddress().orElse(null);
    boolean talks = (conversation.isUp() || early) && !conversation.isLeaving();
    audio.sendTo(talks ? session.target() : Optional.empty());
  }

  /** Has the audio be heard before the answer. */
  void talkEarly() {
    early = true;
    changed();
  }

  void silence() {
    audio.sendTo(Optional.empty());
  }

  /** Tells of hold and resume by the other side, if that changed. */
  void tellHold() {
    if (conversation.isUp() && heldByRemote != session.isHeldByRemote()) {
      heldByRemote = session.isHeldByRemote();
      conversation.saw(
          heldByRemote
              ? new CallEvent.Held(Instant.now(), CallEvent.By.REMOTE)
              : new CallEvent.Resumed(Instant.now(), CallEvent.By.REMOTE));
    }
  }
}
