package org.switchwright.domain;

/** Issues keys for personal data. A key is durable before it is issued. */
public interface PersonalKeys {
  /** A fresh key for one interaction. Does not block: keys are made ahead of need. */
  KeyId issue();
}
