package org.switchwright.useragent;

import java.time.Duration;
import java.time.Instant;

/** Where a phone stands with its registrar. */
public sealed interface RegistrationState {
  /** Never registered, or taken back. */
  record Unregistered() implements RegistrationState {}

  /** A REGISTER is on its way for the first time. */
  record Registering() implements RegistrationState {}

  /**
   * Bound at the registrar.
   *
   * @param since when the last REGISTER was granted
   * @param expiry what the registrar granted; refreshed before it is over
   */
  record Registered(Instant since, Duration expiry) implements RegistrationState {}

  /**
   * Not bound.
   *
   * @param status the final failure, 408 for no response; 408 and 5xx are tried again every few
   *     seconds
   */
  record Failed(int status) implements RegistrationState {}
}
