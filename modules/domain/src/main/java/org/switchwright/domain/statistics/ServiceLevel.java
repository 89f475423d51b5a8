package org.switchwright.domain.statistics;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Service levels as products define them, in percent; unknown where nothing counts. */
public enum ServiceLevel {
  ASTERISK_SL("answered within target / answered"),
  ASTERISK_SL2("(answered + abandoned) within target / (answered + abandoned)"),
  /** Abandoned calls are ignored. */
  CISCO_IGNORED("answered within target / (service-level events - abandoned within target)"),
  /** Abandoned calls have a negative impact. */
  CISCO_NEGATIVE("answered within target / service-level events"),
  /** Abandoned calls have a positive impact. */
  CISCO_POSITIVE("(answered + abandoned) within target / service-level events"),
  GENESYS_SERVICE_FACTOR_1("answered before target / (answered + abandoned - short abandoned)"),
  GENESYS_CLOUD("answered within target / (answered + abandoned)"),
  GENESYS_CLOUD_LESS_SHORT_ABANDONS(
      "answered within target / (answered + abandoned - short abandoned)"),
  GENESYS_CLOUD_LESS_ABANDONS("answered within target / answered"),
  GENESYS_CLOUD_FLOW_OUTS("answered within target / (answered + abandoned + flow-outs)"),
  GENESYS_CLOUD_FLOW_OUTS_LESS_SHORT_ABANDONS(
      "answered within target / (answered + abandoned + flow-outs - short abandoned)"),
  GENESYS_CLOUD_FLOW_OUTS_LESS_ABANDONS("answered within target / (answered + flow-outs)");

  private final String formula;

  ServiceLevel(String formula) {
    this.formula = formula;
  }

  /** 0 to 100; empty where no call counts. */
  public OptionalDouble percent(ServiceCounts counts) {
    long all = all(counts);
    return all <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * good(counts) / all);
  }

  private long good(ServiceCounts it) {
    return switch (this) {
      case ASTERISK_SL,
          GENESYS_CLOUD,
          GENESYS_CLOUD_LESS_SHORT_ABANDONS,
          GENESYS_CLOUD_LESS_ABANDONS,
          GENESYS_CLOUD_FLOW_OUTS,
          GENESYS_CLOUD_FLOW_OUTS_LESS_SHORT_ABANDONS,
          GENESYS_CLOUD_FLOW_OUTS_LESS_ABANDONS ->
          it.answeredWithin();
      case ASTERISK_SL2 -> it.answeredWithin() + it.abandonedWithin();
      case CISCO_IGNORED, CISCO_NEGATIVE -> it.eventAnswers();
      case CISCO_POSITIVE -> it.eventAnswers() + it.eventAbandons();
      case GENESYS_SERVICE_FACTOR_1 -> it.answeredBefore();
    };
  }

  private long all(ServiceCounts it) {
    return switch (this) {
      case ASTERISK_SL, GENESYS_CLOUD_LESS_ABANDONS -> it.answered();
      case ASTERISK_SL2, GENESYS_CLOUD -> it.answered() + it.abandoned();
      case CISCO_IGNORED -> it.events() - it.eventAbandons();
      case CISCO_NEGATIVE, CISCO_POSITIVE -> it.events();
      case GENESYS_SERVICE_FACTOR_1, GENESYS_CLOUD_LESS_SHORT_ABANDONS ->
          it.answered() + it.abandoned() - it.abandonedShort();
      case GENESYS_CLOUD_FLOW_OUTS -> it.answered() + it.abandoned() + it.flowOuts();
      case GENESYS_CLOUD_FLOW_OUTS_LESS_SHORT_ABANDONS ->
          it.answered() + it.abandoned() + it.flowOuts() - it.abandonedShort();
      case GENESYS_CLOUD_FLOW_OUTS_LESS_ABANDONS -> it.answered() + it.flowOuts();
    };
  }

  /** In words. */
  public String formula() {
    return formula;
  }

  /** As people and files name it: {@code cisco-ignored}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ServiceLevel> named(String text) {
    for (ServiceLevel level : values()) {
      if (level.text().equals(text)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
