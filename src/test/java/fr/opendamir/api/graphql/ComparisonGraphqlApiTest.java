package fr.opendamir.api.graphql;

import static fr.opendamir.api.graphql.GraphqlClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.graphql.GraphqlClient.Answer;
import fr.opendamir.api.rest.TwoYears;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Comparisons of {@link TwoYears} in GraphQL; the arithmetic is in the test of REST. */
@QuarkusTest
@WithTestResource(TwoYears.class)
class ComparisonGraphqlApiTest {
  private static final String FEBRUARY = "compare:PREVIOUS_YEAR filter:{month:{in:[\"2024-02\"]}}";

  @Test
  void valuesOfBothPeriodsAreFieldsOfNodes() {
    Answer answer =
        ask(
            "{spending("
                + FEBRUARY
                + " orderBy:[{measure:REIMBURSED of:CHANGE_RATE direction:DESC}])"
                + "{comparison{monthsEarlier months notPublished}"
                + " nodes{region{code} reimbursed then:reimbursedCompared reimbursedChange"
                + " reimbursedChangeRate status comparedStatus}}}");

    assertThat(answer.nodes())
        .isEqualTo(
            "[{\"region\":{\"code\":\"11\"},\"reimbursed\":55000000.00,\"then\":50000000.00,"
                + "\"reimbursedChange\":5000000.00,\"reimbursedChangeRate\":0.100000,"
                + "\"status\":\"OK\",\"comparedStatus\":\"OK\"},"
                + "{\"region\":{\"code\":\"24\"},\"reimbursed\":420.00,\"then\":0.00,"
                + "\"reimbursedChange\":420.00,\"reimbursedChangeRate\":null,"
                + "\"status\":\"OK\",\"comparedStatus\":\"OK\"},"
                + "{\"region\":{\"code\":\"84\"},\"reimbursed\":1000.00,\"then\":null,"
                + "\"reimbursedChange\":null,\"reimbursedChangeRate\":null,"
                + "\"status\":\"OK\",\"comparedStatus\":\"SUPPRESSED\"}]");
    assertThat(answer.at("/data/spending/comparison"))
        .isEqualTo("{\"monthsEarlier\":12,\"months\":[\"2023-02\"],\"notPublished\":[]}");
  }

  @Test
  void aComparedFieldAloneSelectsItsMeasure() {
    assertThat(
            ask("{spending("
                    + FEBRUARY
                    + " having:[{measure:REIMBURSED of:CHANGE is:GT value:1000}])"
                    + "{nodes{region{code} reimbursedChange}}}")
                .nodes())
        .isEqualTo("[{\"region\":{\"code\":\"11\"},\"reimbursedChange\":5000000.00}]");
    assertThat(ask("{spending{comparison{months} nodes{reimbursed}}}").at("/data/spending"))
        .startsWith("{\"comparison\":null");
  }

  @Test
  void whatIsNotComparedSaysHowToAskForIt() {
    Answer fields = ask("{spending{nodes{month reimbursedChange}}}");
    assertThat(fields.code()).isEqualTo("not_asked_for");
    assertThat(fields.text()).contains("compare: PREVIOUS_YEAR");
    assertThat(ask("{spending{nodes{month comparedStatus}}}").code()).isEqualTo("not_asked_for");
    assertThat(ask("{spending(compare:PREVIOUS_YEAR){nodes{region{code} reimbursed}}}").code())
        .isEqualTo("no_period");
  }
}
