package org.switchwright.useragent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All audio of a host: one thread that listens on every call's port, one that paces packets. */
final class RtpEngine implements AutoCloseable {
  private static final int PACKET_MS = 20;
  private static final int MAX_PACKET_BYTES = 2_048;
  private static final Map<Codec, byte[]> TONES =
      Map.of(Codec.PCMU, G711.tone(Codec.PCMU), Codec.PCMA, G711.tone(Codec.PCMA));

  private final InetAddress address;
  private final @Nullable RtpStream shared;
  private final Selector selector;
  private final ScheduledThreadPoolExecutor pacer;
  private final Map<RtpStream, Future<?>> live = new ConcurrentHashMap<>();

  RtpEngine(InetAddress address, boolean perCall) {
    this.address = address;
    try {
      selector = Selector.open();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    pacer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("ua-rtp-pacer").factory());
    pacer.setRemoveOnCancelPolicy(true);
    shared = perCall ? null : bind();
    if (perCall) {
      Thread.ofPlatform().daemon().name("ua-rtp-reader").start(this::read);
    }
  }

  /** Opens a port for one call; packets of different calls are spread by when the calls began. */
  RtpStream open() {
    return shared == null ? openOwn() : shared;
  }

  private RtpStream bind() {
    try {
      DatagramChannel channel = DatagramChannel.open();
      channel.bind(new InetSocketAddress(address, 0));
      channel.configureBlocking(false);
      return new RtpStream(channel, (InetSocketAddress) channel.getLocalAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private RtpStream openOwn() {
    RtpStream stream = bind();
    try {
      stream.channel().register(selector, SelectionKey.OP_READ, stream);
      selector.wakeup();
      live.put(
          stream,
          pacer.scheduleAtFixedRate(
              () -> stream.tick(TONES), PACKET_MS, PACKET_MS, TimeUnit.MILLISECONDS));
      return stream;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void close(RtpStream stream) {
    if (stream == shared) {
      return;
    }
    Future<?> pacing = live.remove(stream);
    if (pacing != null) {
      pacing.cancel(false);
    }
    stream.close();
    selector.wakeup();
  }

  private void read() {
    byte[] bytes = new byte[MAX_PACKET_BYTES];
    try {
      while (selector.isOpen()) {
        selector.select(key -> drain(key, bytes));
      }
    } catch (IOException | ClosedSelectorException _) {
      // The host was closed.
    }
  }

  private static void drain(SelectionKey key, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    var stream = (RtpStream) key.attachment();
    try {
      while (true) {
        buffer.clear();
        var from = (InetSocketAddress) stream.channel().receive(buffer);
        if (from == null) {
          return;
        }
        stream.receive(from, bytes, buffer.position(), Instant.now());
      }
    } catch (ClosedChannelException _) {
      key.cancel();
    } catch (IOException _) {
      // An ICMP error of an earlier packet; the port still listens.
    }
  }

  @Override
  public void close() {
    pacer.shutdownNow();
    live.keySet().forEach(RtpStream::close);
    live.clear();
    if (shared != null) {
      shared.close();
    }
    try {
      selector.close();
    } catch (IOException _) {
      // Closing frees what it can.
    }
  }
}
