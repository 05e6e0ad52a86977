package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.access.VocabularyPrice;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.query.CodeLists;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds codes by words of their labels. */
@ApplicationScoped
class FindCodesTool implements Tool {
  /** Searches of a call. */
  static final int MOST_SEARCHES = 5;

  /** Codes of a level that a search lists. */
  static final int MOST_OF_LEVEL = 5;

  private static final String WORDS = "words";
  private static final String LEVELS = "levels";
  private static final Set<String> KNOWN = Set.of(WORDS, LEVELS, ToolCall.LANG);

  private static final Label NOTHING_FOUND =
      new Label(
          "aucun libellé n'a ces mots ; essayer moins de mots ou de plus généraux, en français ou"
              + " en anglais",
          "no label has these words; try fewer or broader words, in French or English");

  /** Levels with codes, coarse before fine: a group of services before the services. */
  private static final List<Level> SEARCHED =
      Arrays.stream(Level.values())
          .filter(level -> level.dimension() != Dimension.MONTH)
          .sorted(Comparator.comparing(Level::isFinest))
          .toList();

  /** What a level has for some words. */
  private record Found(Level level, List<CodeEntry> codes) {}

  private final CodeLists codes;

  FindCodesTool(CodeLists codes) {
    this.codes = codes;
  }

  @Override
  public String name() {
    return "find_codes";
  }

  @Override
  public Uni<byte[]> call(ToolCall call) {
    call.requireKnown(KNOWN);
    Language language = call.language();
    List<String> searches = call.texts(WORDS);
    if (searches.isEmpty() || searches.size() > MOST_SEARCHES) {
      throw ToolCall.refused(
          WORDS,
          "doit être de 1 à " + MOST_SEARCHES + " recherches",
          "must be 1 to " + MOST_SEARCHES + " searches",
          List.of("[\"dentistry\"]"));
    }
    searches.forEach(FindCodesTool::requireShort);
    List<Level> levels = levels(call.texts(LEVELS));
    return Uni.join()
        .all(searches.stream().map(search -> search(search, levels, language)).toList())
        .andFailFast()
        .map(
            found -> {
              ObjectNode answer = Json.object();
              answer.putArray("searches").addAll(found);
              return Json.bytes(answer);
            })
        .call(bytes -> call.request().account().pay(VocabularyPrice.units(bytes.length)));
  }

  private static void requireShort(String search) {
    LabelSearch.refusal(search)
        .ifPresent(
            why -> {
              throw ToolCall.refused(WORDS, why.fr(), why.en(), List.of());
            });
    if (new LabelSearch(search).isEmpty()) {
      throw ToolCall.refused(
          WORDS, "a une recherche sans mot", "has a search without a word", List.of());
    }
  }

  private static List<Level> levels(List<String> names) {
    if (names.isEmpty()) {
      return SEARCHED;
    }
    List<String> valid = SEARCHED.stream().map(Level::id).toList();
    return names.stream()
        .limit(SEARCHED.size())
        .map(
            name ->
                Level.find(name)
                    .filter(SEARCHED::contains)
                    .orElseThrow(
                        () ->
                            new QuestionException(
                                QuestionException.Reason.MALFORMED,
                                List.of(QuestionError.unknownValue(LEVELS, name, valid)))))
        .distinct()
        .toList();
  }

  private Uni<ObjectNode> search(String search, List<Level> levels, Language language) {
    return Uni.join()
        .all(
            levels.stream()
                .map(
                    level ->
                        codes.find(level, search).map(found -> new Found(level, found.codes())))
                .toList())
        .andFailFast()
        .map(found -> written(search, found, language));
  }

  private static ObjectNode written(String search, List<Found> found, Language language) {
    ObjectNode answer = Json.object().put(WORDS, search);
    ArrayNode written = answer.putArray("codes");
    int more = 0;
    for (Found ofLevel : found) {
      ofLevel.codes().stream()
          .limit(MOST_OF_LEVEL)
          .forEach(
              entry -> {
                ObjectNode code =
                    written
                        .addObject()
                        .put("level", ofLevel.level().id())
                        .put("code", entry.code())
                        .put("label", entry.label().in(language));
                entry.validity().from().ifPresent(m -> code.put("valid_from", m.toString()));
                entry.validity().to().ifPresent(m -> code.put("valid_to", m.toString()));
              });
      more += Math.max(0, ofLevel.codes().size() - MOST_OF_LEVEL);
    }
    if (more > 0) {
      answer.put("more", more);
    }
    if (written.isEmpty()) {
      answer.put("hint", NOTHING_FOUND.in(language));
    }
    return answer;
  }
}
