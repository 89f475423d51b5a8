package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.TestSite.SOON;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.server.running.RunningServer;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** What waiting callers hear, from sounds of which each is one level all through. */
class AnnouncementsSystemTest {
  private static final int FRAME = 160;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path home;

  /** One sound, and for how many frames it was heard. */
  private record Heard(byte level, int frames) {}

  private void sound(String name, int level, int frames) throws IOException {
    int samples = frames * FRAME;
    ByteBuffer file = ByteBuffer.allocate(44 + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples * 2);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples * 2);
    for (int i = 0; i < samples; i++) {
      file.putShort((short) level);
    }
    Files.createDirectories(home.resolve("sounds"));
    Files.write(home.resolve("sounds").resolve(name + ".wav"), file.array());
  }

  private static List<Heard> heard(Call call) {
    byte[] kept = call.audio().kept();
    List<Heard> heard = new ArrayList<>();
    for (int at = 0; at + FRAME <= kept.length; at += FRAME) {
      byte level = kept[at];
      if (!heard.isEmpty() && heard.getLast().level() == level) {
        heard.set(heard.size() - 1, new Heard(level, heard.getLast().frames() + 1));
      } else {
        heard.add(new Heard(level, 1));
      }
    }
    return heard;
  }

  @Test
  void shouldTellTheFirstInLineBetweenTheQueuesOwnMusicUntilAnAgentAnswers() throws Exception {
    sound("hum", 2_000, 7);
    sound("queue-youarenext", 12_000, 10);
    sound("queue-thankyou", 25_000, 5);
    TestSite site =
        TestSite.prepare(
            home,
            1,
            "sip.treatment.sounds = \"" + home.resolve("sounds") + "\"",
            "site.queues.sales { music = hum, announce { position = yes, after = 1s, every = 15s } }");
    try (RunningServer _ = site.start();
        UserAgents phones = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      Call call = callers.caller("+49301").call("sip:sales@127.0.0.1", site.edge()).place();
      call.audio().keep(400_000);
      call.awaitEarlyMedia(SOON);

      await().atMost(SOON).until(() -> heard(call).size() >= 4);
      List<Heard> first = heard(call);
      assertThat(first.get(0).frames()).as("music before").isGreaterThan(7);
      assertThat(first.get(1).frames()).isEqualTo(10);
      assertThat(first.get(2).frames()).isEqualTo(5);
      assertThat(first.get(3).level()).as("music after").isEqualTo(first.get(0).level());
      assertThat(first.stream().map(Heard::level).distinct()).hasSize(3);

      Phone phone = site.phone(phones, 1);
      phone.behave(Behaviour.answer());
      phone.register();
      phone.awaitRegistered(SOON);
      site.dial(phone, "*11");
      call.awaitEstablished(SOON);
      call.hangUp();
    }
  }

  @Test
  void shouldPlayTheMusicOfTheCaseThatApplied() throws Exception {
    sound("hum", 2_000, 7);
    sound("carols", 12_000, 7);
    TestSite site =
        TestSite.prepare(
            home,
            1,
            "sip.treatment.sounds = \"" + home.resolve("sounds") + "\"",
            "site { music = [carols], queues.sales.music = hum }");
    Path strategy =
        Files.writeString(
            home.resolve("care.conf"),
            """
            name = care
            time-zone = "Europe/Berlin"
            points = [sales]
            cases = [
              { name = "from there", when = "caller.startsWith('+1')", targets = [sales], treatment = carols }
              { name = "all others", targets = [sales] }
            ]
            """);
    try (ServerProcess _ = ServerProcess.start(site.configuration(), home.resolve("server.log"));
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      String publish = "publish " + strategy + " --by ann --why music";
      StrategySystemTest.run(site, ("strategy " + publish).split(" "));

      Call fromThere = callers.caller("+1555").call("sip:sales@127.0.0.1", site.edge()).place();
      Call other = callers.caller("+49301").call("sip:sales@127.0.0.1", site.edge()).place();
      for (Call call : List.of(fromThere, other)) {
        call.audio().keep(100_000);
        call.awaitEarlyMedia(SOON);
        await().atMost(SOON).until(() -> call.audio().kept().length > 20 * FRAME);
      }

      List<Heard> carols = heard(fromThere);
      List<Heard> hum = heard(other);
      assertThat(carols).hasSize(1);
      assertThat(hum).hasSize(1);
      assertThat(carols.getFirst().level()).isNotEqualTo(hum.getFirst().level());
      fromThere.hangUp();
      other.hangUp();
    }
  }
}
