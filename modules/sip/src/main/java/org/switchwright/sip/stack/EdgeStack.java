package org.switchwright.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TransportNotSupportedException;

/**
 * JAIN-SIP used for parsing, transactions and UDP only: no dialogs, no stream transports, no name
 * look-ups. All that differs from its defaults is set here.
 */
public final class EdgeStack implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  private final Screened stack;
  private final SipProvider provider;
  private final Arrivals arrivals;
  private final FaultCounts faults;

  private EdgeStack(Screened stack, SipProvider provider, Arrivals arrivals, FaultCounts faults) {
    this.stack = stack;
    this.provider = provider;
    this.arrivals = arrivals;
    this.faults = faults;
  }

  /**
   * Binds the socket and starts to listen.
   *
   * @throws IOException when the address cannot be bound
   */
  public static EdgeStack open(StackSettings settings, Admission admission, SipListener listener)
      throws IOException {
    FaultCounts faults = new FaultCounts();
    Arrivals arrivals = new Arrivals(settings.queueLimit());
    try {
      Screened stack = new Screened(settings, admission, arrivals, faults);
      try {
        stack.start();
        ListeningPoint point =
            stack.createListeningPoint(
                InetAddress.getByName(settings.address()).getHostAddress(),
                settings.port(),
                ListeningPoint.UDP);
        SipProvider provider = stack.createSipProvider(point);
        provider.addSipListener(listener);
        stack.awaitReceiver();
        return new EdgeStack(stack, provider, arrivals, faults);
      } catch (SipException | InvalidArgumentException | java.util.TooManyListenersException e) {
        stack.stop();
        throw e;
      }
    } catch (PeerUnavailableException | TransportNotSupportedException e) {
      throw new IllegalStateException("Expected the SIP stack to start, but it did not", e);
    } catch (ObjectInUseException | InvalidArgumentException e) {
      throw new IOException(
          "Expected to listen on " + settings.address() + ":" + settings.port() + "/udp", e);
    } catch (SipException | java.util.TooManyListenersException e) {
      throw new IllegalStateException("Expected the SIP stack to start, but it did not", e);
    }
  }

  public SipProvider provider() {
    return provider;
  }

  /** Whether the request's transaction is there already: it was sent again. */
  public boolean isRepeated(SIPRequest request) {
    return stack.findTransaction(request, true) != null;
  }

  /** Datagrams refused since the start, by fault. */
  public FaultCounts faults() {
    return faults;
  }

  /** Datagrams that wait for a worker now. */
  public int waiting() {
    return arrivals.waiting();
  }

  @Override
  public void close() {
    stack.stop();
  }

  /** The stack with our own parts set where it has fields or setters for them. */
  private static final class Screened extends SipStackImpl {
    private final ScreeningNetwork network;

    private Screened(
        StackSettings settings, Admission admission, Arrivals arrivals, FaultCounts faults)
        throws PeerUnavailableException {
      super(settings.properties());
      DatagramScreen screen = new DatagramScreen(settings.extensions());
      this.network = new ScreeningNetwork(screen, arrivals, faults);
      this.networkLayer = network;
      setMessageParserFactory(new GuardedParsers(arrivals, faults));
      this.sipMessageValves.add(new NewCallValve(this, admission, arrivals));
    }

    private void awaitReceiver() {
      try {
        if (!network.awaitReceiver(START_LIMIT)) {
          throw new IllegalStateException(
              "Expected the receiver to run within " + START_LIMIT + ", but it did not");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Expected the receiver to run, but was interrupted", e);
      }
    }
  }
}
