package org.switchwright.domain.call;

import java.util.List;
import java.util.SortedMap;
import org.switchwright.domain.CallId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;

/** What is to be attached to the call, or is so where else it is. */
public sealed interface DataCommand extends Call.Command {
  /**
   * Somebody wants other data to be attached.
   *
   * @param by a user's name or an agent's id
   */
  record Attach(AttachedData.Change change, String by) implements DataCommand {}

  /**
   * What the call's home knows to be attached; whoever is told says what it does not know.
   *
   * @param version of the home
   * @param taken up to which number what was proposed here is in
   * @param key of what is said of the caller at home
   */
  record KeepInStep(
      Origin origin, long version, SortedMap<String, Personal> values, int taken, KeyId key)
      implements Call.FromElsewhere, DataCommand {}

  /**
   * The site where the call is has something to say of what is attached to it.
   *
   * @param number of the enlistment there
   * @param there the call's id at that site
   */
  record ChangedElsewhere(SiteId site, int number, CallId there) implements DataCommand {}

  /**
   * What that site has answered to {@link KeepInStep}.
   *
   * @param version that it knows now
   * @param taken up to which number it knows that its own changes are in
   * @param proposals that it thinks not to be in, oldest first
   */
  record InStep(
      SiteId site,
      int number,
      CallId there,
      long version,
      int taken,
      List<AttachedData.Proposal> proposals)
      implements DataCommand {
    public InStep {
      proposals = List.copyOf(proposals);
    }
  }
}
