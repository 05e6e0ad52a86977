package fr.opendamir.api.graphql;

import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Measures the operations of a document before they are validated or executed. Each fragment is
 * measured once, however often it is spread, so that measuring stays cheap; circular fragments end
 * at their first repetition and are rejected by validation.
 */
final class DocumentBounds {
  /** Depth that introspection needs: GraphiQL selects {@code ofType} recursively. */
  private static final int MAX_INTROSPECTION_DEPTH = 16;

  private static final long MANY = 1_000_000_000;

  /**
   * Weight of {@code codes}: fields below it are written once for each code, of which a dimension
   * may have a thousand, so each field below it counts as this many fields.
   */
  private static final int CODES = 20;

  /**
   * Maximum fragments of a document: validation compares fragments that spread each other, which
   * takes time quadratic in their number.
   */
  private static final int MOST_FRAGMENTS = 32;

  /** Maximum characters of an alias, which an answer may repeat for each of thousands of nodes. */
  private static final int LONGEST_ALIAS = 64;

  /**
   * The size of a selection.
   *
   * @param introspectionDepth depth below {@code __schema} and {@code __type}
   */
  private record Size(
      long rootFields, long fields, long aliases, int depth, int introspectionDepth) {
    static final Size NONE = new Size(0, 0, 0, 0, 0);

    Size and(Size other) {
      return new Size(
          Math.min(MANY, rootFields + other.rootFields),
          Math.min(MANY, fields + other.fields),
          Math.min(MANY, aliases + other.aliases),
          Math.max(depth, other.depth),
          Math.max(introspectionDepth, other.introspectionDepth));
    }
  }

  private final GraphqlConfig config;
  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Map<String, Size> measured = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private DocumentBounds(GraphqlConfig config, Document document) {
    this.config = config;
    document
        .getDefinitionsOfType(FragmentDefinition.class)
        .forEach(fragment -> fragments.put(fragment.getName(), fragment));
  }

  /**
   * Checks that every operation of a document is within the limits.
   *
   * @throws RefusedRequestException if a limit is exceeded; names the limit
   */
  static void require(Document document, GraphqlConfig config) {
    DocumentBounds bounds = new DocumentBounds(config, document);
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      bounds.require(bounds.size(operation.getSelectionSet()));
    }
    require(
        bounds.fragments.size(), MOST_FRAGMENTS, "too_many_fragments", "fragments", "fragments");
  }

  private void require(Size size) {
    require(
        size.rootFields(),
        config.maxRootFields(),
        "too_many_root_fields",
        "racines",
        "root fields");
    require(size.aliases(), config.maxAliases(), "too_many_aliases", "alias", "aliases");
    require(size.depth(), config.maxDepth(), "too_deep", "niveaux", "levels");
    require(
        size.introspectionDepth(),
        MAX_INTROSPECTION_DEPTH,
        "too_deep",
        "niveaux d'introspection",
        "levels of introspection");
    require(size.fields(), config.maxFields(), "too_complex", "champs", "fields");
  }

  private static void require(long count, int most, String code, String french, String english) {
    if (count > most) {
      throw new RefusedRequestException(
          ProblemType.DOCUMENT_TOO_COMPLEX,
          code,
          new Label(
              "%s %s, %d au plus".formatted(shown(count), french, most),
              "%s %s, at most %d".formatted(shown(count), english, most)));
    }
  }

  private static String shown(long count) {
    return count == MANY ? "≥ " + MANY : String.valueOf(count);
  }

  private Size size(SelectionSet selections) {
    Size size = Size.NONE;
    if (selections != null) {
      for (Selection<?> selection : selections.getSelections()) {
        size = size.and(size(selection));
      }
    }
    return size;
  }

  private Size size(Selection<?> selection) {
    if (selection instanceof Field field) {
      return size(field);
    }
    if (selection instanceof InlineFragment inline) {
      return size(inline.getSelectionSet());
    }
    return size(((FragmentSpread) selection).getName());
  }

  private Size size(Field field) {
    if (field.getAlias() != null) {
      require(
          field.getAlias().length(),
          LONGEST_ALIAS,
          "alias_too_long",
          "caractères d'un alias",
          "characters of an alias");
    }
    Size below = size(field.getSelectionSet());
    boolean isIntrospection =
        field.getName().equals("__schema") || field.getName().equals("__type");
    return new Size(
        1,
        Math.min(MANY, below.fields() * (field.getName().equals("codes") ? CODES : 1) + 1),
        below.aliases() + (field.getAlias() == null ? 0 : 1),
        isIntrospection ? 1 : below.depth() + 1,
        isIntrospection ? below.depth() + 1 : below.introspectionDepth());
  }

  private Size size(String fragment) {
    Size known = measured.get(fragment);
    if (known != null) {
      return known;
    }
    if (!fragments.containsKey(fragment) || !open.add(fragment)) {
      return Size.NONE; // reported by validation
    }
    Size size = size(fragments.get(fragment).getSelectionSet());
    open.remove(fragment);
    measured.put(fragment, size);
    return size;
  }
}
