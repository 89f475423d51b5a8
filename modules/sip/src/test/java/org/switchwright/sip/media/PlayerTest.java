package org.switchwright.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchwright.sip.sdp.Law;

class PlayerTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private final Player player = new Player("test", HERE, 46_000, 46_005);
  private final DatagramSocket ear = ear();

  private static DatagramSocket ear() {
    try {
      DatagramSocket socket = new DatagramSocket(0, HERE);
      socket.setSoTimeout(5_000);
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    player.close();
    ear.close();
  }

  private InetSocketAddress here() {
    return new InetSocketAddress(HERE, ear.getLocalPort());
  }

  private DatagramPacket hear() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    ear.receive(packet);
    return packet;
  }

  @Test
  void shouldSendFramesInOrderFromItsOwnPort() throws IOException {
    MediaStream stream = player.open(0).orElseThrow();

    stream.play(Sound.MUSIC, Law.PCMA, 8, here());

    int sequence = -1;
    int timestamp = 0;
    for (int i = 0; i < 25; i++) {
      DatagramPacket packet = hear();
      ByteBuffer rtp = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
      assertThat(packet.getPort()).isEqualTo(stream.port());
      assertThat(packet.getLength()).isEqualTo(172);
      assertThat(rtp.get()).isEqualTo((byte) 0x80);
      assertThat(rtp.get() & 0xFF).isEqualTo(i == 0 ? 0x88 : 8);
      int nextSequence = rtp.getShort() & 0xFFFF;
      int nextTimestamp = rtp.getInt();
      if (i > 0) {
        assertThat(nextSequence).isEqualTo((sequence + 1) & 0xFFFF);
        assertThat(nextTimestamp).isEqualTo(timestamp + 160);
      }
      sequence = nextSequence;
      timestamp = nextTimestamp;
    }
    // A packet is counted after it was sent, so perhaps after it was heard here.
    Awaitility.await().until(() -> stream.packetsSent() >= 25);
  }

  private byte[] sound() throws IOException {
    DatagramPacket packet = hear();
    return Arrays.copyOfRange(packet.getData(), 12, packet.getLength());
  }

  private static byte[] frame(Clip clip, int number) {
    int from = number * Sound.FRAME_SAMPLES;
    return Arrays.copyOfRange(clip.encoded(Law.PCMA), from, from + Sound.FRAME_SAMPLES);
  }

  private static Clip tone(int frames, int height) {
    short[] samples = new short[frames * Sound.FRAME_SAMPLES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (height + i * 100);
    }
    return new Recording(samples, false);
  }

  @Test
  void shouldSayPromptsBetweenTheMusicAndGoOnWhereItWas() throws IOException {
    Clip first = tone(2, 500);
    Clip second = tone(3, 9_000);
    MediaStream stream = player.open(0).orElseThrow();
    assertThat(stream.say(List.of(first))).as("while nothing plays").isFalse();
    stream.play(Sound.MUSIC, Law.PCMA, 8, here());
    int played = 0;
    byte[] heard = sound();
    assertThat(heard).isEqualTo(frame(Sound.MUSIC, played++));

    assertThat(stream.say(List.of(first, second))).isTrue();
    assertThat(stream.say(List.of(second))).as("while something is said").isFalse();

    for (heard = sound(); !Arrays.equals(heard, frame(first, 0)); heard = sound()) {
      assertThat(heard).isEqualTo(frame(Sound.MUSIC, played++));
    }
    assertThat(sound()).isEqualTo(frame(first, 1));
    for (int i = 0; i < 3; i++) {
      assertThat(sound()).isEqualTo(frame(second, i));
    }
    assertThat(sound()).isEqualTo(frame(Sound.MUSIC, played++));
    assertThat(sound()).isEqualTo(frame(Sound.MUSIC, played));
    assertThat(stream.say(List.of(second))).as("once it is said").isTrue();
    stream.pause();
    assertThat(stream.say(List.of(second))).as("on hold").isFalse();
  }

  @Test
  void shouldStopAtOnceAndFreeThePort() {
    MediaStream stream = player.open(0).orElseThrow();
    stream.play(Sound.MUSIC, Law.PCMU, 0, here());
    Awaitility.await().until(() -> stream.packetsSent() > 2);

    stream.stop();

    assertThat(player.streams()).isZero();
    assertThat(player.open(stream.port()).orElseThrow().port()).isEqualTo(stream.port());
  }

  @Test
  void shouldEndWhenItsPortsAreUsedUp() {
    assertThat(player.open(46_002).orElseThrow().port()).isEqualTo(46_002);
    assertThat(player.open(0)).isPresent();
    assertThat(player.open(46_002).orElseThrow().port()).isNotEqualTo(46_002);

    assertThat(player.open(0)).isEmpty();
  }

  @Test
  void shouldPassOverPortsOfOthers() throws IOException {
    try (DatagramSocket other = new DatagramSocket(46_000, HERE)) {
      assertThat(other.isBound()).isTrue();

      assertThat(player.open(46_000).orElseThrow().port()).isNotEqualTo(46_000);
    }
  }

  @Test
  void shouldCountWhatItHears() throws IOException {
    MediaStream stream = player.open(0).orElseThrow();

    ear.send(new DatagramPacket(new byte[172], 172, HERE, stream.port()));

    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> stream.packetsReceived() == 1);
  }

  @Test
  void shouldEndATone() throws IOException {
    MediaStream stream = player.open(0).orElseThrow();

    stream.play(Sound.CONFIRMATION, Law.PCMU, 0, here());

    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> stream.packetsSent() == 50);
  }

  @ParameterizedTest
  @EnumSource(Sound.class)
  void shouldBeAudibleButNotLoud(Sound sound) {
    short[] samples = sound.samples();
    int loudest = 0;
    double power = 0;
    for (short sample : samples) {
      loudest = Math.max(loudest, Math.abs(sample));
      power += (double) sample * sample;
    }
    double rms = Math.sqrt(power / samples.length) / Short.MAX_VALUE;

    assertThat(samples.length % Sound.FRAME_SAMPLES).isZero();
    assertThat(loudest).isLessThan((int) (0.7 * Short.MAX_VALUE));
    assertThat(rms).isBetween(0.02, 0.25);
  }

  @Test
  void shouldEncodeByTheStandard() {
    assertThat(G711.mu((short) 0)).isEqualTo((byte) 0xFF);
    assertThat(G711.mu(Short.MAX_VALUE)).isEqualTo((byte) 0x80);
    assertThat(G711.mu(Short.MIN_VALUE)).isEqualTo((byte) 0x00);
    assertThat(G711.mu((short) 1_000)).isEqualTo((byte) 0xCE);
    assertThat(G711.a((short) 0)).isEqualTo((byte) 0xD5);
    assertThat(G711.a(Short.MAX_VALUE)).isEqualTo((byte) 0xAA);
    assertThat(G711.a(Short.MIN_VALUE)).isEqualTo((byte) 0x2A);
    assertThat(G711.a((short) 1_000)).isEqualTo((byte) 0xFA);
    assertThat(G711.silence(Law.PCMA)).isEqualTo((byte) 0xD5);
  }
}
