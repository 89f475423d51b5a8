package org.switchwright.server.migration;

import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of another product as one of ours.
 *
 * @param configuration HOCON for {@code run --config}
 * @param remarks what was not carried over, or means something else
 */
public record Migration(String configuration, List<Remark> remarks, int queues, int agents) {
  public Migration {
    remarks = List.copyOf(remarks);
  }

  /** Asterisk's {@code queues.conf}. */
  public static Migration ofAsterisk(Path file) throws Unreadable {
    return of(AsteriskQueues.read(file), file);
  }

  /** FreeSWITCH's {@code callcenter.conf.xml}. */
  public static Migration ofFreeSwitch(Path file) throws Unreadable {
    return of(FreeSwitchCenter.read(file), file);
  }

  private static Migration of(ForeignSite site, Path file) {
    return new Migration(
        HoconForm.of(site, String.valueOf(file.getFileName())),
        site.remarks(),
        site.queues().size(),
        site.agents().size());
  }
}
