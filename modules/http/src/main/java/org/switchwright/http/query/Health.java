package org.switchwright.http.query;

import java.util.List;

/** Whether this node can do its work now. Asked on threads that may wait. */
public interface Health {
  List<Check> checks();

  /**
   * One thing that must be right.
   *
   * @param name such as {@code database}
   * @param detail for the operator; no secrets, no persons
   */
  record Check(String name, boolean ok, String detail) {}
}
