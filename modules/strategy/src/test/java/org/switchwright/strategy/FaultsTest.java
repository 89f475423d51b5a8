package org.switchwright.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.strategy.Strategies.faults;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.routing.StrategyCompiler.Fault;
import org.switchwright.domain.routing.StrategyCompiler.Outcome;
import org.switchwright.domain.routing.StrategySource;

/** Every fault has its place, what was expected and what came; all are said at once. */
class FaultsTest {
  private static final String HEAD =
      """
      name = s
      time-zone = "Europe/Berlin"
      points = ["1000"]
      """;

  /** One case with these lines, from line 5 on. */
  private static List<String> inCase(String lines) {
    return faults(HEAD + "cases = [ {\n" + lines + "\n} ]\n");
  }

  @Test
  void shouldAcceptTheLeast() {
    assertThat(inCase("name = all, targets = [a]")).isEmpty();
  }

  @Test
  void shouldSayAllFaultsAtOnceInTheirOrder() {
    assertThat(
            faults(
                """
                name = "no good name"
                time-zone = Mars
                points = []
                hours { office { munday = ["08:00-18:00"] } }
                cases = [
                  {
                    name = "a"
                    when = "caler == '' && waiting(point) > 3"
                    targets = [ x, { queue = "y z" } ]
                    chose = first
                    priority = 5000
                  }
                ]
                """))
        .containsExactly(
            "it.conf:1:1: name: expected 1 to 64 letters, digits, '-', '_' or '.', but got \"no good"
                + " name\"",
            "it.conf:2:1: time-zone: expected a time zone such as \"Europe/Berlin\", but got"
                + " \"Mars\"",
            "it.conf:3:1: points: expected at least one routing point",
            "it.conf:4:9: hours.office: expected at least one of daily, weekdays, monday ... sunday",
            "it.conf:4:18: hours.office.munday: expected no such key here; did you mean \"monday\"?",
            "it.conf:8:13: cases[1].when: expected a condition that is true or false, but: undeclared"
                + " reference to 'caler'",
            "it.conf:9:22: cases[1].targets[2].queue: expected the name of a queue, but got \"y z\"",
            "it.conf:10:5: cases[1].chose: expected no such key here; did you mean \"choose\"?",
            "it.conf:11:5: cases[1].priority: expected a whole number from 0 to 1000, but got 5000");
  }

  @Test
  void shouldPointIntoConditions() {
    assertThat(inCase("name = all, when = \"true && ' '\", targets = [a]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:26: cases[1].when: "));
    assertThat(inCase("name = all\nwhen = \"\"\"\n  true\n  && nothing\n\"\"\"\ntargets = [a]"))
        .anySatisfy(it ->
            assertThat(it)
                .startsWith("it.conf:8:6: cases[1].when: ")
                .contains("undeclared reference to 'nothing'"));
    assertThat(inCase("name = all, when = \"'a\\\"b' == nothing\", targets = [a]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:31: "));
    assertThat(inCase("name = all, when = \"1 + 1\", targets = [a]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:").contains("bool"));
    assertThat(inCase("name = all, when = \"waiting(\", targets = [a]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:").contains("when"));
    assertThat(inCase("name = all, when = \"waiting(point) > 1\", targets = [a]"))
        .anySatisfy(it ->
            assertThat(it).startsWith("it.conf:5:29: ").contains("the name of a queue in quotes"));
  }

  @Test
  void shouldTellApartWhatStandsInOneLine() {
    assertThat(
            inCase(
                "name = all, choose = shares, targets = [{queue = a, share = 1}, {queue = b, share ="
                    + " 0}]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:77: cases[1].targets[2].share: "));
    assertThat(faults(HEAD + "cases = [{name=a,targets=[x]},{name=b, targets=[ \"y z\" ]}]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:4:51: cases[2].targets: "));
    assertThat(
            faults(
                HEAD + "cases = [{name=a,targets=[x],when=bad},{name=b, targets=[y], when=bad}]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:4:35: cases[1].when: "))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:4:67: cases[2].when: "));
    assertThat(faults(HEAD + "cases = [{name=a,targets=[x],\nwhen =\n  bad }]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:6:3: cases[1].when: "));
  }

  @Test
  void shouldReadAlongWithTheParser() {
    assertThat(
            faults(
                HEAD
                    + "cases = [{name=a} {targets=[x], when=bad}\n{name=b,targets=[y],when=worse}]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:4:38: cases[1].when: "))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:26: cases[2].when: "));
    assertThat(faults(HEAD + "cases = [{name=a}] [{name=a//{\n,targets=[x],prority=3}]"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:14: cases[2].prority: "));
    assertThat(faults("\uFEFF" + HEAD + "cases = [{name=a,targets=[x]}]\nmane = x"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:1: mane: "));
  }

  @Test
  void shouldRefuseWhatIsNestedWithoutEnd() {
    for (String sign : List.of("=[", "{", "{a{", "=[a=[{", ".a")) {
      assertThat(faults(HEAD + "cases" + sign.repeat(9_000)))
          .singleElement()
          .asString()
          .contains(": expected at most 32 braces, or parts of a name, inside each other");
    }
    for (String hidden : List.of("a = \"\"\"x\"\"\"\" , b", "a = ${x\n}, b", "a = x//{\nb")) {
      assertThat(faults(HEAD + hidden + "=[".repeat(9_000)))
          .singleElement()
          .asString()
          .startsWith("it.conf:");
    }
  }

  @Test
  void shouldKnowOnlyItsOwnHours() {
    assertThat(inCase("name = all, when = \"open.ofice\", targets = [a]"))
        .anySatisfy(it -> assertThat(it).contains("undeclared reference"));
  }

  @Test
  void shouldNotLookAtTheCallerInAStep() {
    assertThat(
            inCase(
                "name = all, targets = [a], steps = [ { after = 5s, when = \"caller == ''\", priority ="
                    + " 1 } ]"))
        .singleElement()
        .asString()
        .contains("it.conf:5:60: cases[1].steps[1].when: expected no caller and no attached data");
  }

  @Test
  void shouldExpectStepsInOrderThatChangeSomething() {
    assertThat(
            inCase(
                "name = all, targets = [a], steps = [\n{ after = 5s, priority = 1 }\n{ after = 5s,"
                    + " priority = 1 }\n{ after = 9s }\n]"))
        .containsExactly(
            "it.conf:7:3: cases[1].steps[2].after: expected each step later than the one before it",
            "it.conf:8:1: cases[1].steps[3]: expected a step to change something: targets, skills or"
                + " priority");
  }

  @Test
  void shouldExpectSkillsInEachOfSeveralRequirements() {
    assertThat(
            inCase(
                "name = all, targets = [a], skills = [\n{ german = 7 }\n{ english = 11 }\n{ }\n]"))
        .containsExactly(
            "it.conf:7:3: cases[1].skills[2].english: expected a whole number from 0 to 10, but got"
                + " 11",
            "it.conf:8:1: cases[1].skills[3]: expected a skill in each of several, since else anybody"
                + " will do");
    assertThat(inCase("name = all, targets = [a], skills = []"))
        .containsExactly(
            "it.conf:5:28: cases[1].skills: expected at least one { } section in the list");
    assertThat(inCase("name = all, targets = [a], skills = [german]"))
        .anySatisfy(it ->
            assertThat(it)
                .startsWith("it.conf:5:")
                .contains("cases[1].skills[1]: expected a { } section, but got string"));
  }

  @Test
  void shouldExpectALastCaseThatAlwaysApplies() {
    String sentence =
        "expected the last case to apply always: no condition, and a target without one";

    assertThat(inCase("name = all, when = \"true\", targets = [a]"))
        .containsExactly("it.conf:4:11: cases[1]: " + sentence);
    assertThat(inCase("name = all, targets = [ { queue = a, when = \"true\" } ]"))
        .containsExactly("it.conf:4:11: cases[1]: " + sentence);
    assertThat(inCase("name = all, refuse = yes")).isEmpty();
  }

  @Test
  void shouldExpectEitherTargetsOrARefusal() {
    assertThat(inCase("name = all"))
        .containsExactly("it.conf:4:11: cases[1]: expected targets, or refuse = yes");
    assertThat(inCase("name = all, refuse = yes, targets = [a]"))
        .containsExactly("it.conf:4:11: cases[1]: expected no targets in a case that refuses");
  }

  @Test
  void shouldExpectSharesOfAHundredPercent() {
    assertThat(
            inCase(
                "name = all, choose = shares\ntargets = [ { queue = a, share = 30 }, { queue = b, share"
                    + " = 60 } ]"))
        .containsExactly(
            "it.conf:6:1: cases[1].targets: expected shares of 100 percent in all, but got 90");
  }

  @Test
  void shouldNameAnOpeningThatIsNone() {
    assertThat(
            faults(
                HEAD
                    + """
                    hours {
                      late { daily = ["22:00-02:00"] }
                      odd { monday = ["8-18"], closed-on = [bavarian] }
                    }
                    holidays { german { file = "none.ics" }, empty { } }
                    cases = [ { name = all, targets = [a] } ]
                    """))
        .hasSize(5)
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:5:10: hours.late.daily"))
        .anySatisfy(it -> assertThat(it).startsWith("it.conf:6:").contains("hours.odd.monday"))
        .anySatisfy(it -> assertThat(it).contains("\"bavarian\""))
        .anySatisfy(it -> assertThat(it).contains("there is none named \"none.ics\""))
        .anySatisfy(it -> assertThat(it).contains("expected one of file, icalendar and days"));
  }

  @Test
  void shouldNameTheLineInACalendar() {
    assertThat(
            faults(
                HEAD
                    + "holidays { german { icalendar = \"BEGIN:VCALENDAR\" } }\n"
                    + "cases = [ { name = all, targets = [a] } ]\n"))
        .singleElement()
        .asString()
        .contains("it.conf:4:21: holidays.german.icalendar: expected iCalendar (RFC 5545), but");
  }

  @Test
  void shouldTakeOneTextThatSaysAllItDoes() {
    assertThat(faults(HEAD + "include \"other.conf\"\n"))
        .containsExactly("it.conf:4:1: expected no include: a strategy is one text");
    assertThat(faults(HEAD + "cases = ${HOME}\n"))
        .singleElement()
        .asString()
        .startsWith("it.conf:4:9: expected no substitution");
    assertThat(faults(HEAD + "cases = [ {\n"))
        .singleElement()
        .asString()
        .startsWith("it.conf:")
        .contains("expected HOCON, but: ");
  }

  @Test
  void shouldBoundWhatItTakes() {
    assertThat(faults("#".repeat(StrategySource.MAX_CHARS + 1)))
        .containsExactly(
            "it.conf: expected at most 60000 characters with all files, but got 60001");
    String tooLong = "!".repeat(2_001);
    String deep = "(".repeat(500);
    assertThat(inCase("name = all, when = \"" + tooLong + "true\", targets = [a]"))
        .anySatisfy(it -> assertThat(it).contains("at most 2000 characters"));
    assertThat(inCase("name = all, when = \"" + deep + "true\", targets = [a]")).isNotEmpty();
    assertThat(inCase("name = all, when = \"[1, 2].exists(x, x > 1)\", targets = [a]"))
        .isNotEmpty();
  }

  @Test
  void shouldKnowTheSitesQueuesSkillsAndMusic() {
    TextCompiler compiler =
        new TextCompiler(
            "it.conf",
            Optional.of(
                new TextCompiler.Known(List.of("support"), List.of("german"), List.of("carols"))));
    String text =
        HEAD
            + """
            cases = [
              { name = a, when = "waiting('suport') > 1", targets = [supprt], skills { germn = 1 } }
              { name = all, targets = [support], treatment = carol }
            ]
            """;

    assertThat(compiler.compile(Strategies.source(text)))
        .isInstanceOfSatisfying(
            Outcome.Faulty.class,
            faulty ->
                assertThat(faulty.faults())
                    .extracting(Fault::toString)
                    .containsExactly(
                        "it.conf:5:31: cases[1].when: expected a queue of this site, but got"
                            + " \"suport\"; did you mean \"support\"?",
                        "it.conf:5:58: cases[1].targets: expected a queue of this site, but got"
                            + " \"supprt\"; did you mean \"support\"?",
                        "it.conf:5:76: cases[1].skills.germn: expected a skill of this site, but got"
                            + " \"germn\"; did you mean \"german\"?",
                        "it.conf:6:38: cases[2].treatment: expected music of this site, but got"
                            + " \"carol\"; did you mean \"carols\"?"));
  }
}
