package org.switchwright.domain.call;

import org.switchwright.domain.Personal;

/**
 * An INVITE that we must answer, as data: enough for any edge to answer it statelessly.
 *
 * @param headers the header lines that a response repeats (Via, From, To with our tag, Call-ID,
 *     CSeq, Record-Route), separated by CRLF
 * @param branch the top Via's branch, which names the transaction (RFC 3261, section 17.2.3)
 * @param cseq the request's sequence number
 */
public record ServerTransaction(Personal headers, String branch, long cseq) {}
