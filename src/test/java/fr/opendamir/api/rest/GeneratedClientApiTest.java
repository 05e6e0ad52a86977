package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.client.ApiClient;
import fr.opendamir.client.ApiException;
import fr.opendamir.client.api.AggregatesApi;
import fr.opendamir.client.api.AggregatesApi.APIGetAggregatesRequest;
import fr.opendamir.client.api.AggregatesApi.APIPostAggregatesRequest;
import fr.opendamir.client.api.VocabularyApi;
import fr.opendamir.client.api.VocabularyApi.APIGetMeasureRequest;
import fr.opendamir.client.model.Answer;
import fr.opendamir.client.model.DryRun;
import fr.opendamir.client.model.LevelId;
import fr.opendamir.client.model.Measure;
import fr.opendamir.client.model.MeasureId;
import fr.opendamir.client.model.PostedQuestion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A client that a generator made of the committed contract gets figures: the build generates it
 * anew, so that the contract stays one that programs can be made of.
 */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class GeneratedClientApiTest {
  @TestHTTPResource("/")
  URI service;

  /** February is one line: 40 acts in region 11, charged 1200.00. */
  @Test
  void aGeneratedClientGetsAFigure() throws ApiException {
    Answer answer =
        new AggregatesApi(client())
            .getAggregates(
                APIGetAggregatesRequest.newBuilder()
                    .groupBy(List.of(LevelId.REGION))
                    .measures(List.of(MeasureId.CHARGED, MeasureId.QUANTITY))
                    .month(List.of("2024-02"))
                    .limit(10)
                    .lang("en")
                    .build())
            .getJsonAnswer()
            .getAnswer();
    assertThat(answer.getData())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getRegion()).isEqualTo("11");
              assertThat(row.getRegionLabel()).isEqualTo("Île-de-France");
              assertThat(row.getCharged()).isEqualByComparingTo("1200.00");
              assertThat(row.getQuantity()).isEqualByComparingTo("40");
            });
    assertThat(answer.getPage().getTotal()).isEqualTo(1);
    assertThat(answer.getPage().getNextCursor()).isNull();
    assertThat(answer.getUnits()).containsEntry("charged", "EUR");
    assertThat(answer.getRelease().getPublishedAt()).isNotNull();
  }

  @Test
  void aGeneratedClientAsksWhatAnAnswerTakes() throws ApiException {
    DryRun dryRun =
        new AggregatesApi(client())
            .postAggregates(
                APIPostAggregatesRequest.newBuilder()
                    .postedQuestion(
                        new PostedQuestion()
                            .groupBy(List.of(LevelId.REGION))
                            .region(List.of("11", "84"))
                            .limit(20)
                            .dryRun(true))
                    .build())
            .getJsonAnswer()
            .getDryRun();
    assertThat(dryRun.getMaxRows()).isBetween(1L, 20L);
    assertThat(dryRun.getLinks().getAnswer()).contains("region=11,84");
  }

  @Test
  void aGeneratedClientReadsTheVocabulary() throws ApiException {
    Measure measure =
        new VocabularyApi(client())
            .getMeasure(APIGetMeasureRequest.newBuilder().id("out_of_pocket").build());
    assertThat(measure.getFormula()).isEqualTo("charged - reimbursed");
    assertThat(measure.getDamir()).isNull();
  }

  @Test
  void aGeneratedClientTellsWhatIsRefused() {
    ApiException refusal =
        catchThrowableOfType(
            ApiException.class,
            () ->
                new AggregatesApi(client())
                    .getAggregates(
                        APIGetAggregatesRequest.newBuilder().region(List.of("1..3")).build()));
    assertThat(refusal.getCode()).isEqualTo(400);
    assertThat(refusal.getResponseBody()).contains("/v1/problems/malformed-question");
  }

  private ApiClient client() {
    ApiClient client = new ApiClient();
    client.updateBaseUri(service.toString().replaceAll("/$", ""));
    return client;
  }
}
