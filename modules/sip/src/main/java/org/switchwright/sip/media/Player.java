package org.switchwright.sip.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays to many at once from one thread. The streams are spread over the 20 ms of a frame, because
 * one burst of all of them would make their packets jitter (1.5 ms instead of 0.2 ms with 1,000
 * streams). Bounded by its range of ports, of which each stream takes an even one (RFC 3550 11).
 */
public final class Player implements AutoCloseable {
  private static final int SLOTS = 20;
  private static final long SLOT_NANOS = 1_000_000;

  /** Late by more than this, the frames missed are dropped instead of sent in a burst. */
  private static final long MAX_LATE_NANOS = 200_000_000;

  private static final int RTP_HEADER_SEQUENCES = 1 << 16;

  private final InetAddress address;
  private final Deque<Integer> freePorts = new ArrayDeque<>();
  private final List<List<MediaStream>> slots;
  private final AtomicInteger streams = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Starts the thread; binds nothing yet.
   *
   * @param firstPort even
   * @param lastPort inclusive
   */
  public Player(String name, InetAddress address, int firstPort, int lastPort) {
    if (firstPort % 2 != 0 || lastPort < firstPort || lastPort > 65_535) {
      throw new IllegalArgumentException(
          "Expected media ports from an even one upwards, but got "
              + firstPort
              + " to "
              + lastPort);
    }
    this.address = address;
    for (int port = firstPort; port <= lastPort; port += 2) {
      freePorts.add(port);
    }
    this.slots =
        java.util.stream.Stream.generate(
                () -> (List<MediaStream>) new CopyOnWriteArrayList<MediaStream>())
            .limit(SLOTS)
            .toList();
    this.thread = Thread.ofPlatform().name(name + "-player").daemon().start(this::run);
  }

  /**
   * A stream with a port of its own, silent as yet; empty when all are in use.
   *
   * @param preferredPort taken if it is free; 0 for any
   */
  public synchronized Optional<MediaStream> open(int preferredPort) {
    if (closed) {
      return Optional.empty();
    }
    if (freePorts.remove(preferredPort)) {
      freePorts.addFirst(preferredPort);
    }
    int tries = freePorts.size();
    for (int i = 0; i < tries; i++) {
      int port = freePorts.removeFirst();
      Optional<DatagramChannel> channel = bind(port);
      if (channel.isPresent()) {
        return Optional.of(add(channel.get(), port));
      }
      // Somebody else's for now; the last to be tried again.
      freePorts.addLast(port);
    }
    return Optional.empty();
  }

  private Optional<DatagramChannel> bind(int port) {
    DatagramChannel channel = null;
    try {
      channel = DatagramChannel.open();
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(address, port));
      return Optional.of(channel);
    } catch (IOException e) {
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException closing) {
          e.addSuppressed(closing);
        }
      }
      return Optional.empty();
    }
  }

  private MediaStream add(DatagramChannel channel, int port) {
    int slot = 0;
    for (int i = 1; i < SLOTS; i++) {
      if (slots.get(i).size() < slots.get(slot).size()) {
        slot = i;
      }
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    MediaStream stream =
        new MediaStream(
            this, channel, port, slot, random.nextInt(), random.nextInt(RTP_HEADER_SEQUENCES));
    slots.get(slot).add(stream);
    if (streams.getAndIncrement() == 0) {
      LockSupport.unpark(thread);
    }
    return stream;
  }

  synchronized void remove(MediaStream stream) {
    if (slots.get(stream.slot()).remove(stream)) {
      streams.decrementAndGet();
      stream.closeChannel();
      // Last in line, so that late packets for the old stream find nobody rather than the wrong
      // one.
      freePorts.addLast(stream.port());
    }
  }

  /** Streams open now. */
  public int streams() {
    return streams.get();
  }

  private void run() {
    long next = System.nanoTime();
    int slot = 0;
    while (!closed) {
      if (streams.get() == 0) {
        LockSupport.park(this);
        next = System.nanoTime();
        continue;
      }
      long now = System.nanoTime();
      if (now < next) {
        LockSupport.parkNanos(this, next - now);
        continue;
      }
      if (now - next > MAX_LATE_NANOS) {
        next = now;
      }
      for (MediaStream stream : slots.get(slot)) {
        stream.tick();
      }
      slot = (slot + 1) % SLOTS;
      next += SLOT_NANOS;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    slots.forEach(slot -> List.copyOf(slot).forEach(MediaStream::stop));
  }
}
