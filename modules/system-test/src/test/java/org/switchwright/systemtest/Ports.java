package org.switchwright.systemtest;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports of this moment on an address of the loopback network. */
public final class Ports {
  private Ports() {}

  public static int udp(String address) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }

  public static int tcp(String address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }
}
