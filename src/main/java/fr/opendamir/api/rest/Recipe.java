package fr.opendamir.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.opendamir.catalog.Label;
import java.util.List;
import java.util.Map;

/**
 * A question that people ask of the data, and how the service answers it.
 *
 * @param unanswerable why the data have no answer, and what would; null if they have one. Then
 *     there are no requests, {@code reading} and {@code script}
 * @param reading what the answers mean
 * @param script name of the scripts in docs/recipes, without the extension
 */
record Recipe(
    String id,
    Label title,
    Label question,
    Label unanswerable,
    List<Ask> requests,
    Label reading,
    List<Label> caveats,
    String script) {
  Recipe {
    requests = requests == null ? List.of() : List.copyOf(requests);
    caveats = caveats == null ? List.of() : List.copyOf(caveats);
  }

  /**
   * One request, at both doors.
   *
   * @param rest an address of this service
   * @param graphql a document that asks the same
   * @param refused code of the error by which the demonstration set is refused; null if it is not
   */
  record Ask(
      String name,
      Label asks,
      String rest,
      String graphql,
      @JsonProperty("refused_on_demonstration") String refused) {}

  /**
   * What the demonstration set answers.
   *
   * @param script lines that the scripts print
   * @param answers by name of the request; none for a request that is refused
   */
  record Demonstration(List<String> script, Map<String, Excerpt> answers) {}

  /**
   * The first lines of an answer in CSV.
   *
   * @param rows number of all rows
   */
  record Excerpt(int rows, List<String> fr, List<String> en) {}
}
