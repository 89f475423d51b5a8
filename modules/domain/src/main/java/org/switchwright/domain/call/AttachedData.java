package org.switchwright.domain.call;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.RoutingFacts;

/**
 * What is attached to an interaction, as one of its calls knows it. Its home counts the versions;
 * where else it is, changes are proposed to the home and shown at once, and replaced by what the
 * home makes of them.
 *
 * @param version how often the home has changed it; 0: as it came
 * @param values by name, at most {@value RoutingFacts#MAX_ATTACHED}
 * @param proposed the number of the last change that was made here, where the home is elsewhere
 * @param taken up to which of those the home has them in {@code values}
 * @param pending those that it has not, oldest first, at most {@value #MAX_PENDING}
 * @param places where else the call is, by the numbers of the offers that led there
 */
public record AttachedData(
    long version,
    SortedMap<String, Personal> values,
    int proposed,
    int taken,
    List<Proposal> pending,
    SortedMap<Integer, Place> places) {
  /** Changes that the home has not taken note of; whoever makes more is refused. */
  public static final int MAX_PENDING = 16;

  static final AttachedData NOTHING =
      new AttachedData(
          0, Collections.emptySortedMap(), 0, 0, List.of(), Collections.emptySortedMap());

  public AttachedData {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    pending = List.copyOf(pending);
    places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
  }

  /**
   * What somebody wants otherwise.
   *
   * @param set values by their names
   * @param removed names of what is not to be attached any more
   */
  public record Change(SortedMap<String, Personal> set, SortedSet<String> removed) {
    static final Change NONE =
        new Change(Collections.emptySortedMap(), Collections.emptySortedSet());

    public Change {
      set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
      removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    }

    SortedMap<String, Personal> of(SortedMap<String, Personal> before) {
      TreeMap<String, Personal> after = new TreeMap<>(before);
      after.keySet().removeAll(removed);
      after.putAll(set);
      return after;
    }
  }

  /**
   * A change that was made where the call is, not where its home is.
   *
   * @param number 1 for the first there
   * @param by who made it
   */
  public record Proposal(int number, Change change, String by) {}

  /**
   * Where else the call is, as its home knows it.
   *
   * @param number of the enlistment
   * @param there the call's id at that site; empty where it is not known yet
   * @param told the version that is known there
   * @param taken up to which number that site's changes are in
   * @param toldTaken up to which number that site knows so
   */
  public record Place(
      SiteId site, int number, Optional<CallId> there, long told, int taken, int toldTaken) {
    boolean is(SiteId other, int otherNumber) {
      return site.equals(other) && number == otherNumber;
    }
  }

  /** Whether two texts by name are the same, under whatever keys. */
  static boolean same(SortedMap<String, Personal> one, SortedMap<String, Personal> other) {
    return texts(one).equals(texts(other));
  }

  private static SortedMap<String, Optional<String>> texts(SortedMap<String, Personal> values) {
    TreeMap<String, Optional<String>> texts = new TreeMap<>();
    values.forEach((name, value) -> texts.put(name, value.text()));
    return texts;
  }

  static boolean fits(SortedMap<String, Personal> values) {
    return values.size() <= RoutingFacts.MAX_ATTACHED;
  }

  /** What is shown: the home's values, and what was changed here since. */
  public SortedMap<String, Personal> shown() {
    SortedMap<String, Personal> shown = values;
    for (Proposal one : pending) {
      shown = one.change().of(shown);
    }
    return Collections.unmodifiableSortedMap(shown);
  }

  /** Whether the home has all that was changed here. */
  public boolean inStep() {
    return pending.isEmpty();
  }

  Optional<Place> place(SiteId site, int number) {
    return places.values().stream().filter(it -> it.is(site, number)).findFirst();
  }

  /** Where something of this is not known yet. */
  List<Place> behind() {
    return places.values().stream()
        .filter(it -> it.there().isPresent())
        .filter(it -> it.told() < version || it.toldTaken() < it.taken())
        .toList();
  }

  AttachedData came(SortedMap<String, Personal> attached) {
    return new AttachedData(version, attached, proposed, taken, pending, places);
  }

  /** Of a call that came to a site which was not asked: its home is to say what it knows. */
  AttachedData unasked() {
    return proposing(new Proposal(proposed + 1, Change.NONE, ""));
  }

  AttachedData proposing(Proposal next) {
    List<Proposal> more = new ArrayList<>(pending);
    more.add(next);
    return new AttachedData(version, values, next.number(), taken, more, places);
  }

  AttachedData changed(long next, SortedMap<String, Personal> attached, int nowTaken) {
    return new AttachedData(
        next,
        attached,
        proposed,
        Math.max(taken, nowTaken),
        pending.stream().filter(it -> it.number() > nowTaken).toList(),
        places);
  }

  AttachedData with(int offer, Place place) {
    TreeMap<Integer, Place> more = new TreeMap<>(places);
    more.put(offer, place);
    return new AttachedData(version, values, proposed, taken, pending, more);
  }

  /** The same place, known better. */
  AttachedData with(Place place) {
    TreeMap<Integer, Place> more = new TreeMap<>(places);
    more.replaceAll((_, it) -> it.is(place.site(), place.number()) ? place : it);
    return new AttachedData(version, values, proposed, taken, pending, more);
  }

  /** Is not there any more. */
  AttachedData without(int offer) {
    if (!places.containsKey(offer)) {
      return this;
    }
    TreeMap<Integer, Place> fewer = new TreeMap<>(places);
    fewer.remove(offer);
    return new AttachedData(version, values, proposed, taken, pending, fewer);
  }
}
