package org.switchwright.sip;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Stands in while the edge is put together, since the stack wants its listener first, and while it
 * closes. What comes then is dropped, and repeated by its sender until another edge takes it.
 */
record LateListener(AtomicReference<@Nullable EdgeListener> listener) implements SipListener {
  private void pass(Consumer<EdgeListener> event) {
    EdgeListener ready = listener.get();
    if (ready != null) {
      event.accept(ready);
    }
  }

  @Override
  public void processRequest(RequestEvent event) {
    pass(it -> it.processRequest(event));
  }

  @Override
  public void processResponse(ResponseEvent event) {
    pass(it -> it.processResponse(event));
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    pass(it -> it.processTimeout(event));
  }

  @Override
  public void processIOException(IOExceptionEvent event) {}

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {}

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {}
}
