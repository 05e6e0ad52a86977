package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import graphql.parser.Parser;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bound as it is told in limits: what just keeps it is taken, the next is not. */
class DocumentBoundsTest {
  private static final GraphqlConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(GraphqlConfig.class)
          .build()
          .getConfigMapping(GraphqlConfig.class);

  @Test
  void rootFieldsAreCountedThroughFragments() {
    within("{" + "a ".repeat(10) + "}");
    refused("too_many_root_fields", "{" + "a ".repeat(11) + "}");
    within("{...F ...F} fragment F on Query{" + "a ".repeat(5) + "}");
    refused("too_many_root_fields", "{...F ...F} fragment F on Query{" + "a ".repeat(6) + "}");
    refused("too_many_root_fields", "{...{" + "a ".repeat(6) + "} ...{" + "a ".repeat(5) + "}}");
  }

  @Test
  void aliasesAreCountedWhereverTheyAre() {
    within("{a{" + "x:b ".repeat(20) + "}}");
    refused("too_many_aliases", "{a{" + "x:b ".repeat(21) + "}}");
    refused("too_many_aliases", "{x:a{y:b{...F}}} fragment F on A{" + "x:b ".repeat(19) + "}");
    refused("too_many_aliases", "{a{...F ...F ...F}} fragment F on A{" + "x:b ".repeat(7) + "}");
  }

  @Test
  void aliasesHaveALengthThatNodesMayRepeat() {
    within("{a{" + "x".repeat(64) + ":b}}");
    refused("alias_too_long", "{a{" + "x".repeat(65) + ":b}}");
    within("{" + "x".repeat(1_000) + "}");
  }

  @Test
  void fragmentsAreFew() {
    within(fragments(32));
    refused("too_many_fragments", fragments(33));
  }

  private static String fragments(int count) {
    StringBuilder document = new StringBuilder("{a{...f0}}");
    for (int i = 0; i < count; i++) {
      document.append(" fragment f%d on A{b ...f%d}".formatted(i, i + 1));
    }
    return document.toString();
  }

  @Test
  void depthIsThatOfFieldsNotOfFragments() {
    within("{" + "a{".repeat(7) + "a" + "}".repeat(8));
    refused("too_deep", "{" + "a{".repeat(8) + "a" + "}".repeat(9));
    within("{" + "...{a{".repeat(7) + "a" + "}}".repeat(7) + "}");
    refused("too_deep", "{a{a{a{a{...F}}}}} fragment F on A{a{a{a{a{a}}}}}");
  }

  @Test
  void introspectionIsDeeperButNotWithoutEnd() {
    within("{__schema{" + "a{".repeat(14) + "a" + "}".repeat(16));
    refused("too_deep", "{__schema{" + "a{".repeat(15) + "a" + "}".repeat(17));
    refused("too_deep", "{__type(name:\"A\"){" + "a{".repeat(15) + "a" + "}".repeat(17));
  }

  @Test
  void fieldsAreCountedAsOftenAsFragmentsAreSpread() {
    within("{a{" + "b ".repeat(299) + "}}");
    refused("too_complex", "{a{" + "b ".repeat(300) + "}}");
    refused("too_complex", "{a{...F ...F}} fragment F on A{" + "b ".repeat(150) + "}");
  }

  @Test
  void fieldsOfCodesCountAsManyTimesAsThereMayBeCodes() {
    within("{dimensions{codes{code label serviceGroup{code label} serviceKind{code label}}}}");
    within("{dimensions{codes{" + "b ".repeat(14) + "}}}");
    refused("too_complex", "{dimensions{codes{" + "b ".repeat(15) + "}}}");
    refused("too_complex", "{dimensions{codes{...F}}} fragment F on A{" + "b ".repeat(15) + "}");
  }

  @Test
  void fragmentsThatSpreadTwiceWhatSpreadsTwiceAreMeasuredOnce() {
    StringBuilder document = new StringBuilder("{a{...f0}}");
    for (int i = 0; i < 200; i++) {
      document.append(" fragment f%d on A{...f%d ...f%d}".formatted(i, i + 1, i + 1));
    }
    refused("too_complex", document + " fragment f200 on A{b}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{...a} fragment a on A{...a}",
        "{...a} fragment a on A{...b} fragment b on A{...a}",
        "{a{...a}} fragment a on A{a{...b}} fragment b on A{b{...a}}",
        "{...unknown}",
      })
  void circlesAndUnknownFragmentsAreLeftToValidation(String document) {
    within(document);
  }

  @Test
  void everyOperationIsMeasured() {
    refused("too_many_root_fields", "query A{a} query B{" + "a ".repeat(11) + "}");
  }

  private static void within(String document) {
    assertThatCode(() -> require(document)).doesNotThrowAnyException();
  }

  private static void refused(String code, String document) {
    assertThat(catchThrowableOfType(RefusedRequestException.class, () -> require(document)))
        .as(document)
        .extracting(RefusedRequestException::code)
        .isEqualTo(code);
  }

  private static void require(String document) {
    DocumentBounds.require(Parser.parse(document), CONFIG);
  }
}
