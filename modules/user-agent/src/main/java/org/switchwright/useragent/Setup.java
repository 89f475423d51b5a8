package org.switchwright.useragent;

import java.util.Optional;

/** What a call is before it is up: it can be given up, answered, refused. Confined to the loop. */
interface Setup {
  void hangUp(Optional<String> reason);

  void answer();

  void refuse(int status);

  /** A BYE came before the answer. */
  void onEarlyBye();
}
