package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recipes, from the folder {@code recipes}: {@code /v1/recipes} and docs/recipes are both made
 * from it.
 *
 * @param demonstrations what the demonstration set answers, by recipe
 */
record Recipes(List<Recipe> all, Map<String, Recipe.Demonstration> demonstrations) {
  private static final JsonMapper MAPPER = new JsonMapper();

  static Recipes load() {
    return new Recipes(
        read("recipes.json", new TypeReference<>() {}),
        read("demonstration.json", new TypeReference<>() {}));
  }

  Optional<Recipe> find(String id) {
    return all.stream().filter(recipe -> recipe.id().equals(id)).findFirst();
  }

  private static <T> T read(String name, TypeReference<T> type) {
    try (InputStream in = Recipes.class.getResourceAsStream("recipes/" + name)) {
      return MAPPER.readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
