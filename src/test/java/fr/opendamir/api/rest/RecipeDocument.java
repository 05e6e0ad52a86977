package fr.opendamir.api.rest;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import java.util.List;
import java.util.stream.Collectors;

/** The pages of docs/recipes, made from the recipes that the service serves. */
final class RecipeDocument {
  private static final int WIDTH = 140;
  private static final String GENERATED =
      "<!-- Made from src/main/resources/fr/opendamir/api/rest/recipes; RecipesTest writes"
          + " target/recipes. -->\n";

  private final Language language;
  private final StringBuilder page = new StringBuilder();

  private RecipeDocument(Language language) {
    this.language = language;
  }

  /** The page of a recipe, in English and in French. */
  static String page(Recipe recipe, Recipe.Demonstration demonstration) {
    return GENERATED
        + new RecipeDocument(Language.EN).write(recipe, demonstration)
        + "\n---\n\n"
        + new RecipeDocument(Language.FR).write(recipe, demonstration);
  }

  /** The page that lists all recipes. */
  static String index(List<Recipe> recipes) {
    return GENERATED
        + new RecipeDocument(Language.EN).writeIndex(recipes)
        + "\n---\n\n"
        + new RecipeDocument(Language.FR).writeIndex(recipes);
  }

  private String writeIndex(List<Recipe> recipes) {
    heading(1, text("Recettes", "Recipes"));
    paragraph(
        text(
            "Les questions posées au hackathon DAMIR du 26 janvier 2015, chacune avec les requêtes"
                + " qui y répondent, en REST et en GraphQL, ce que répond le jeu de démonstration,"
                + " comment le lire, et un script en Python et en R sans aucun paquet. Le service"
                + " les donne aussi : `/v1/recipes`.",
            "The questions of the DAMIR hackathon of 26 January 2015, each with the requests that"
                + " answer it, in REST and GraphQL, what the demonstration set answers, how to"
                + " read it, and a script in Python and R that needs no package. The service has"
                + " them too: `/v1/recipes`."));
    page.append("    python3 supply_and_demand.py http://localhost:8080\n");
    page.append("    Rscript supply_and_demand.R http://localhost:8080\n\n");
    for (Recipe recipe : recipes) {
      if (recipe.unanswerable() == null) {
        item(
            "[%s](%s.md). %s"
                .formatted(
                    recipe.title().in(language), recipe.id(), recipe.question().in(language)));
      }
    }
    page.append('\n');
    heading(2, text("Ce que les données ne disent pas", "What the data cannot answer"));
    for (Recipe recipe : recipes) {
      if (recipe.unanswerable() != null) {
        item(
            "*%s* %s"
                .formatted(recipe.question().in(language), recipe.unanswerable().in(language)));
      }
    }
    page.append('\n');
    paragraph(
        text(
            "`read_cube.*` lisent les fichiers d'une version, voir [files.md](../files.md).",
            "`read_cube.*` read the files of a release, see [files.md](../files.md)."));
    return page.toString().stripTrailing() + "\n";
  }

  private String write(Recipe recipe, Recipe.Demonstration demonstration) {
    heading(1, recipe.title().in(language));
    paragraph(recipe.question().in(language));
    for (Recipe.Ask ask : recipe.requests()) {
      request(ask, demonstration);
    }
    heading(2, text("Comment lire la réponse", "What the answer means"));
    paragraph(recipe.reading().in(language));
    block(
        "",
        "python3 docs/recipes/%s.py http://localhost:8080\nRscript docs/recipes/%s.R http://localhost:8080"
            .formatted(recipe.script(), recipe.script()));
    paragraph(
        text(
            "Sur le jeu de démonstration, synthétique, les deux scripts écrivent :",
            "On the demonstration set, which is synthetic, both scripts print:"));
    block("", String.join("\n", demonstration.script()));
    heading(2, text("Précautions", "Caveats"));
    recipe.caveats().forEach(caveat -> item(caveat.in(language)));
    return page.toString().stripTrailing() + "\n";
  }

  private void request(Recipe.Ask ask, Recipe.Demonstration demonstration) {
    heading(2, ask.asks().in(language));
    block(
        "", "curl 'http://localhost:8080" + ask.rest() + "&format=csv&lang=" + language.id() + "'");
    block("graphql", ask.graphql());
    Recipe.Excerpt excerpt = demonstration.answers().get(ask.name());
    if (excerpt == null) {
      paragraph(
          text(
              "Le jeu de démonstration est refusé (422, `" + ask.refused() + "`).",
              "The demonstration set is refused (422, `" + ask.refused() + "`)."));
      return;
    }
    List<String> lines = language == Language.FR ? excerpt.fr() : excerpt.en();
    paragraph(
        text("Sur le jeu de démonstration, ", "On the demonstration set, ")
            + (lines.size() - 1 < excerpt.rows()
                    ? text("les premières de %d lignes :", "the first of %d rows:")
                    : text("%d lignes :", "%d rows:"))
                .formatted(excerpt.rows()));
    block("csv", String.join("\n", lines));
  }

  private String text(String fr, String en) {
    return new Label(fr, en).in(language);
  }

  private void heading(int level, String text) {
    page.append("#".repeat(level)).append(' ').append(text).append("\n\n");
  }

  private void paragraph(String text) {
    page.append(wrapped(text, "")).append("\n\n");
  }

  private void item(String text) {
    page.append("- ").append(wrapped(text, "  ")).append('\n');
  }

  private void block(String kind, String text) {
    page.append("```").append(kind).append('\n').append(text).append("\n```\n\n");
  }

  private static String wrapped(String text, String indent) {
    StringBuilder result = new StringBuilder();
    int column = indent.length();
    for (String word : List.of(text.split(" ", -1))) {
      if (column > indent.length() && column + 1 + word.length() > WIDTH) {
        result.append('\n').append(indent);
        column = indent.length();
      } else if (column > indent.length()) {
        result.append(' ');
        column++;
      }
      result.append(word);
      column += word.length();
    }
    return result.toString().lines().collect(Collectors.joining("\n"));
  }
}
