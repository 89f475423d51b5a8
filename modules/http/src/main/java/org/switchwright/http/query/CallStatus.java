package org.switchwright.http.query;

import java.util.Optional;

/** One call; exactly one of both is there. */
public record CallStatus(AsOf asOf, Optional<LiveCall> live, Optional<PastCall> past) {}
