package org.switchwright.domain;

import java.util.concurrent.CompletionStage;
import org.switchwright.domain.network.SiteMonitor;

/** Where status links hand in what sites report. Same promises as {@link CallIntake}. */
public interface NetworkIntake {
  /**
   * @param site that is watched
   */
  CompletionStage<CallIntake.Receipt> submit(SiteId site, SiteMonitor.Command command);
}
