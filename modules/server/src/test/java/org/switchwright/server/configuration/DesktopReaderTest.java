package org.switchwright.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesktopReaderTest {
  private static final String URL = "desktop.customer-record.url=\"http://127.0.0.1/c/{customer}\"";
  private static final String FIELD = "desktop.customer-record.fields.name=\"/name\"";

  @TempDir Path home;

  private Optional<CustomerRecordSettings> read(String... settings) {
    return ConfigurationReader.read(Optional.empty(), List.of(settings), home)
        .configuration()
        .customerRecord();
  }

  private String faults(String... settings) {
    return catchThrowableOfType(ConfigurationRefused.class, () -> read(settings))
        .faults()
        .toString();
  }

  @Test
  void shouldHaveNoRecordsUnlessConfigured() {
    assertThat(read()).isEmpty();
  }

  @Test
  void shouldReadTheExample() {
    Path example =
        Path.of(
            System.getProperty("switchwright.root", "."),
            "cluster-config",
            "customer-records",
            "site.conf");

    CustomerRecordSettings read =
        ConfigurationReader.read(Optional.of(example), List.of(), home)
            .configuration()
            .customerRecord()
            .orElseThrow();

    assertThat(read.url()).isEqualTo("http://127.0.0.1:8000/customers/{customer}.json");
    assertThat(read.timeLimit()).isEqualTo(Duration.ofSeconds(1));
    assertThat(read.fields()).hasSize(4).containsEntry("city", "/address/city");
    assertThat(read.secret()).isEmpty();
  }

  @Test
  void shouldTakeASecretFromAFileAndPrintItNowhere() throws IOException {
    Files.writeString(home.resolve("key"), "Bearer s3cret\n");

    CustomerRecordSettings read =
        read(
                URL,
                FIELD,
                "desktop.customer-record.header=Authorization",
                "desktop.customer-record.secret-file=key")
            .orElseThrow();

    assertThat(read.secret())
        .contains(new CustomerRecordSettings.Secret("Authorization", "Bearer s3cret"));
    assertThat(read.fields()).isEqualTo(new TreeMap<>(Map.of("name", "/name")));
    assertThat(read.toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldSayWhatIsWrong() throws IOException {
    assertThat(faults("desktop.customer-record.url=\"http://127.0.0.1/c\"", FIELD))
        .contains("at least one {name}");
    assertThat(faults("desktop.customer-record.url=\"http://{customer}/c\"", FIELD))
        .contains("at least one {name}");
    assertThat(faults("desktop.customer-record.url=\"http://h:99999/{customer}\"", FIELD))
        .contains("another host or port");
    assertThat(faults("desktop.customer-record.header=Host")).contains("HTTP's own machinery");
    assertThat(faults(URL)).contains("at least one field");
    assertThat(faults(URL, "desktop.customer-record.fields.name=\"name\""))
        .contains("JSON pointer");
    assertThat(faults(URL, "desktop.customer-record.fields.\"a b\"=\"/name\""))
        .contains("a letter");
    assertThat(faults(URL, FIELD, "desktop.customer-record.header=Authorization"))
        .contains("both header and secret-file");
    assertThat(
            faults(
                URL,
                FIELD,
                "desktop.customer-record.header=Authorization",
                "desktop.customer-record.secret-file=missing"))
        .contains("readable file");
    Files.writeString(home.resolve("two"), "one\ntwo\n");
    assertThat(
            faults(
                URL,
                FIELD,
                "desktop.customer-record.header=Authorization",
                "desktop.customer-record.secret-file=two"))
        .contains("one line")
        .doesNotContain("two\\n");
    assertThat(faults("desktop.customer-record.time-limit=1m")).contains("time-limit");
  }
}
