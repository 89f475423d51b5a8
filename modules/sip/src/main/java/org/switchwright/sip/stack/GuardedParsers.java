package org.switchwright.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.text.ParseException;

/**
 * Parsers that turn whatever goes wrong inside the stack's parser, errors too, into one harmless
 * exception. The stack prints its text into the reason phrase of the 400 that it sends.
 */
final class GuardedParsers implements MessageParserFactory {
  private final Arrivals arrivals;
  private final FaultCounts faults;

  GuardedParsers(Arrivals arrivals, FaultCounts faults) {
    this.arrivals = arrivals;
    this.faults = faults;
  }

  @Override
  public MessageParser createMessageParser(SIPTransactionStack stack) {
    return new Guarded(new StringMsgParser());
  }

  private final class Guarded implements MessageParser {
    private final StringMsgParser parser;

    private Guarded(StringMsgParser parser) {
      this.parser = parser;
    }

    @Override
    public SIPMessage parseSIPMessage(
        byte[] message, boolean readBody, boolean strict, ParseExceptionListener listener)
        throws ParseException {
      arrivals.leave();
      try {
        SIPMessage parsed = parser.parseSIPMessage(message, readBody, strict, listener);
        if (parsed != null) {
          return parsed;
        }
      } catch (ParseException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
        // Told below; the exception's own text is the peer's.
      }
      faults.count(Fault.UNREADABLE);
      throw new ParseException(Fault.UNREADABLE.phrase(), 0);
    }
  }
}
