package org.switchwright.useragent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A piece of network between a client and a server, by TCP, that can be cut: what is sent then is
 * neither delivered nor refused, as where a cable is pulled. It can also be slow.
 */
public final class Relay implements AutoCloseable {
  /** Of both sides together; who comes beyond that is turned away. */
  private static final int MAX_SOCKETS = 1_000;

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition restored = lock.newCondition();
  private boolean cut;
  private volatile Duration delay = Duration.ZERO;

  private Relay(ServerSocket server, InetSocketAddress target) {
    this.server = server;
    this.target = target;
  }

  public static Relay to(InetSocketAddress target) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Relay relay = new Relay(server, target);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  public int port() {
    return server.getLocalPort();
  }

  public void cut() {
    change(true);
  }

  /** What was on its way when it was cut arrives now. */
  public void restore() {
    change(false);
  }

  private void change(boolean to) {
    lock.lock();
    try {
      cut = to;
      restored.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on each piece of what is sent waits so long, one after the other. */
  public void delay(Duration each) {
    delay = each;
  }

  /** Every connection breaks off. */
  public void reset() {
    sockets.forEach(Relay::close);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (sockets.size() >= MAX_SOCKETS) {
          close(client);
        } else {
          sockets.add(client);
          Thread.ofVirtual().start(() -> connect(client));
        }
      } catch (IOException e) {
        // Closed, or there are too many files open; then there may be fewer for the next one.
      }
    }
  }

  private void connect(Socket client) {
    Socket there = new Socket();
    try {
      awaitRestored();
      sockets.add(there);
      there.connect(target);
      Thread.ofVirtual().start(() -> pass(there, client));
      pass(client, there);
    } catch (IOException e) {
      forget(client);
      forget(there);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] bytes = new byte[8_192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        Thread.sleep(delay);
        awaitRestored();
        out.write(bytes, 0, read);
      }
      awaitRestored();
    } catch (IOException e) {
      // The other end is closed below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forget(from);
    forget(to);
  }

  private void forget(Socket socket) {
    close(socket);
    sockets.remove(socket);
  }

  private void awaitRestored() {
    lock.lock();
    try {
      while (cut) {
        restored.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    restore();
    reset();
  }
}
