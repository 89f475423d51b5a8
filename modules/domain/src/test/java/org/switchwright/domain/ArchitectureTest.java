package org.switchwright.domain;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The domain is pure: it knows no framework, no clock, no chance, and no order by accident. */
@AnalyzeClasses(
    packages = "org.switchwright.domain",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule shouldDependOnTheJdkAndItsCollectionsAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.switchwright.domain..",
              "java.lang..",
              "java.time..",
              "java.util",
              "java.util.function..",
              "java.util.stream..",
              "java.util.concurrent",
              "org.pcollections..",
              "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule shouldAskForNoTimeAndNoChance =
      noClasses()
          .should()
          .callMethodWhere(calls(Instant.class, "now"))
          .orShould()
          .callMethodWhere(calls(System.class, "currentTimeMillis"))
          .orShould()
          .callMethodWhere(calls(System.class, "nanoTime"))
          .orShould()
          .callMethodWhere(calls(UUID.class, "randomUUID"))
          .orShould()
          .callMethodWhere(calls(Math.class, "random"))
          .orShould()
          .dependOnClassesThat(
              named(
                  "a clock, chance or a thread",
                  Set.of(
                      "java.util.Random",
                      "java.util.random.RandomGenerator",
                      "java.util.concurrent.ThreadLocalRandom",
                      "java.security.SecureRandom",
                      "java.time.Clock",
                      InstantSource.class.getName(),
                      Thread.class.getName())));

  /** Their order differs from one JVM to the next. */
  @ArchTest
  static final ArchRule shouldMakeNoCollectionWithoutAnOrder =
      noClasses()
          .should()
          .callMethodWhere(calls(Set.class, "of"))
          .orShould()
          .callMethodWhere(calls(Set.class, "copyOf"))
          .orShould()
          .callMethodWhere(calls(Map.class, "of"))
          .orShould()
          .callMethodWhere(calls(Map.class, "ofEntries"))
          .orShould()
          .callMethodWhere(calls(Map.class, "copyOf"))
          .orShould()
          .callMethodWhere(calls(Collectors.class, "toSet"))
          .orShould()
          .callMethodWhere(calls(Collectors.class, "toUnmodifiableSet"))
          .orShould()
          .callMethodWhere(calls(Collectors.class, "groupingBy"));

  @ArchTest
  static final ArchRule shouldKeepNoCollectionWithoutAnOrderInARecord =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .areRecords()
          .should()
          .notHaveRawType(
              named(
                  "a collection without an order of its own",
                  List.of(Map.class, Set.class, Collection.class, HashMap.class, HashSet.class)
                      .stream()
                      .map(Class::getName)
                      .collect(Collectors.toSet())));

  private static DescribedPredicate<? super JavaCall<?>> calls(Class<?> type, String method) {
    return target(name(method)).and(target(owner(JavaClass.Predicates.type(type))));
  }

  private static DescribedPredicate<JavaClass> named(String what, Set<String> names) {
    return DescribedPredicate.describe(what, type -> names.contains(type.getName()));
  }
}
