package org.switchwright.sip.stack;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Gives the stack screened datagram sockets, and no stream sockets at all. */
final class ScreeningNetwork implements NetworkLayer {
  private final DatagramScreen screen;
  private final Arrivals arrivals;
  private final FaultCounts faults;
  private volatile @Nullable ScreeningSocket socket;

  ScreeningNetwork(DatagramScreen screen, Arrivals arrivals, FaultCounts faults) {
    this.screen = screen;
    this.arrivals = arrivals;
    this.faults = faults;
  }

  @Override
  public DatagramSocket createDatagramSocket() throws SocketException {
    throw new SocketException("Expected UDP to be sent from a listening point only");
  }

  @Override
  public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
    ScreeningSocket screening =
        new ScreeningSocket(new InetSocketAddress(address, port), screen, arrivals, faults);
    socket = screening;
    return screening;
  }

  boolean awaitReceiver(Duration within) throws InterruptedException {
    ScreeningSocket screening = socket;
    return screening != null && screening.awaitReceiver(within);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    throw noStreams();
  }

  @Override
  public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    throw noStreams();
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    throw noStreams();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress from) throws IOException {
    throw noStreams();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort)
      throws IOException {
    throw noStreams();
  }

  @Override
  public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
    throw noStreams();
  }

  @Override
  public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress from)
      throws IOException {
    throw noStreams();
  }

  @Override
  public void setSipStack(SipStackImpl stack) {}

  private static IOException noStreams() {
    return new IOException("Expected UDP, but a stream transport was asked for");
  }
}
