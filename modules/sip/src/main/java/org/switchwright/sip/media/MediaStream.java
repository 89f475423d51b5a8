package org.switchwright.sip.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.switchwright.sip.sdp.Law;

/**
 * One RTP stream of the player (RFC 3550 5.1): sends from the port that it names, 20 ms in a
 * packet. Sends nothing until it is told where to.
 */
public final class MediaStream {
  private static final int HEADER_BYTES = 12;
  private static final byte VERSION_2 = (byte) 0x80;
  private static final int MARKER = 0x80;

  private final Player player;
  private final DatagramChannel channel;
  private final int port;
  private final int slot;
  private final int source;
  private final ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + Sound.FRAME_SAMPLES);
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(2_048);
  private final AtomicInteger plays = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final AtomicReference<@Nullable Speech> speech = new AtomicReference<>();
  private volatile @Nullable Playing playing;

  // Touched by the player's thread only.
  private int sequence;
  private int timestamp;
  private int begun;
  private int position;

  /** What goes where. */
  private record Playing(Clip clip, Law law, int payloadType, InetSocketAddress to, int ordinal) {}

  /** What is said while the music waits. Its place is touched by the player's thread only. */
  private static final class Speech {
    private final List<Clip> clips;
    private int clip;
    private int position;

    Speech(List<Clip> clips) {
      this.clips = clips;
    }

    boolean over() {
      return clip >= clips.size();
    }

    /** Puts the next frame; to be asked only while it is not over. */
    void put(Law law, ByteBuffer packet) {
      byte[] bytes = clips.get(clip).encoded(law);
      packet.put(bytes, position, Sound.FRAME_SAMPLES);
      position += Sound.FRAME_SAMPLES;
      if (position >= bytes.length) {
        clip++;
        position = 0;
      }
    }
  }

  MediaStream(
      Player player, DatagramChannel channel, int port, int slot, int source, int sequence) {
    this.player = player;
    this.channel = channel;
    this.port = port;
    this.slot = slot;
    this.source = source;
    this.sequence = sequence;
  }

  public int port() {
    return port;
  }

  int slot() {
    return slot;
  }

  /** Sends that there from now on, from its beginning; does nothing once stopped. */
  public void play(Clip clip, Law law, int payloadType, InetSocketAddress to) {
    playing = new Playing(clip, law, payloadType, to, plays.incrementAndGet());
  }

  /** Goes on with that from its beginning, where something plays. */
  public void change(Clip clip) {
    Playing now = playing;
    if (now != null) {
      play(clip, now.law(), now.payloadType(), now.to());
    }
  }

  /**
   * Says that between the music, which goes on afterwards where it was. One who says something
   * already, or plays nothing, says nothing more.
   *
   * @return whether it is said
   */
  public boolean say(List<Clip> clips) {
    return !clips.isEmpty()
        && playing != null
        && speech.compareAndSet(null, new Speech(List.copyOf(clips)));
  }

  /** Sends nothing until told again; still receives. */
  public void pause() {
    playing = null;
    speech.set(null);
  }

  /** Ends it and frees its port. No packet leaves after this returns, but for one on its way. */
  public void stop() {
    pause();
    if (closed.compareAndSet(false, true)) {
      player.remove(this);
    }
  }

  public long packetsSent() {
    return sent.sum();
  }

  public long packetsReceived() {
    return received.sum();
  }

  /** Sends the frame that is due and counts what came. Called by the player's thread. */
  void tick() {
    if (closed.get()) {
      return;
    }
    try {
      drain();
      send();
    } catch (IOException e) {
      // The peer's port is closed, or ours is about to be; the next frame tries again.
    }
  }

  private void drain() throws IOException {
    // A few more than one in 20 ms, so that a flood costs no more than that.
    for (int i = 0; i < 4; i++) {
      incoming.clear();
      if (channel.receive(incoming) == null) {
        return;
      }
      received.increment();
    }
  }

  private void send() throws IOException {
    Playing now = playing;
    timestamp += Sound.FRAME_SAMPLES;
    if (now == null) {
      begun = 0;
      return;
    }
    boolean first = now.ordinal() != begun;
    if (first) {
      begun = now.ordinal();
      position = 0;
    }
    Speech said = speech.get();
    byte[] sound = now.clip().encoded(now.law());
    if (said == null && position >= sound.length) {
      if (!now.clip().repeats()) {
        return;
      }
      position = 0;
    }
    packet.clear();
    packet.put(VERSION_2);
    packet.put((byte) (now.payloadType() | (first ? MARKER : 0)));
    packet.putShort((short) sequence++);
    packet.putInt(timestamp).putInt(source);
    if (said == null) {
      packet.put(sound, position, Sound.FRAME_SAMPLES);
      position += Sound.FRAME_SAMPLES;
    } else {
      said.put(now.law(), packet);
      if (said.over()) {
        speech.compareAndSet(said, null);
      }
    }
    packet.flip();
    if (channel.send(packet, now.to()) > 0) {
      sent.increment();
    }
  }

  void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to be done about a socket that does not close.
    }
  }
}
