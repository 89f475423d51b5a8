package org.switchwright.server.running;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.server.configuration.Configuration;

/** Tries every address and port that a node will listen on, before anything is started. */
public final class Listening {
  private Listening() {}

  private interface Attempt {
    void bind(InetSocketAddress address) throws IOException;
  }

  /** A sentence for each that cannot be had; none if all can. */
  public static List<String> faults(Configuration configuration) {
    List<String> faults = new ArrayList<>();
    Configuration.Sip sip = configuration.sip();
    attempt("sip", sip.address(), sip.port(), "UDP", Listening::udp, faults);
    Configuration.Http http = configuration.http();
    attempt("http", http.address(), http.port(), "TCP", Listening::tcp, faults);
    Configuration.Cluster cluster = configuration.cluster();
    attempt("cluster", cluster.address(), cluster.port(), "TCP", Listening::tcp, faults);
    if (configuration.database() instanceof Configuration.Storage.Embedded it && it.port() != 0) {
      attempt("database.embedded", "127.0.0.1", it.port(), "TCP", Listening::tcp, faults);
    }
    return faults;
  }

  private static void attempt(
      String key,
      String address,
      int port,
      String transport,
      Attempt attempt,
      List<String> faults) {
    try {
      attempt.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    } catch (IOException e) {
      faults.add(
          "switchwright."
              + key
              + ": expected to listen on "
              + address
              + ":"
              + port
              + " by "
              + transport
              + ", but cannot ("
              + e.getMessage()
              + "); is another server running?");
    }
  }

  private static void udp(InetSocketAddress address) throws IOException {
    new DatagramSocket(address).close();
  }

  private static void tcp(InetSocketAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do it: a connection that lingers from the run before is no obstacle.
      socket.setReuseAddress(true);
      socket.bind(address);
    }
  }
}
