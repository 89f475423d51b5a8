package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class G711Test {
  // Extremes and zero as tabulated in ITU-T G.711, scaled to 16 bits.
  @Test
  void shouldReadBothLaws() {
    assertThat(G711.fromMuLaw((byte) 0xff)).isZero();
    assertThat(G711.fromMuLaw((byte) 0x80)).isEqualTo(32_124);
    assertThat(G711.fromMuLaw((byte) 0x00)).isEqualTo(-32_124);
    assertThat(G711.fromALaw((byte) 0xd5)).isEqualTo(8);
    assertThat(G711.fromALaw((byte) 0xaa)).isEqualTo(32_256);
    assertThat(G711.fromALaw((byte) 0x2a)).isEqualTo(-32_256);
  }

  @Test
  void shouldTellToneFromSilence() {
    byte[] silence = new byte[160];
    Arrays.fill(silence, (byte) 0xff);

    assertThat(G711.isSilence(silence, 0, 160, false)).isTrue();
    assertThat(G711.isSilence(G711.tone(Codec.PCMU), 0, 160, false)).isFalse();
    assertThat(G711.isSilence(G711.tone(Codec.PCMA), 0, 160, true)).isFalse();
  }
}
