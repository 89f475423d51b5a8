package org.switchwright.sip.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The prompts, named as Asterisk names them, and the music of queues, all read at the start: what
 * cannot be played is said then, and nothing is read while calls wait.
 */
public final class SoundLibrary {
  /** Ten minutes of music. */
  static final int MAX_FILE_BYTES = 9_600_044;

  static final int MAX_MUSIC = 50;

  /** What announcements are put together from. */
  static final List<String> PROMPTS =
      Stream.of(
              Stream.of(
                  "queue-youarenext",
                  "queue-thereare",
                  "queue-callswaiting",
                  "queue-holdtime",
                  "queue-less-than",
                  "queue-minute",
                  "queue-minutes",
                  "queue-seconds",
                  "queue-thankyou",
                  "digits/hundred"),
              IntStream.rangeClosed(0, 20).mapToObj(number -> "digits/" + number),
              IntStream.rangeClosed(3, 9).mapToObj(tens -> "digits/" + tens * 10))
          .flatMap(all -> all)
          .toList();

  private final Map<String, Clip> prompts;
  private final Map<String, Clip> music;

  private SoundLibrary(Map<String, Clip> prompts, Map<String, Clip> music) {
    this.prompts = prompts;
    this.music = music;
  }

  /** A sound that cannot be played; the message says which file and why. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(Path file, String why) {
      super(file + ": " + why);
    }
  }

  /** The English prompts that come with this, and its music. */
  public static SoundLibrary builtIn() {
    return new SoundLibrary(ownPrompts(), Map.of());
  }

  /**
   * With an operator's sounds. A prompt that the folder does not have is the built-in one.
   *
   * @param music names of files in the folder, without their ending
   */
  public static SoundLibrary of(Path folder, Collection<String> music) throws UnusableException {
    if (!Files.isDirectory(folder)) {
      throw new UnusableException(folder, "Expected a folder of sounds, but there is none");
    }
    if (music.size() > MAX_MUSIC) {
      throw new UnusableException(
          folder, "Expected at most " + MAX_MUSIC + " kinds of music, but got " + music.size());
    }
    Map<String, Clip> prompts = ownPrompts();
    for (String name : PROMPTS) {
      Path file = folder.resolve(name + ".wav");
      if (Files.exists(file)) {
        prompts.put(name, read(file, false));
      }
    }
    Map<String, Clip> tunes = new HashMap<>();
    for (String name : music) {
      tunes.put(name, read(folder.resolve(name + ".wav"), true));
    }
    return new SoundLibrary(prompts, tunes);
  }

  private static Clip read(Path file, boolean repeats) throws UnusableException {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new UnusableException(
            file, "Expected at most " + MAX_FILE_BYTES + " bytes, but there are more");
      }
      short[] samples = WaveFile.samples(Files.readAllBytes(file));
      if (samples.length < Sound.FRAME_SAMPLES) {
        throw new UnusableException(file, "Expected at least 20 ms of sound, but there is less");
      }
      return new Recording(samples, repeats);
    } catch (WaveFile.UnreadableException e) {
      throw new UnusableException(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UnusableException(file, "Expected a readable file, but there is none");
    }
  }

  private static Map<String, Clip> ownPrompts() {
    Map<String, Clip> prompts = new HashMap<>();
    for (String name : PROMPTS) {
      try (InputStream in = SoundLibrary.class.getResourceAsStream("prompts/" + name + ".wav")) {
        if (in == null) {
          throw new IllegalStateException("Expected the prompt " + name + ", but there is none");
        }
        prompts.put(name, new Recording(WaveFile.samples(in.readAllBytes()), false));
      } catch (IOException | WaveFile.UnreadableException e) {
        throw new IllegalStateException("Expected to read the prompt " + name, e);
      }
    }
    return prompts;
  }

  /** In the order of their names; a name that is none is left out. */
  public List<Clip> prompts(List<String> names) {
    List<Clip> clips = new ArrayList<>();
    for (String name : names) {
      Optional.ofNullable(prompts.get(name)).ifPresent(clips::add);
    }
    return clips;
  }

  /** What a queue plays; what is built in, where its music is not here. */
  public Clip music(Optional<String> name) {
    return name.map(music::get).orElse(Sound.MUSIC);
  }
}
