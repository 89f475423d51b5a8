package org.switchwright.domain;

/** Issues keys for personal data. A key is durable before it is issued. */
public interface PersonalKeys {
  /** A fresh key for one interaction. Does not block: keys are made ahead of need. */
  KeyId issue();

  /**
   * The key of a long-lived subject, such as an agent; always the same for the same name. May block
   * the first time a name is seen.
   */
  KeyId named(String subject);
}
