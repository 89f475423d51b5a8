package org.switchwright.useragent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The audio of one call on its own UDP port (RFC 3550, G.711): sends a tone in packets of 20 ms
 * while there is a target, and keeps account of whom it heard from. Readable from any thread, also
 * after the call.
 */
public final class RtpStream {
  /** More sources than these are not told apart any more. */
  static final int MAX_SOURCES = 64;

  private static final int HEADER_BYTES = 12;

  /** Where to send, and as what. */
  record Target(InetSocketAddress address, Codec codec, int payloadType) {}

  /**
   * What came from one address.
   *
   * @param silentPackets those whose samples are all near zero
   * @param lastAudibleAt when the last packet came that was not silent
   */
  public record Source(
      InetSocketAddress address,
      int payloadType,
      long packets,
      long silentPackets,
      Instant firstAt,
      Instant lastAt,
      Optional<Instant> lastAudibleAt) {

    private Source next(int type, boolean silent, Instant at) {
      return new Source(
          address,
          type,
          packets + 1,
          silentPackets + (silent ? 1 : 0),
          firstAt,
          at,
          silent ? lastAudibleAt : Optional.of(at));
    }
  }

  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final Map<InetSocketAddress, Source> sources = new HashMap<>();
  private final int ssrc = ThreadLocalRandom.current().nextInt();
  private final ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + G711.SAMPLES_PER_PACKET);
  private short sequence = (short) ThreadLocalRandom.current().nextInt();
  private int timestamp = ThreadLocalRandom.current().nextInt();
  private boolean talkSpurtStarts = true;
  private volatile @Nullable Target target;
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean closed;

  // Guarded by sources.
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int keeps;

  RtpStream(DatagramChannel channel, InetSocketAddress local) {
    this.channel = channel;
    this.local = local;
  }

  /** Our own address, as described in SDP. */
  public InetSocketAddress local() {
    return local;
  }

  public long packetsSent() {
    return sent.get();
  }

  public long packetsReceived() {
    synchronized (sources) {
      return sources.values().stream().mapToLong(Source::packets).sum();
    }
  }

  public List<Source> sources() {
    synchronized (sources) {
      return List.copyOf(sources.values());
    }
  }

  /**
   * Keeps the sound that comes from now on, in the order of its coming.
   *
   * @param bytes at most so much of it; 8,000 are a second
   */
  public void keep(int bytes) {
    synchronized (sources) {
      kept.reset();
      keeps = bytes;
    }
  }

  /** What was kept, as it came: encoded. */
  public byte[] kept() {
    synchronized (sources) {
      return kept.toByteArray();
    }
  }

  /** From whom did I hear since then? */
  public Set<InetSocketAddress> heardSince(Instant since) {
    return sources().stream()
        .filter(source -> !source.lastAt().isBefore(since))
        .map(Source::address)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** From whom did I hear more than silence since then? */
  public Set<InetSocketAddress> audibleSince(Instant since) {
    return sources().stream()
        .filter(source -> source.lastAudibleAt().filter(at -> !at.isBefore(since)).isPresent())
        .map(Source::address)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** True while packets are being sent. */
  public boolean isSending() {
    return target != null && !closed;
  }

  void sendTo(Optional<Target> wanted) {
    target = wanted.orElse(null);
  }

  /** Sends the next 20 ms; called by one thread. */
  void tick(Map<Codec, byte[]> tones) {
    Target to = target;
    timestamp += G711.SAMPLES_PER_PACKET;
    if (to == null || closed) {
      talkSpurtStarts = true;
      return;
    }
    byte[] tone = tones.get(to.codec());
    if (tone == null) {
      return;
    }
    packet.clear();
    packet.put((byte) 0x80).put((byte) (to.payloadType() | (talkSpurtStarts ? 0x80 : 0)));
    packet.putShort(sequence++).putInt(timestamp).putInt(ssrc).put(tone).flip();
    talkSpurtStarts = false;
    try {
      channel.send(packet, to.address());
      sent.incrementAndGet();
    } catch (IOException _) {
      // Lost like any packet that the network drops.
    }
  }

  void receive(InetSocketAddress from, byte[] bytes, int length, Instant at) {
    int type = length < HEADER_BYTES ? -1 : bytes[1] & 0x7f;
    boolean isRtp = type >= 0 && (bytes[0] & 0xc0) == 0x80 && (type < 64 || type > 95);
    if (!isRtp) {
      return;
    }
    int start = HEADER_BYTES + 4 * (bytes[0] & 0x0f);
    boolean silent = start >= length || G711.isSilence(bytes, start, length - start, type == 8);
    synchronized (sources) {
      if (start < length && kept.size() < keeps) {
        kept.write(bytes, start, Math.min(length - start, keeps - kept.size()));
      }
      Source known = sources.get(from);
      if (known != null) {
        sources.put(from, known.next(type, silent, at));
      } else if (sources.size() < MAX_SOURCES) {
        sources.put(
            from, new Source(from, type, 0, 0, at, at, Optional.empty()).next(type, silent, at));
      }
    }
  }

  DatagramChannel channel() {
    return channel;
  }

  void close() {
    closed = true;
    target = null;
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing is owed to a port that cannot be closed.
    }
  }
}
