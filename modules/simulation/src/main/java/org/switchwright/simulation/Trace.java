package org.switchwright.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
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

  private record Note(Instant at, String who, String what, Object detail) {
    @Override
    public String toString() {
      return at + " " + who + " " + what + " " + detail;
    }
  }

  void note(String who, String what, Object detail) {
    if (notes.size() == MAX_NOTES) {
      notes.removeFirst();
    }
    Note note = new Note(agenda.now(), who, what, detail);
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
