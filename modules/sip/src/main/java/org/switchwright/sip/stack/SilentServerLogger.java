package org.switchwright.sip.stack;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;

/**
 * Keeps the stack from writing messages anywhere; traces are made by the edge, without persons. The
 * stack makes it by its name, which is why it is public.
 */
public final class SilentServerLogger implements ServerLogger {
  @Override
  public void closeLogFile() {}

  @Override
  public void logMessage(SIPMessage message, String from, String to, boolean sender, long timeMs) {}

  @Override
  public void logMessage(
      SIPMessage message, String from, String to, String status, boolean sender, long timeMs) {}

  @Override
  public void logMessage(
      SIPMessage message, String from, String to, String status, boolean sender) {}

  @Override
  public void logException(Exception exception) {}

  @Override
  public void setStackProperties(Properties properties) {}

  @Override
  public void setSipStack(SipStack stack) {}
}
