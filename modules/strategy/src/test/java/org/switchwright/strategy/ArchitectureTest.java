package org.switchwright.strategy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;

/** A strategy says the same to the same facts: it has no host, no clock and no chance. */
@AnalyzeClasses(
    packages = "org.switchwright.strategy",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule shouldKnowNoOtherRoomThanTheDomain =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.switchwright.journal..",
              "org.switchwright.cluster..",
              "org.switchwright.replay..",
              "org.switchwright.simulation..",
              "org.switchwright.sip..",
              "org.switchwright.http..",
              "org.switchwright.server..");

  @ArchTest
  static final ArchRule shouldAskForNoTimeAndNoChance =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, InstantSource.class, Random.class);
}
