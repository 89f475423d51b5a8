package org.switchwright.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.SystemMaterializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP of one node. */
public final class HttpEdge implements AutoCloseable {
  private static final Duration BIND_WAIT = Duration.ofSeconds(20);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);

  private final ServerBinding binding;
  private final EventStream events;
  private final Workers workers;

  private HttpEdge(ServerBinding binding, EventStream events, Workers workers) {
    this.binding = binding;
    this.events = events;
    this.workers = workers;
  }

  /**
   * Listens.
   *
   * @throws HttpRefused if the port is taken or the address is not this machine's
   */
  public static HttpEdge start(ActorSystem<?> system, HttpSettings settings, HttpPorts ports) {
    Workers workers = new Workers();
    EventStream events = new EventStream(ports.feed(), workers, settings);
    Dispatcher dispatcher =
        new Dispatcher(
            new HttpApi(ports, events, workers).endpoints(),
            ports.tokens(),
            workers,
            SystemMaterializer.get(system).materializer());
    CompletionStage<ServerBinding> bound =
        Http.get(system)
            .newServerAt(settings.address(), settings.port())
            .withSettings(ServerSettings.create(configuration(system)))
            .bind(dispatcher::handle);
    try {
      return new HttpEdge(
          bound.toCompletableFuture().get(BIND_WAIT.toMillis(), TimeUnit.MILLISECONDS),
          events,
          workers);
    } catch (ExecutionException | TimeoutException e) {
      events.close();
      workers.close();
      throw new HttpRefused(
          "Expected to listen on "
              + settings.address()
              + ":"
              + settings.port()
              + " by TCP, but could not; is another server running? See http.port",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpRefused("Expected to listen by HTTP, but was interrupted", e);
    }
  }

  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /** Event streams open now. */
  public int followers() {
    return events.followers();
  }

  /** Takes no new requests, ends event streams, and waits for the others for up to 5 s. */
  @Override
  public void close() {
    events.close();
    try {
      binding
          .terminate(STOP_WAIT)
          .toCompletableFuture()
          .get(STOP_WAIT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("HTTP did not stop in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      workers.close();
    }
  }

  private static Config configuration(ActorSystem<?> system) {
    return ConfigFactory.parseString(
            """
            pekko.http.server {
              server-header = "switchwright"
              max-connections = 1024
              pipelining-limit = 1
              request-timeout = 20s
              idle-timeout = 120s
              parsing {
                max-content-length = 64k
                max-uri-length = 2k
                max-header-count = 64
                illegal-header-warnings = off
                error-handler = "org.switchwright.http.UnreadableRequest"
              }
            }
            """)
        .withFallback(system.settings().config());
  }
}
