package org.switchwright.sip.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchwright.sip.sdp.Law;

class SoundLibraryTest {
  @TempDir private Path folder;

  private static byte[] wave(int channels, int rate, int bits, short... samples) {
    ByteBuffer file =
        ByteBuffer.allocate(12 + 24 + 10 + 8 + samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
    file.put("WAVE".getBytes(StandardCharsets.US_ASCII));
    file.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(rate * 2);
    file.putShort((short) 2).putShort((short) bits);
    file.put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(1).put((byte) 7).put((byte) 0);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length * 2);
    for (short sample : samples) {
      file.putShort(sample);
    }
    return file.array();
  }

  @Test
  void shouldPlayTheOperatorsSoundsAndItsOwnWhereThereAreNone() throws Exception {
    short[] samples = new short[200];
    samples[0] = 1_000;
    Files.write(folder.resolve("queue-youarenext.wav"), wave(1, 8_000, 16, samples));
    Files.write(folder.resolve("waltz.wav"), wave(1, 8_000, 16, samples));

    SoundLibrary library = SoundLibrary.of(folder, List.of("waltz"));

    byte[] prompt = library.prompts(List.of("queue-youarenext")).getFirst().encoded(Law.PCMA);
    assertThat(prompt).hasSize(320);
    assertThat(prompt[0]).isEqualTo(G711.a((short) 1_000));
    assertThat(prompt[319]).isEqualTo(G711.silence(Law.PCMA));
    assertThat(library.prompts(List.of("queue-thereare", "none"))).hasSize(1);
    assertThat(library.music(Optional.of("waltz")).repeats()).isTrue();
    assertThat(library.music(Optional.of("tango"))).isEqualTo(Sound.MUSIC);
    assertThat(library.music(Optional.empty())).isEqualTo(Sound.MUSIC);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 8000, 16, 2 channels of 16 bits at 8000 Hz",
    "1, 44100, 16, 44100 Hz",
    "1, 8000, 8, of 8 bits",
  })
  void shouldRefuseOtherKinds(int channels, int rate, int bits, String but) throws IOException {
    Path file = folder.resolve("waltz.wav");
    Files.write(file, wave(channels, rate, bits, new short[200]));

    assertThatThrownBy(() -> SoundLibrary.of(folder, List.of("waltz")))
        .isInstanceOf(SoundLibrary.UnusableException.class)
        .hasMessageStartingWith(file + ": Expected a WAV file of 8000 Hz, mono, 16-bit PCM, but")
        .hasMessageContaining(but);
  }

  @Test
  void shouldRefuseWhatIsNoSound() throws IOException {
    Files.writeString(folder.resolve("short.wav"), "RIFF");
    ByteArrayOutputStream cut = new ByteArrayOutputStream();
    cut.write(wave(1, 8_000, 16), 0, 30);
    Files.write(folder.resolve("cut.wav"), cut.toByteArray());
    Files.write(folder.resolve("empty.wav"), wave(1, 8_000, 16));

    for (String name : List.of("short", "cut", "empty", "missing")) {
      assertThatThrownBy(() -> SoundLibrary.of(folder, List.of(name)))
          .isInstanceOf(SoundLibrary.UnusableException.class)
          .hasMessageContaining(name + ".wav: Expected ");
    }
    assertThatThrownBy(() -> SoundLibrary.of(folder.resolve("nowhere"), List.of()))
        .isInstanceOf(SoundLibrary.UnusableException.class);
  }
}
