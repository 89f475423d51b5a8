package org.switchwright.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.SipStack;
import javax.sip.header.RetryAfterHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Answers 503 to new calls that {@link Admission} refuses, before any transaction is made. */
final class NewCallValve implements SIPMessageValve {
  private final SIPTransactionStack stack;
  private final Admission admission;
  private final Arrivals arrivals;

  NewCallValve(SipStackImpl stack, Admission admission, Arrivals arrivals) {
    this.stack = stack;
    this.admission = admission;
    this.arrivals = arrivals;
  }

  @Override
  public boolean processRequest(SIPRequest request, MessageChannel channel) {
    if (!Request.INVITE.equals(request.getMethod())
        || request.getToTag() != null
        || stack.findTransaction(request, true) != null
        || admission.ask(arrivals.age()) == Admission.Verdict.ADMITTED) {
      return true;
    }
    refuse(request, channel);
    return false;
  }

  private void refuse(SIPRequest request, MessageChannel channel) {
    try {
      SIPResponse response = request.createResponse(Response.SERVICE_UNAVAILABLE);
      response.setReasonPhrase("Busy, Try Again Later");
      response.setToTag("o" + Integer.toHexString(request.getTransactionId().hashCode()));
      RetryAfterHeader retryAfter = new gov.nist.javax.sip.header.RetryAfter();
      retryAfter.setRetryAfter(
          admission.retryAfterSeconds(ThreadLocalRandom.current().nextDouble()));
      response.setHeader(retryAfter);
      channel.sendMessage(response);
    } catch (IOException | javax.sip.InvalidArgumentException e) {
      throw new IllegalStateException("Expected to refuse a new call with 503, but could not", e);
    }
  }

  @Override
  public boolean processResponse(Response response, MessageChannel channel) {
    return true;
  }

  @Override
  public void init(SipStack sipStack) {}

  @Override
  public void destroy() {}
}
