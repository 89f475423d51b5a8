package org.switchwright.server.configuration;

import java.util.List;
import java.util.stream.Collectors;
import org.switchwright.hocon.Fault;

/** The configuration is wrong; nothing was started. Carries every fault that was found. */
public final class ConfigurationRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  public ConfigurationRefused(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
