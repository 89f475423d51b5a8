package org.switchwright.http.query;

import org.switchwright.domain.CallId;
import org.switchwright.domain.RoutingPointId;

/** Where calls from other sites come, as SIP URIs that nobody can guess. */
public interface HandoverAddresses {
  /** Of one call that is expected. */
  String of(CallId expected);

  /** Of calls to a routing point that this site was not asked about; for some days. */
  String of(RoutingPointId point);
}
