package org.switchwright.strategy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.routing.StrategySource;

/**
 * Reads strategies as they are written: structure in HOCON without includes and substitutions,
 * conditions in CEL. A text that compiles here always routes; one that does not gets every fault
 * with its line and column.
 */
public final class TextCompiler implements StrategyCompiler {
  private final String file;
  private final Optional<Known> known;

  /**
   * What a site has; a strategy that names anything else is faulty.
   *
   * @param queues names of its queues
   * @param skills names of its skills
   * @param music names of what may be played
   */
  public record Known(
      Collection<String> queues, Collection<String> skills, Collection<String> music) {
    public Known {
      queues = List.copyOf(queues);
      skills = List.copyOf(skills);
      music = List.copyOf(music);
    }
  }

  /** Compiles texts of no file, for any site. */
  public TextCompiler() {
    this("strategy", Optional.empty());
  }

  /**
   * @param file how places in the text are called
   */
  public TextCompiler(String file, Optional<Known> known) {
    this.file = file;
    this.known = known;
  }

  @Override
  public Outcome compile(StrategySource source) {
    if (source.chars() > StrategySource.MAX_CHARS) {
      return faulty(
          file,
          "expected at most "
              + StrategySource.MAX_CHARS
              + " characters with all files, but got "
              + source.chars());
    }
    Positions positions = new Positions(file, source.text());
    Optional<String> tooDeep = positions.tooDeep();
    if (tooDeep.isPresent()) {
      // The parser would go as deep, until its thread has no more stack.
      return faulty(
          tooDeep.get(),
          "expected at most "
              + Outline.MAX_DEPTH
              + " braces, or parts of a name, inside each other");
    }
    try {
      Config config =
          ConfigFactory.parseString(
              source.text(),
              ConfigParseOptions.defaults()
                  .setOriginDescription(file)
                  .setIncluder(new NoIncludes()));
      if (!config.isResolved()) {
        return faulty(
            positions.ofFirst("$"), "expected no substitution, so that each case says all it does");
      }
      return new TextReader(config.root(), source, positions, known).read();
    } catch (IncludeRefused _) {
      return faulty(positions.ofFirst("include"), "expected no include: a strategy is one text");
    } catch (ConfigException e) {
      return faulty(place(positions, e), words(e));
    } catch (StackOverflowError _) {
      // Whatever the parser takes for a brace that is none here.
      return faulty(file, "expected fewer braces inside each other");
    }
  }

  private String place(Positions positions, ConfigException e) {
    ConfigOrigin origin = e.origin();
    return origin == null ? file : positions.ofKey(origin, "");
  }

  private static String words(ConfigException e) {
    String message = String.valueOf(e.getMessage());
    ConfigOrigin origin = e.origin();
    String prefix = origin == null ? "" : origin.description() + ": ";
    return "expected HOCON, but: "
        + (message.startsWith(prefix) ? message.substring(prefix.length()) : message);
  }

  private static Outcome faulty(String place, String sentence) {
    return new Outcome.Faulty(List.of(new Fault(place, "", sentence)));
  }

  private static final class IncludeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class NoIncludes
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      throw new IncludeRefused();
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      throw new IncludeRefused();
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw new IncludeRefused();
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw new IncludeRefused();
    }
  }
}
