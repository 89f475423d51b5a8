package org.switchwright.server.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.switchwright.cluster.link.WatchedSite;
import org.switchwright.domain.SiteId;
import org.switchwright.hocon.Section;

/** The sites that a server watches. */
final class NetworkReader {
  static final int MAX_SITES = 200;
  private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?/?");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,200}");
  private static final String A_URL = "http://HOST:PORT or https://HOST:PORT, without a path";

  private final Section section;
  private final Path base;

  NetworkReader(Section section, Path base) {
    this.section = section;
    this.base = base;
  }

  Configuration.Network read() {
    Duration heartbeat =
        section.duration("heartbeat", Duration.ofMillis(500), Duration.ofMinutes(1));
    List<WatchedSite> sites = new ArrayList<>();
    section
        .sections("sites", MAX_SITES, null)
        .forEach((name, site) -> {
          if (!ConfigurationReader.ID.matcher(name).matches()) {
            site.faultHere("expected a name of " + ConfigurationReader.AN_ID);
            return;
          }
          String url = site.text("url", URL, A_URL);
          String token = token(site);
          site.close();
          URI address = URI.create(url.isEmpty() ? "http://127.0.0.1" : url.replaceFirst("/$", ""));
          if (address.getHost() == null || address.getPort() > 65_535) {
            site.fault("url", "expected " + A_URL + ", but got another host or port");
            return;
          }
          sites.add(new WatchedSite(new SiteId(name), address, token));
        });
    section.close();
    return new Configuration.Network(heartbeat, List.copyOf(sites));
  }

  private String token(Section site) {
    Optional<Path> file = site.optionalPath("token-file", base);
    if (file.isEmpty()) {
      site.fault("token-file", "expected the file of the token that the site gave, but got none");
      return "";
    }
    try {
      if (Files.size(file.get()) <= 1_000) {
        String token = Files.readString(file.get(), UTF_8).strip();
        if (TOKEN.matcher(token).matches()) {
          return token;
        }
      }
      site.fault("token-file", "expected a token as network admit prints it, but got another text");
    } catch (IOException _) {
      site.fault("token-file", "expected a readable file, but there is none of that name");
    }
    return "";
  }
}
