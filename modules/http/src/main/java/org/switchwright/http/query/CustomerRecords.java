package org.switchwright.http.query;

import java.util.SortedMap;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Personal;

/**
 * Records of customers in a system of the operator's, found by what is attached to a call. Nothing
 * of a call waits for them: whoever shows one asks again until it is there.
 */
public interface CustomerRecords {
  /** Nothing to be shown. */
  CustomerRecords NONE = (_, _) -> new Lookup.None();

  /**
   * Answers at once; begins to look where that has not begun.
   *
   * @param attached what is attached to the call
   */
  Lookup of(CallId call, SortedMap<String, Personal> attached);

  /** How far the look-up is. */
  sealed interface Lookup {
    /** There is no such system, or what is attached to the call is no key to it. */
    record None() implements Lookup {}

    /** No answer yet. */
    record Pending() implements Lookup {}

    /**
     * @param fields those that are there, by the names that the operator gave them
     */
    record Found(SortedMap<String, String> fields) implements Lookup {}

    /**
     * @param why a sentence without anything personal
     */
    record Failed(String why) implements Lookup {}
  }
}
