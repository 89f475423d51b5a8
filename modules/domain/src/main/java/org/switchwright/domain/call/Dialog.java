package org.switchwright.domain.call;

import org.switchwright.domain.Personal;

/**
 * A SIP dialog as data (RFC 3261, section 12), so that any node can send and understand requests in
 * it. Sequence numbers live in {@link Leg}, because they change.
 *
 * @param sipCallId the Call-ID header's value
 * @param localTag our tag; a signed token that names call and leg
 * @param remoteTag the peer's tag, at most 256 characters
 * @param localParty our From or To as a name-addr, without tag
 * @param remoteParty the peer's From or To as a name-addr, without tag
 * @param remoteTarget the URI of the peer's Contact
 * @param routeSet Route header values in the order in which requests carry them, separated by CRLF;
 *     empty text for none
 * @param timer what was agreed about session timers
 */
public record Dialog(
    Personal sipCallId,
    String localTag,
    String remoteTag,
    Personal localParty,
    Personal remoteParty,
    Personal remoteTarget,
    Personal routeSet,
    SessionTimer timer) {}
