package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.question.Suggestions;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Questions that people ask of the data, each with the requests that answer it. */
@Path("/v1/recipes")
@Produces(MediaType.APPLICATION_JSON)
public class RecipeResource {
  /** A recipe in the list. */
  @Schema(name = "RecipeSummary")
  public record Summary(String id, String title, String question, boolean answerable, String url) {}

  /** All recipes. */
  public record RecipeList(List<Summary> data) {}

  /** The beginning of what the demonstration set answers. */
  @Schema(name = "RecipeExcerpt")
  public record ExcerptBody(int rows, String csv) {}

  /** A request of a recipe, for REST and for GraphQL. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "RecipeRequest")
  public record RequestBody(
      String name,
      String asks,
      String rest,
      String graphql,
      @Schema(nullable = true) ExcerptBody demonstration,
      @Schema(nullable = true) String refusedOnDemonstration) {}

  /** A recipe. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "Recipe")
  public record RecipeBody(
      String id,
      String title,
      String question,
      boolean answerable,
      @Schema(nullable = true) String unanswerable,
      List<RequestBody> requests,
      @Schema(nullable = true) String reading,
      List<String> caveats,
      List<String> scripts,
      @Schema(nullable = true) String scriptOnDemonstration) {}

  private final Recipes recipes = Recipes.load();
  private final VocabularyAnswers answers;

  RecipeResource(VocabularyAnswers answers) {
    this.answers = answers;
  }

  @GET
  @APIResponseSchema(RecipeList.class)
  public Uni<Response> list(@Context RoutingContext context) {
    Language language = RequestLanguage.ofAnswer(context.request());
    return answers.json(
        context,
        () ->
            new RecipeList(
                recipes.all().stream().map(recipe -> summary(recipe, language)).toList()),
        "recipes",
        language.id());
  }

  @GET
  @Path("/{id}")
  @APIResponseSchema(RecipeBody.class)
  public Uni<Response> get(@PathParam("id") String id, @Context RoutingContext context) {
    Recipe recipe =
        recipes
            .find(id.toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        new Label(
                            "cette recette n'existe pas ; voir /v1/recipes",
                            "there is no such recipe; see /v1/recipes"),
                        Suggestions.nearest(id, recipes.all().stream().map(Recipe::id).toList())));
    Language language = RequestLanguage.ofAnswer(context.request());
    return answers.json(
        context, () -> body(recipe, language), "recipe", recipe.id(), language.id());
  }

  private static Summary summary(Recipe recipe, Language language) {
    return new Summary(
        recipe.id(),
        recipe.title().in(language),
        recipe.question().in(language),
        recipe.unanswerable() == null,
        "/v1/recipes/" + recipe.id());
  }

  private RecipeBody body(Recipe recipe, Language language) {
    if (recipe.unanswerable() != null) {
      return new RecipeBody(
          recipe.id(),
          recipe.title().in(language),
          recipe.question().in(language),
          false,
          recipe.unanswerable().in(language),
          List.of(),
          null,
          List.of(),
          List.of(),
          null);
    }
    Recipe.Demonstration demonstration = recipes.demonstrations().get(recipe.id());
    return new RecipeBody(
        recipe.id(),
        recipe.title().in(language),
        recipe.question().in(language),
        true,
        null,
        recipe.requests().stream().map(ask -> request(ask, demonstration, language)).toList(),
        recipe.reading().in(language),
        recipe.caveats().stream().map(caveat -> caveat.in(language)).toList(),
        Stream.of("py", "R")
            .map(extension -> "docs/recipes/" + recipe.script() + "." + extension)
            .toList(),
        lines(demonstration.script()));
  }

  private static RequestBody request(
      Recipe.Ask ask, Recipe.Demonstration demonstration, Language language) {
    Recipe.Excerpt excerpt = demonstration.answers().get(ask.name());
    return new RequestBody(
        ask.name(),
        ask.asks().in(language),
        ask.rest(),
        ask.graphql(),
        excerpt == null
            ? null
            : new ExcerptBody(
                excerpt.rows(), lines(language == Language.FR ? excerpt.fr() : excerpt.en())),
        ask.refused());
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
