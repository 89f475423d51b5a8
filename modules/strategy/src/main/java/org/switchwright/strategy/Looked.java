package org.switchwright.strategy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.cel.runtime.CelVariableResolver;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.RoutingFacts;

/** What one decision's conditions see; each is looked at only where a condition asks. */
final class Looked {
  static final String CALLER = "caller";
  static final String ATTACHED = "attached";
  static final String WAITED = "waited";
  static final String OPEN = "open.";
  static final String HOLIDAY = "holiday.";
  private static final String MEDIUM = "medium";
  private static final String POINT = "point";
  private static final String WEEKDAY = "weekday";
  private static final String DATE = "date";
  private static final String CLOCK = "clock";
  static final List<String> TEXTS = List.of(MEDIUM, POINT, WEEKDAY, DATE, CLOCK);

  private static final DateTimeFormatter HH_MM = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /** What is asked of a queue. */
  enum Function {
    WAITING,
    OLDEST_WAIT,
    READY,
    LOGGED_IN,
    ESTIMATED_WAIT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    String overload() {
      return word() + "_string";
    }

    boolean isDuration() {
      return this == OLDEST_WAIT || this == ESTIMATED_WAIT;
    }

    static boolean is(String word) {
      for (Function function : values()) {
        if (function.word().equals(word)) {
          return true;
        }
      }
      return false;
    }

    private QueueFigures.Figure figure() {
      return switch (this) {
        case WAITING -> QueueFigures.Figure.WAITING;
        case OLDEST_WAIT -> QueueFigures.Figure.OLDEST_WAIT;
        case READY -> QueueFigures.Figure.READY;
        case LOGGED_IN -> QueueFigures.Figure.LOGGED_IN;
        case ESTIMATED_WAIT -> QueueFigures.Figure.ESTIMATED_WAIT;
      };
    }
  }

  private static final Pattern SCHEME = Pattern.compile("^(?i)(sips?|tel):");
  private static final Pattern AFTER = Pattern.compile("[@;>].*$");

  private final RoutingFacts facts;
  private final ZonedDateTime now;
  private final Calendars calendars;
  private final CelLateFunctionBindings functions;
  private @Nullable String caller;

  // The bindings live as long as one decision, whose facts do not change.
  @SuppressWarnings("Immutable")
  Looked(RoutingFacts facts, Calendars calendars) {
    this.facts = facts;
    this.calendars = calendars;
    this.now = facts.now().atZone(calendars.zone());
    List<CelFunctionBinding> bindings = new ArrayList<>();
    for (Function function : Function.values()) {
      bindings.add(
          CelFunctionBinding.from(
              function.overload(), String.class, queue -> figure(function, queue)));
    }
    this.functions = CelLateFunctionBindings.from(bindings);
  }

  RoutingFacts facts() {
    return facts;
  }

  CelVariableResolver variables() {
    return this::variable;
  }

  CelFunctionResolver functions() {
    return functions;
  }

  private Optional<Object> variable(String name) {
    return switch (name) {
      case CALLER -> Optional.of(caller());
      case ATTACHED -> Optional.of(facts.attached());
      case WAITED -> Optional.of(facts.waited());
      case MEDIUM -> Optional.of(facts.medium().name().toLowerCase(Locale.ROOT));
      case POINT -> Optional.of(facts.point().value());
      case WEEKDAY -> Optional.of(now.getDayOfWeek().name().toLowerCase(Locale.ROOT));
      case DATE -> Optional.of(now.toLocalDate().toString());
      case CLOCK -> Optional.of(HH_MM.format(now));
      default -> calendar(name);
    };
  }

  private String caller() {
    if (caller == null) {
      caller = facts.caller().flatMap(Personal::text).map(Looked::user).orElse("");
    }
    return caller;
  }

  /** The user part of an address such as {@code "Ann" <sip:+4930123@example.org>}. */
  private static String user(String address) {
    int open = address.lastIndexOf('<');
    int close = address.indexOf('>', open + 1);
    String uri =
        open < 0 ? address : address.substring(open + 1, close < 0 ? address.length() : close);
    String user = AFTER.matcher(SCHEME.matcher(uri).replaceFirst("")).replaceFirst("");
    return user.equalsIgnoreCase("anonymous") ? "" : user;
  }

  private Optional<Object> calendar(String name) {
    if (name.startsWith(OPEN)) {
      return calendars.open(name.substring(OPEN.length()), now.toLocalDateTime()).map(it -> it);
    }
    if (name.startsWith(HOLIDAY)) {
      return calendars.holiday(name.substring(HOLIDAY.length()), now.toLocalDate()).map(it -> it);
    }
    return Optional.empty();
  }

  private Object figure(Function function, String queue) throws CelEvaluationException {
    Optional<Long> value =
        facts.queues().of(new QueueId(queue)).flatMap(it -> it.of(function.figure()));
    if (value.isEmpty()) {
      throw CelEvaluationExceptionBuilder.newBuilder("%s of %s is not known", function, queue)
          .build();
    }
    return function.isDuration() ? Duration.ofMillis(value.get()) : (Object) value.get();
  }
}
