package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.LabelStyle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AggregateJsonTest {
  @Test
  void anAnswerIsRowsAndWhatAccompaniesThem() {
    String text =
        new String(
            ExampleAnswers.bytes(ExampleAnswers.twoByTwo(LabelStyle.BOTH), "json"),
            StandardCharsets.UTF_8);

    assertThat(text)
        .isEqualTo(
            """
            {"data":[\
            {"region":"11","region_label":"Île-de-France",\
            "month":"2024-01","month_label":"January 2024",\
            "charged":1234567.80,"quantity":42,"status":"ok"},\
            {"region":"11","region_label":"Île-de-France",\
            "month":"2024-02","month_label":"February 2024",\
            "charged":null,"quantity":null,"status":"suppressed"},\
            {"region":"84","region_label":"Auvergne-Rhône-Alpes",\
            "month":"2024-02","month_label":"February 2024",\
            "charged":-0.05,"quantity":0,"status":"ok"}],\
            "page":{"limit":100,"next_cursor":"MjAyNC0wNC0wMi4xLzMvN2I1NTRkN2Y","has_more":true,"total":4},\
            "query":{"group_by":["region","month"],"measures":["charged","quantity"],"filters":{},\
            "month":null,"months":["2024-01","2024-02"],"labels":"both","lang":"en","limit":100},\
            "release":{"id":"2024-04-02.1","published_at":"2024-04-02T08:00:00Z",\
            "synthetic":false,"months":["2024-01","2024-02"]},\
            "disclosure":{"policy":"blocks-12","threshold":11,\
            "not_disclosed":{"region":{"charged":0.0002,"excess_fees":0.0121}},"documentation":"/v1/disclosure"},\
            "warnings":["Good to know."],"units":{"charged":"EUR","quantity":"acts"},\
            "attribution":{"source":"Caisse nationale de l'Assurance Maladie (French national\
             health insurance) – Open DAMIR","licence":"Licence Ouverte / Open Licence",\
            "last_update":"2024-04-02T08:00:00Z"},\
            "links":{"self":"/v1/aggregates?group_by=region,month&measures=charged,quantity\
            &labels=both&lang=en&limit=100",\
            "next":"/v1/aggregates?group_by=region,month&measures=charged,quantity\
            &labels=both&lang=en&limit=100&cursor=MjAyNC0wNC0wMi4xLzMvN2I1NTRkN2Y",\
            "csv":"/v1/aggregates?group_by=region,month&measures=charged,quantity\
            &labels=both&lang=en&limit=all&format=csv","documentation":"/openapi"}}\
            """);
  }

  @Test
  void aDifferenceNamesBothReleasesAndItsOwnAddress() {
    var query =
        ExampleAnswers.query(
            List.of(Level.SEX), List.of(Measure.CHARGED), LabelStyle.ID, Language.FR);
    var answer =
        ExampleAnswers.answer(
            query,
            Optional.of(ExampleAnswers.release("2024-03-05.1")),
            List.of(ExampleAnswers.row(List.of("1"), "10.00")));

    assertThat(new String(ExampleAnswers.bytes(answer, "json"), StandardCharsets.UTF_8))
        .contains("\"difference\":{\"from\":{\"id\":\"2024-03-05.1\"")
        .contains("\"to\":{\"id\":\"2024-04-02.1\"")
        .doesNotContain("not_disclosed")
        .contains("\"self\":\"/v1/releases/2024-03-05.1/diff/2024-04-02.1?group_by=sex&");
  }
}
