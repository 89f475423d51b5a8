package org.switchwright.server.running;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.server.configuration.Configuration;

/** What a person is told at the start, in a few lines: what listens where, and how to begin. */
public final class Greeting {
  private final RunningServer server;

  public Greeting(RunningServer server) {
    this.server = server;
  }

  public void print(PrintWriter out) {
    Configuration it = server.configuration();
    Configuration.Sip sip = it.sip();
    String sipAddress = sip.address() + ":" + sip.port();
    out.println();
    out.println("Switchwright takes calls: site " + it.site().id() + ", node " + it.node());
    line(out, "SIP", "udp " + sipAddress + ", realm " + sip.realm());
    line(out, "database", database(it));
    line(out, "data", shown(it.data()));
    line(out, "call", calls(it, sip));
    line(out, "agents", agents(it));
    line(out, "phone", "register any of them at " + sipAddress + " with its password from");
    line(out, "", shown(server.passwordFile()));
    it.site()
        .features()
        .logIn()
        .ifPresent(code -> line(out, "", "and dial " + code + " to log in and be ready"));
    out.flush();
  }

  private static void line(PrintWriter out, String name, String text) {
    out.printf("  %-9s %s%n", name, text);
  }

  private static String database(Configuration it) {
    return switch (it.database()) {
      case Configuration.Storage.Embedded embedded ->
          "PostgreSQL of our own in " + shown(embedded.home());
      case Configuration.Storage.Given _ -> "PostgreSQL as configured";
    };
  }

  private static String calls(Configuration it, Configuration.Sip sip) {
    return it.site().rules().points().stream()
        .map(SiteConfiguration.RoutingPoint::id)
        .map(point -> "sip:" + point + "@" + sip.address() + ":" + sip.port())
        .collect(Collectors.joining(", "));
  }

  private static String agents(Configuration it) {
    return it.site().agents().keySet().stream()
        .limit(12)
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
