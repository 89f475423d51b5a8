package org.switchwright.server.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.switchwright.hocon.Section;

/** What agents' desktops show beside what is attached to a call. */
final class DesktopReader {
  static final int MAX_FIELDS = 16;
  private static final String NAME = "[A-Za-z][A-Za-z0-9_]{0,31}";
  private static final Pattern URL =
      Pattern.compile(
          "https?://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?/[\\w.~!$&'()*+,;=:@/?-]*(\\{"
              + NAME
              + "}[\\w.~!$&'()*+,;=:@/?-]*){1,8}");
  private static final String A_URL =
      "http://HOST:PORT/PATH or https with at least one {name} of attached data in path or query";
  private static final Set<String> OURS =
      Set.of("accept", "connection", "content-length", "expect", "host", "upgrade");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
  private static final Pattern SECRET = Pattern.compile("[\\x20-\\x7e]{1,500}");
  private static final Pattern POINTER = Pattern.compile("(/[^/~\\p{Cntrl}]{1,64}){1,8}");

  private final Section section;
  private final Path base;

  DesktopReader(Section section, Path base) {
    this.section = section;
    this.base = base;
  }

  /** Empty where there are no records. */
  Optional<CustomerRecordSettings> read() {
    Section record = section.section("customer-record");
    Optional<String> url = record.optionalText("url", URL, A_URL);
    url.map(it -> URI.create(it.replaceAll("[{}]", "")))
        .filter(it -> it.getHost() == null || it.getPort() > 65_535)
        .ifPresent(
            _ -> record.fault("url", "expected " + A_URL + ", but got another host or port"));
    Duration timeLimit =
        record.duration("time-limit", Duration.ofMillis(100), Duration.ofSeconds(10));
    int maxBytes = record.number("max-bytes", 1_024, 1_048_576);
    Optional<String> header = record.optionalText("header", HEADER, "the name of a header");
    header
        .filter(it -> OURS.contains(it.toLowerCase(Locale.ROOT)))
        .ifPresent(_ ->
            record.fault("header", "expected another header than those of HTTP's own machinery"));
    Optional<Path> file = record.optionalPath("secret-file", base);
    if (header.isPresent() != file.isPresent()) {
      record.fault("secret-file", "expected both header and secret-file, or none of them");
    }
    Section fieldSection = record.section("fields");
    SortedMap<String, String> fields =
        fieldSection.texts(POINTER, "a JSON pointer such as /address/city", MAX_FIELDS);
    fields
        .keySet()
        .forEach(name -> {
          if (!name.matches(NAME)) {
            fieldSection.fault(
                name, "expected a name of a letter and at most 31 more letters, digits and '_'");
          }
        });
    fieldSection.close();
    if (url.isPresent() && fields.isEmpty()) {
      record.fault("fields", "expected at least one field to be shown, but got none");
    }
    Optional<CustomerRecordSettings.Secret> secret =
        header.isPresent() && file.isPresent()
            ? secret(record, header.get(), file.get())
            : Optional.empty();
    record.close();
    section.close();
    return url.map(it -> new CustomerRecordSettings(it, timeLimit, maxBytes, secret, fields));
  }

  private static Optional<CustomerRecordSettings.Secret> secret(
      Section record, String header, Path file) {
    try {
      if (Files.size(file) <= 1_000) {
        String value = Files.readString(file, UTF_8).strip();
        if (SECRET.matcher(value).matches()) {
          return Optional.of(new CustomerRecordSettings.Secret(header, value));
        }
      }
      record.fault("secret-file", "expected one line of printable ASCII, but got another text");
    } catch (IOException _) {
      record.fault("secret-file", "expected a readable file, but there is none of that name");
    }
    return Optional.empty();
  }
}
