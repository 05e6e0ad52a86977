package fr.opendamir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code to the table of rooms in docs/architecture.md: a use that is not listed fails. */
class ArchitectureTest {
  private static final String ROOT = "fr.opendamir";

  /** Each room and the rooms it may use, as the document says. */
  private static final Map<String, Set<String>> ROOMS = rooms(Path.of("docs/architecture.md"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static Map<String, Set<String>> rooms(Path document) {
    Pattern row = Pattern.compile("\\| `([a-z.]+)` \\|.*\\| ([a-z., –]+) \\|");
    try (Stream<String> lines = Files.lines(document)) {
      return lines
          .map(row::matcher)
          .filter(Matcher::matches)
          .collect(
              Collectors.toMap(
                  found -> found.group(1),
                  found ->
                      found.group(2).equals("–") ? Set.of() : Set.of(found.group(2).split(", "))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyRoomOfTheDocumentExists() {
    assertThat(ROOMS.keySet())
        .allSatisfy(room -> assertThat(CLASSES.stream().map(ArchitectureTest::room)).contains(room))
        .hasSizeGreaterThan(15);
    assertThat(ROOMS.values()).allSatisfy(used -> assertThat(ROOMS.keySet()).containsAll(used));
  }

  @Test
  void everyClassLivesInARoom() {
    List<String> homeless = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      if (room(type) == null) {
        homeless.add(type.getName());
      }
    }
    assertThat(homeless).isEmpty();
    assertThat(CLASSES.size()).isGreaterThan(50);
  }

  @Test
  void roomsUseOnlyTheRoomsTheyMay() {
    classes().should(useOnlyAllowedRooms(ROOMS)).check(CLASSES);
  }

  /** Every package is a slice of its own, so that cycles inside a room are found too. */
  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheStoreColumnsTheImportAndParquetFilesSpeakSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".store..",
            ROOT + ".columns..",
            ROOT + ".ingest.aggregate..",
            ROOT + ".format.parquet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "org.postgresql..",
            "org.duckdb..",
            "io.vertx.sqlclient..",
            "io.vertx.mutiny.sqlclient..",
            "io.vertx.pgclient..",
            "org.hibernate..",
            "jakarta.persistence..",
            "org.flywaydb..")
        .check(CLASSES);
  }

  @Test
  void theStoreDoesNotKnowTheAnalyticalDatabase() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.duckdb..")
        .check(CLASSES);
  }

  @Test
  void theVocabularyIsPlainJava() {
    classes()
        .that()
        .resideInAnyPackage(ROOT + ".catalog..", ROOT + ".disclosure..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", ROOT + ".catalog..", ROOT + ".disclosure..", "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void onlyCommandsWriteToTheTerminal() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  /** The clock of the machine may be set; what is measured or limited goes by another one. */
  @Test
  void timeOfDayIsReadOnlyToBeShownOrThroughAClock() {
    noClasses()
        .that()
        .doNotHaveSimpleName("KeyJson")
        .and()
        .doNotHaveSimpleName("RequestTraces")
        .and()
        .doNotHaveSimpleName("StartupCheck")
        .and()
        .doNotHaveSimpleName("SharedWindows")
        .and()
        .doNotHaveSimpleName("KeysCommand")
        .and()
        .doNotHaveSimpleName("UsageCommand")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now", ZoneId.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  /** Entries differ in size by a factor of a thousand, and some are made by anybody who asks. */
  @Test
  void everyCacheIsBoundedByWeight() {
    classes()
        .that(DescribedPredicate.describe("have a cache", ArchitectureTest::hasCache))
        .should(boundByWeight())
        .check(CLASSES);
    assertThat(CLASSES.stream().filter(ArchitectureTest::hasCache)).hasSizeGreaterThan(5);
  }

  private static boolean hasCache(JavaClass type) {
    return calls(type, "newBuilder");
  }

  private static boolean calls(JavaClass type, String method) {
    return type.getMethodCallsFromSelf().stream()
        .anyMatch(
            call ->
                call.getTargetOwner().isEquivalentTo(Caffeine.class)
                    && call.getName().equals(method));
  }

  private static ArchCondition<JavaClass> boundByWeight() {
    return new ArchCondition<>("bound it by weight") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (calls(type, "maximumSize") || !calls(type, "maximumWeight")) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " does not"));
        }
      }
    };
  }

  /** Addresses are the business of the doors. */
  @Test
  void onlyDoorsNameAddresses() throws IOException {
    Pattern address = Pattern.compile("\"[^\"\n]*/v1\\b");
    Path main = Path.of("src/main/java/fr/opendamir");
    try (Stream<Path> sources = Files.walk(main)) {
      List<String> found = new ArrayList<>();
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        String name = main.relativize(source).toString();
        if (!name.startsWith("api/") && address.matcher(Files.readString(source)).find()) {
          found.add(name);
        }
      }
      assertThat(found).isEmpty();
    }
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> useOnlyAllowedRooms(Map<String, Set<String>> rooms) {
    return new ArchCondition<>("use only the rooms that theirs may use") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String own = room(type);
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String other = room(dependency.getTargetClass());
          if (own != null
              && other != null
              && !own.equals(other)
              && !rooms.get(own).contains(other)) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** The innermost room of a class; null for classes of libraries and outside every room. */
  private static String room(JavaClass type) {
    return ROOMS.keySet().stream()
        .filter(room -> (type.getPackageName() + ".").startsWith(ROOT + "." + room + "."))
        .max(Comparator.comparingInt(String::length))
        .orElse(null);
  }

  @Test
  void aUseBetweenSubRoomsThatTheTableDoesNotListIsFound() {
    Map<String, Set<String>> stricter = new HashMap<>(ROOMS);
    stricter.put("ingest.aggregate", Set.of("catalog", "disclosure", "ingest.port"));
    ArchRule rule = classes().should(useOnlyAllowedRooms(stricter));
    assertThatThrownBy(() -> rule.check(CLASSES))
        .hasMessageContaining("fr.opendamir.ingest.source");
  }

  /** A rule that cannot fail proves nothing: with a stricter table the same condition does. */
  @Test
  void aUseThatTheTableDoesNotListIsFound() {
    Map<String, Set<String>> stricter = new HashMap<>(ROOMS);
    stricter.put("store", Set.of("access", "catalog", "disclosure", "ingest.port"));
    ArchRule rule = classes().should(useOnlyAllowedRooms(stricter));
    assertThatThrownBy(() -> rule.check(CLASSES)).hasMessageContaining("fr.opendamir.query");
  }
}
