package org.switchwright.hocon;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Locale;
import java.util.Set;

/** What of a wrong value may be repeated in a message. */
final class Secrecy {
  private static final int MAX_CHARS = 60;
  private static final Set<String> SECRET =
      Set.of("password", "secret", "token", "sha-256", "md5", "url");

  private Secrecy() {}

  static String shown(String key, ConfigValue value) {
    String lower = key.toLowerCase(Locale.ROOT);
    if (SECRET.stream().anyMatch(lower::contains)) {
      return "another (withheld)";
    }
    String text = value.render(ConfigRenderOptions.concise());
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
  }
}
