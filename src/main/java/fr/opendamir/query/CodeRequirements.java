package fr.opendamir.query;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.Argument;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.See;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks that the codes of a question exist in its releases, and explains codes that do not. */
@ApplicationScoped
class CodeRequirements {
  /**
   * Maximum number of code comparisons to find suggestions for one request. The list of services is
   * the longest.
   */
  private static final int MOST_COMPARED = 3_000;

  /**
   * The form of nearly all codes; another unknown value is probably a label or another notation.
   */
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_]{1,64}|G:[a-z0-9_]{1,64}");

  private final Catalog catalog;
  private final UndocumentedCodes undocumented;

  CodeRequirements(Catalog catalog, UndocumentedCodes undocumented) {
    this.catalog = catalog;
    this.undocumented = undocumented;
  }

  /**
   * Requires that the codes of a question exist, and that its conditions do not contradict each
   * other or the content of the releases. A listed code without any rows is accepted.
   *
   * @param asked the releases to answer from; a code is known if it occurs in at least one of them
   * @return fails with a {@link QuestionException} that lists all errors
   */
  Uni<Void> require(Question question, List<Release> asked) {
    List<CodeFilter> doubtful =
        question.filters().stream().filter(filter -> !unlisted(filter).isEmpty()).toList();
    if (doubtful.isEmpty()) {
      return refuse(new Contradictions(catalog, question).find(asked));
    }
    return Uni.join()
        .all(doubtful.stream().map(filter -> unknown(filter, asked)).toList())
        .andFailFast()
        .chain(
            filters -> {
              QuestionErrors errors = new QuestionErrors();
              int compared = 0;
              for (Unknown filter : filters) {
                compared = filter.explain(errors, compared);
              }
              errors.addAll(new Contradictions(catalog, question).find(asked));
              return refuse(errors.list());
            });
  }

  private static Uni<Void> refuse(List<QuestionError> errors) {
    return errors.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.createFrom()
            .failure(new QuestionException(QuestionException.Reason.MALFORMED, errors));
  }

  private List<String> unlisted(CodeFilter filter) {
    return filter.codes().stream().filter(code -> !catalog.isListed(filter.level(), code)).toList();
  }

  /** The unknown codes of a filter, and the undocumented codes of its level. */
  private final class Unknown {
    private final Level level;
    private final List<String> codes;
    private final Set<String> occurring;

    Unknown(Level level, List<String> codes, Set<String> occurring) {
      this.level = level;
      this.codes = codes;
      this.occurring = occurring;
    }

    /** Adds the errors; returns the number of codes compared so far, including earlier filters. */
    int explain(QuestionErrors errors, int comparedBefore) {
      int listed = catalog.codes(level).size();
      int compared = comparedBefore;
      for (String code : codes) {
        boolean isExplained = errors.isExplaining() && compared < MOST_COMPARED;
        errors.add(unknownCode(level, code, occurring, isExplained));
        // Words are also searched for in labels, which takes twice as long.
        compared += isExplained ? (CodeHabits.isNumber(code) ? listed : 2 * listed) : 0;
      }
      return compared;
    }
  }

  private Uni<Unknown> unknown(CodeFilter filter, List<Release> asked) {
    return Uni.join()
        .all(asked.stream().map(release -> undocumented.of(release, filter.level())).toList())
        .andFailFast()
        .map(
            found -> {
              if (found.stream().anyMatch(Optional::isEmpty)) {
                // codes cannot be determined: the answer has a warning instead
                return new Unknown(filter.level(), List.of(), Set.of());
              }
              Set<String> occurring = new HashSet<>();
              found.forEach(codes -> occurring.addAll(codes.orElseThrow()));
              return new Unknown(
                  filter.level(),
                  unlisted(filter).stream().filter(code -> !occurring.contains(code)).toList(),
                  occurring);
            });
  }

  private QuestionError unknownCode(
      Level level, String code, Set<String> occurring, boolean isExplained) {
    Argument filter = new Argument.Filter(level);
    if (code.equals(ReservedCodes.TOTAL)) {
      return QuestionError.of(filter, BindingMessage.CODE_OF_TOTALS);
    }
    List<String> nearest =
        isExplained ? CodeHabits.suggest(catalog, level, code, occurring) : List.of();
    if (!CODE.matcher(code).matches()) {
      return QuestionError.noCode(level, code, nearest);
    }
    See codes = new See.Codes(level);
    return nearest.isEmpty()
        ? QuestionError.of(filter, BindingMessage.UNKNOWN_CODE, shown(code), level.id(), codes)
        : new QuestionError(
            filter,
            BindingMessage.CODE_WRITTEN_OTHERWISE,
            List.of(shown(code), level.id(), CodeHabits.labelled(catalog, level, nearest), codes),
            nearest);
  }
}
