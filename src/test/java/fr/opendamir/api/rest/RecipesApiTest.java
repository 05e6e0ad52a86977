package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.testing.RecipeAnswers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The recipes, and their requests as they are written, at both doors. */
@QuarkusTest
@WithTestResource(RateMonths.class)
class RecipesApiTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void everyRequestOfARecipeIsAnsweredAlikeByBothDoors() {
    RecipeAnswers answers = new RecipeAnswers(base);
    List<JsonNode> recipes = answers.answerable();
    SoftAssertions all = new SoftAssertions();
    for (JsonNode recipe : recipes) {
      for (JsonNode request : recipe.get("requests")) {
        all.check(() -> assertThat(answers.ask(request)).as(request.toString()).isEmpty());
      }
    }
    all.assertAll();
    assertThat(recipes).hasSize(7);
  }

  @Test
  void aRecipeSaysWhatItsAnswerMeansInBothLanguages() {
    JsonPath french = given().get("/v1/recipes/supply_and_demand?lang=fr").jsonPath();
    JsonPath english = given().get("/v1/recipes/supply_and_demand?lang=en").jsonPath();
    assertThat(french.getString("reading")).contains("+0,971", "+0,513", "+0,6175");
    assertThat(english.getString("reading")).contains("+0.971", "+0.513", "+0.6175");
    assertThat(english.getList("caveats")).hasSize(4);
    assertThat(english.getString("requests[0].demonstration.csv")).startsWith("department,");
    assertThat(english.getList("scripts"))
        .isEqualTo(
            List.of("docs/recipes/supply_and_demand.py", "docs/recipes/supply_and_demand.R"));
  }

  @Test
  void aQuestionWithoutAnAnswerSaysWhatItWouldNeed() {
    JsonPath recipe = given().get("/v1/recipes/human_development_index?lang=en").jsonPath();
    assertThat(recipe.getBoolean("answerable")).isFalse();
    assertThat(recipe.getString("unanswerable")).contains("this would need");
    assertThat(recipe.getList("requests")).isEmpty();
  }

  @Test
  void recipesAreFoundFromTheStartPageCachedAndSuggested() {
    assertThat(given().get("/").asString()).contains("href=\"/v1/recipes?lang=fr\"");
    String tag = given().get("/v1/recipes").header("ETag");
    assertThat(given().header("If-None-Match", tag).get("/v1/recipes").statusCode()).isEqualTo(304);
    Response unknown = given().get("/v1/recipes/cancer_screning?lang=en");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.asString()).contains("cancer_screening");
  }
}
