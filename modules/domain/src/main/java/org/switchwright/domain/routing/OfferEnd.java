package org.switchwright.domain.routing;

import org.switchwright.domain.OfferId;

/** Which offer ended, and how. */
public record OfferEnd(OfferId offer, OfferOutcome outcome) {}
