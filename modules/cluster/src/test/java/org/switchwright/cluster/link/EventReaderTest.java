package org.switchwright.cluster.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.switchwright.cluster.link.EventReader.Event;

class EventReaderTest {
  private static List<Event> read(String text) throws IOException {
    List<Event> events = new ArrayList<>();
    try (EventReader reader = new EventReader(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        events.add(next.get());
      }
    }
    return events;
  }

  @Test
  void shouldReadEventsAndPlaces() throws IOException {
    assertThat(
            read(
                """
                retry: 1000
                id: 7

                : alive

                id: 8
                event: site.call-left/2
                data: {"n":"ü"}

                id:9
                data: one
                data: two

                """))
        .containsExactly(
            new Event("7", "", ""),
            new Event("", "", ""),
            new Event("8", "site.call-left/2", "{\"n\":\"ü\"}"),
            new Event("9", "", "one\ntwo"));
  }

  /** As the JDK's client does after an empty piece of an answer. */
  @Test
  void shouldNotBelieveAStreamThatSaysThereIsMore() throws IOException {
    InputStream lying =
        new ByteArrayInputStream("id: 7\ndata: one\n\nid: 8\ndata: two\n\nid: 9".getBytes(UTF_8)) {
          @Override
          public synchronized int available() {
            return 1;
          }
        };
    try (EventReader reader = new EventReader(lying)) {
      assertThat(reader.next()).contains(new Event("7", "", "one"));
      assertThat(reader.ready()).isTrue();
      assertThat(reader.next()).contains(new Event("8", "", "two"));
      assertThat(reader.ready()).isFalse();
    }
  }

  /** Half an event at the end of a connection is none. */
  @Test
  void shouldLeaveOutWhatHasNotCome() throws IOException {
    assertThat(read("id: 7\ndata: whole\n\nid: 8\ndata: ha"))
        .containsExactly(new Event("7", "", "whole"));
    assertThat(read("")).isEmpty();
    assertThat(read("\r\n\r\nid: 7\r\n\r\n")).containsExactly(new Event("7", "", ""));
  }

  /** As a dead connection does: the one who reads holds what a reader's close would wait for. */
  @Test
  void shouldEndAReadThatWaits() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    InputStream dead =
        new InputStream() {
          @Override
          public int read() throws IOException {
            reading.countDown();
            try {
              closed.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    EventReader reader = new EventReader(dead);
    CompletableFuture<Void> read =
        CompletableFuture.runAsync(() -> assertThatThrownBy(reader::next).hasMessage("closed"));
    reading.await();

    reader.close();

    read.get(30, TimeUnit.SECONDS);
  }

  @Test
  void shouldRefuseWhatIsTooLong() {
    String line = "x".repeat(EventReader.MAX_LINE);

    assertThatThrownBy(() -> read("data: " + line + "\n\n")).isInstanceOf(LinkFailure.class);
    assertThatThrownBy(() -> read("id: a b\n\n")).hasMessageContaining("'a?b'");
    assertThatThrownBy(() -> read("id: " + "x".repeat(201) + "\n\n")).hasMessageEndingWith("x...'");
    assertThatThrownBy(() -> read(("data: " + line.substring(9) + "\n").repeat(2) + "\n"))
        .isInstanceOf(LinkFailure.class);
  }
}
