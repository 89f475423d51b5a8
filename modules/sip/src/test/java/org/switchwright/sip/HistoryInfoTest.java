package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Passage;

class HistoryInfoTest {
  private static final KeyId KEY = new KeyId("k");
  private static final String TARGET = "sip:sales@127.0.0.1:5070";

  private static SIPRequest invite(String target, String... headers) throws Exception {
    String text =
        "INVITE "
            + target
            + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2:5060;branch=z9hG4bK1\r\n"
            + "From: <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>\r\n"
            + "Call-ID: 1\r\nCSeq: 1 INVITE\r\n"
            + String.join("\r\n", headers)
            + (headers.length == 0 ? "" : "\r\n")
            + "Content-Length: 0\r\n\r\n";
    return (SIPRequest)
        new StringMsgParser()
            .parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, null);
  }

  private static List<String> entries(Passage passage) {
    return passage.history().text().orElseThrow().lines().toList();
  }

  private static Passage read(SIPRequest invite) {
    return HistoryInfo.read(invite, Optional.empty(), KEY);
  }

  @Test
  void shouldBeginWithWhereItWasAimedAt() throws Exception {
    Passage passage = read(invite(TARGET, "Max-Forwards: 17"));

    assertThat(entries(passage)).containsExactly("<" + TARGET + ">;index=1");
    assertThat(passage.maxForwards()).isEqualTo(17);
    assertThat(HistoryInfo.onward(Optional.of(passage), "sip:anna@127.0.0.3"))
        .containsExactly(
            "History-Info: <" + TARGET + ">;index=1",
            "History-Info: <sip:anna@127.0.0.3>;index=1.1;mp=1");
    assertThat(HistoryInfo.hopsLeft(Optional.of(passage))).isEqualTo(16);
  }

  @Test
  void shouldGoOnWhereOthersEnded() throws Exception {
    Passage passage =
        read(
            invite(
                TARGET,
                "History-Info: <sip:first@example.org>;index=1, \"B, b\" <sip:b@example.org>;index=1.1",
                "History-Info: <" + TARGET + ">;index=1.1.1;rc=1.1"));

    assertThat(entries(passage))
        .containsExactly(
            "<sip:first@example.org>;index=1",
            "<sip:b@example.org>;index=1.1",
            "<" + TARGET + ">;index=1.1.1;rc=1.1");
    assertThat(HistoryInfo.onward(Optional.of(passage), "sip:anna@127.0.0.3").getLast())
        .endsWith("<sip:anna@127.0.0.3>;index=1.1.1.1;mp=1.1.1");
  }

  @Test
  void shouldSayWhereItIsAimedAtWhereOthersDidNot() throws Exception {
    Passage passage = read(invite(TARGET, "History-Info: <sip:first@example.org>;index=1.2"));

    assertThat(entries(passage))
        .containsExactly("<sip:first@example.org>;index=1.2", "<" + TARGET + ">;index=1.2.1");
  }

  @Test
  void shouldPassOnNoAddressThatOthersMayNotKnow() throws Exception {
    String secret = "sip:y.20000.sales.SIGNED@127.0.0.1:5070;sw-home=hq";
    Passage passage =
        HistoryInfo.read(
            invite(
                secret,
                "History-Info: <sip:sales@hq>;index=1",
                "History-Info: <" + secret + ">;index=1.1;mp=1"),
            Optional.of("sip:127.0.0.1:5070"),
            KEY);

    assertThat(entries(passage))
        .containsExactly("<sip:sales@hq>;index=1", "<sip:127.0.0.1:5070>;index=1.1;mp=1");
    assertThat(HistoryInfo.onward(Optional.of(passage), "sip:anna@127.0.0.3").toString())
        .doesNotContain("SIGNED");
  }

  @Test
  void shouldKeepNoMoreThanItsBound() throws Exception {
    String[] headers = new String[40];
    Arrays.setAll(headers, i -> "History-Info: <sip:n" + i + "@example.org>;index=" + (i + 1));

    assertThat(entries(read(invite(TARGET, headers))))
        .hasSize(HistoryInfo.MAX_ENTRIES)
        .startsWith("<sip:n33@example.org>;index=34");
  }

  @Test
  void shouldTakeNothingFromWhatIsOdd() throws Exception {
    Passage passage =
        read(
            invite(
                TARGET,
                "History-Info: no entry at all",
                "History-Info: <sip:x@example.org>",
                "History-Info: <sip:x@example.org>;index=one",
                "History-Info: <sip:" + "x".repeat(500) + "@example.org>;index=1"));

    assertThat(entries(passage)).containsExactly("<" + TARGET + ">;index=1");
  }

  @Test
  void shouldSayNothingWhereNothingIsKnown() {
    Passage erased = new Passage(70, new Personal.Erased(KEY));

    assertThat(HistoryInfo.onward(Optional.empty(), TARGET)).isEmpty();
    assertThat(HistoryInfo.onward(Optional.of(erased), TARGET)).isEmpty();
    assertThat(HistoryInfo.hopsLeft(Optional.empty())).isEqualTo(70);
    assertThat(HistoryInfo.hopsLeft(Optional.of(new Passage(1, erased.history())))).isZero();
  }
}
