package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The recipes that the service serves, and docs/recipes. */
class RecipesTest {
  private static final Path DOCUMENTS = Path.of("docs", "recipes");
  private static final Path MADE = Path.of("target", "recipes");
  private static final Recipes RECIPES = Recipes.load();

  @Test
  void everyTextIsInBothLanguages() {
    for (Recipe recipe : RECIPES.all()) {
      assertThat(texts(recipe))
          .as(recipe.id())
          .allSatisfy(
              text -> {
                assertThat(text.fr()).isNotBlank();
                assertThat(text.en()).isNotBlank();
              });
      assertThat(recipe.id()).matches("[a-z_]+");
    }
    assertThat(RECIPES.all()).extracting(Recipe::id).doesNotHaveDuplicates();
  }

  private static List<Label> texts(Recipe recipe) {
    Stream<Label> answered =
        recipe.unanswerable() == null
            ? Stream.concat(
                Stream.concat(Stream.of(recipe.reading()), recipe.caveats().stream()),
                recipe.requests().stream().map(Recipe.Ask::asks))
            : Stream.of(recipe.unanswerable());
    return Stream.concat(Stream.of(recipe.title(), recipe.question()), answered).toList();
  }

  @Test
  void anAnswerableQuestionHasRequestsScriptsAndAnAnswerOfTheDemonstration() {
    for (Recipe recipe : RECIPES.all()) {
      boolean isAnswerable = recipe.unanswerable() == null;
      assertThat(recipe.requests().isEmpty()).as(recipe.id()).isNotEqualTo(isAnswerable);
      assertThat(RECIPES.demonstrations().containsKey(recipe.id())).isEqualTo(isAnswerable);
      if (isAnswerable) {
        assertThat(recipe.caveats()).isNotEmpty();
        assertThat(DOCUMENTS.resolve(recipe.script() + ".py")).exists();
        assertThat(DOCUMENTS.resolve(recipe.script() + ".R")).exists();
        assertThat(RECIPES.demonstrations().get(recipe.id()).answers().keySet())
            .containsExactlyInAnyOrderElementsOf(
                recipe.requests().stream()
                    .filter(ask -> ask.refused() == null)
                    .map(Recipe.Ask::name)
                    .toList());
      }
    }
  }

  /** The questions pitched on 26 January 2015 that the data answer, and the example of rates. */
  @Test
  void theNineQuestionsOfTheHackathonAreThere() {
    assertThat(RECIPES.all().stream().filter(recipe -> recipe.unanswerable() == null)).hasSize(7);
    assertThat(RECIPES.all().stream().filter(recipe -> recipe.unanswerable() != null)).hasSize(3);
  }

  @Test
  void documentsSayWhatTheServiceSays() throws IOException {
    SoftAssertions all = new SoftAssertions();
    String index = RecipeDocument.index(RECIPES.all());
    all.assertThat(committed("README.md", index)).isEqualTo(index);
    for (Recipe recipe : RECIPES.all()) {
      if (recipe.unanswerable() == null) {
        String page = RecipeDocument.page(recipe, RECIPES.demonstrations().get(recipe.id()));
        all.assertThat(committed(recipe.id() + ".md", page))
            .as("if the change is meant: cp %s/*.md %s", MADE, DOCUMENTS)
            .isEqualTo(page);
      }
    }
    all.assertAll();
  }

  private static String committed(String name, String made) throws IOException {
    Files.createDirectories(MADE);
    Files.writeString(MADE.resolve(name), made);
    Path document = DOCUMENTS.resolve(name);
    return Files.exists(document) ? Files.readString(document) : "";
  }
}
