package org.switchwright.useragent;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/** The last messages of a host; the oldest goes when the bound is reached. */
final class MessageRing {
  private final int atMost;
  private final ArrayDeque<RecordedMessage> messages = new ArrayDeque<>();

  MessageRing(int atMost) {
    this.atMost = atMost;
  }

  synchronized void add(RecordedMessage message) {
    if (atMost == 0) {
      return;
    }
    if (messages.size() == atMost) {
      messages.removeFirst();
    }
    messages.addLast(message);
  }

  synchronized List<RecordedMessage> select(Predicate<RecordedMessage> wanted) {
    return messages.stream().filter(wanted).toList();
  }
}
