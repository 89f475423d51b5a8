package org.switchwright.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The last things that happened, kept unrendered because they are read only after a failure. */
final class Trace {
  static final int MAX_NOTES = 60;

  private final Agenda agenda;
  private final ArrayDeque<Note> notes = new ArrayDeque<>(MAX_NOTES);
  private final @Nullable String only;

  /**
   * @param only print each note that contains this text at once; null: keep the last ones only
   */
  Trace(Agenda agenda, @Nullable String only) {
    this.agenda = agenda;
    this.only = only;
  }

  private record Note(Instant at, String who, String what, List<Object> details) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder().append(at).append(' ').append(who);
      text.append(' ').append(what);
      for (Object detail : details) {
        text.append(' ').append(detail);
      }
      return text.toString();
    }
  }

  void note(String who, String what, Object... details) {
    if (notes.size() == MAX_NOTES) {
      notes.removeFirst();
    }
    Note note = new Note(agenda.now(), who, what, Arrays.asList(details));
    notes.addLast(note);
    if (only != null) {
      String text = note.toString();
      if (text.contains(only)) {
        System.out.println(text);
      }
    }
  }

  String last() {
    return notes.stream().map(Note::toString).collect(Collectors.joining("\n"));
  }
}
