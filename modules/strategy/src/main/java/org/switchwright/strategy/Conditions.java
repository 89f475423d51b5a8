package org.switchwright.strategy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Compiles conditions in CEL against what a strategy may look at. There are no loops in them, so
 * that what one costs is bounded by its length; patterns run in time linear to their input (RE2).
 */
final class Conditions {
  static final int MAX_CHARS = 2_000;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_PATTERN = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_CHARS)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxRegexProgramSize(MAX_PATTERN)
          .enableComprehension(false)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final CelCompiler onArrival;
  private final CelCompiler later;
  private final CelRuntime runtime;

  /**
   * @param hours names of opening hours
   * @param holidays names of calendars
   */
  Conditions(Collection<String> hours, Collection<String> holidays) {
    CelCompilerBuilder arrival = environment(hours, holidays);
    arrival.addVar(Looked.CALLER, SimpleType.STRING);
    arrival.addVar(Looked.ATTACHED, MapType.create(SimpleType.STRING, SimpleType.STRING));
    this.onArrival = arrival.build();
    this.later = environment(hours, holidays).build();
    List<String> functions = new ArrayList<>();
    for (Looked.Function function : Looked.Function.values()) {
      functions.add(function.word());
    }
    this.runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLateBoundFunctions(functions)
            .build();
  }

  private static CelCompilerBuilder environment(
      Collection<String> hours, Collection<String> holidays) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.HAS)
            .setResultType(SimpleType.BOOL);
    for (String word : Looked.TEXTS) {
      builder.addVar(word, SimpleType.STRING);
    }
    builder.addVar(Looked.WAITED, SimpleType.DURATION);
    hours.forEach(name -> builder.addVar(Looked.OPEN + name, SimpleType.BOOL));
    holidays.forEach(name -> builder.addVar(Looked.HOLIDAY + name, SimpleType.BOOL));
    for (Looked.Function function : Looked.Function.values()) {
      CelType answer = function.isDuration() ? SimpleType.DURATION : SimpleType.INT;
      builder.addFunctionDeclarations(
          CelFunctionDecl.newFunctionDeclaration(
              function.word(),
              CelOverloadDecl.newGlobalOverload(function.overload(), answer, SimpleType.STRING)));
    }
    return builder;
  }

  /** When a condition is looked at. */
  enum When {
    ON_ARRIVAL,
    LATER
  }

  /** What a text makes. */
  sealed interface Outcome {
    /**
     * @param queues that it names, each with its place in the text
     */
    record Sound(Condition condition, List<Named> queues) implements Outcome {}

    record Faulty(List<Issue> issues) implements Outcome {}
  }

  record Named(String queue, int offset) {}

  /**
   * @param offset in the condition's text, from 0
   */
  record Issue(int offset, String sentence) {}

  Outcome compile(String text, When when) {
    CelValidationResult checked = (when == When.LATER ? later : onArrival).compile(text);
    if (checked.hasError()) {
      List<Issue> issues = new ArrayList<>();
      for (CelIssue issue : checked.getErrors()) {
        issues.add(new Issue(offset(text, issue), sentence(issue.getMessage(), when)));
      }
      return new Outcome.Faulty(issues);
    }
    try {
      CelAbstractSyntaxTree tree = checked.getAst();
      List<Issue> issues = new ArrayList<>();
      List<Named> queues = new ArrayList<>();
      walk(
          tree.getExpr(),
          (call, argument) -> {
            int offset = tree.getSource().getPositionsMap().getOrDefault(argument.id(), 0);
            CelConstant constant = argument.constantOrDefault();
            if (argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && constant.getKind() == CelConstant.Kind.STRING_VALUE) {
              queues.add(new Named(constant.stringValue(), offset));
            } else {
              issues.add(
                  new Issue(
                      offset,
                      "expected the name of a queue in quotes in " + call + "(), but got another"));
            }
          });
      return issues.isEmpty()
          ? new Outcome.Sound(new Condition(runtime.createProgram(tree)), queues)
          : new Outcome.Faulty(issues);
    } catch (CelValidationException | CelEvaluationException e) {
      return new Outcome.Faulty(
          List.of(new Issue(0, "expected a condition, but: " + e.getMessage())));
    }
  }

  private static void walk(CelExpr expression, BiConsumer<String, CelExpr> figures) {
    switch (expression.getKind()) {
      case CALL -> {
        CelExpr.CelCall call = expression.call();
        call.target().ifPresent(target -> walk(target, figures));
        if (Looked.Function.is(call.function()) && call.args().size() == 1) {
          figures.accept(call.function(), call.args().getFirst());
        } else {
          call.args().forEach(argument -> walk(argument, figures));
        }
      }
      case SELECT -> walk(expression.select().operand(), figures);
      case LIST -> expression.list().elements().forEach(it -> walk(it, figures));
      case MAP ->
          expression
              .map()
              .entries()
              .forEach(entry -> {
                walk(entry.key(), figures);
                walk(entry.value(), figures);
              });
      case STRUCT -> expression.struct().entries().forEach(it -> walk(it.value(), figures));
      case CONSTANT, IDENT, COMPREHENSION, NOT_SET -> {}
    }
  }

  private static int offset(String text, CelIssue issue) {
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start + Math.max(0, issue.getSourceLocation().getColumn());
  }

  private static String sentence(String message, When when) {
    String first = message.lines().findFirst().orElse("").strip();
    if (first.contains("undeclared reference to 'caller'")
        || first.contains("undeclared reference to 'attached'")) {
      return "expected no caller and no attached data in a step: they are looked at when the case"
          + " is chosen";
    }
    String words = first.replace(" (in container '')", "");
    return "expected a condition that is "
        + (when == When.LATER ? "true or false at that time" : "true or false")
        + ", but: "
        + words.substring(0, Math.min(1, words.length())).toLowerCase(Locale.ROOT)
        + words.substring(Math.min(1, words.length()));
  }
}
