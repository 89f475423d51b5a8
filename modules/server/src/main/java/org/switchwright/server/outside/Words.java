package org.switchwright.server.outside;

import java.util.Locale;

/** Constants as the outside reads them. */
final class Words {
  private Words() {}

  /** WRAP_UP as wrap-up. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
