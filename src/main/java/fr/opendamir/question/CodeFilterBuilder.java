package fr.opendamir.question;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.WrittenCode;
import fr.opendamir.question.Argument.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Builds the filters on codes; adds an error for each value that cannot be a code. */
final class CodeFilterBuilder {
  private static final Pattern INVISIBLE = Pattern.compile("\\p{C}");

  /** Separators and marks of the text form cannot be part of a code or period. */
  private static final Pattern SEPARATOR = Pattern.compile("[,!]|\\.\\.");

  private final QuestionErrors errors;
  private final List<CodeFilter> filters = new ArrayList<>();

  CodeFilterBuilder(QuestionErrors errors) {
    this.errors = errors;
  }

  /** See {@link QuestionBuilder#codes}. */
  void codes(Level level, boolean excluded, Collection<String> codes) {
    List<String> valid = new ArrayList<>();
    for (String sent : codes) {
      if (requireOneValue(level, sent)) {
        String code = sent.strip();
        if (code.length() > WrittenCode.LONGEST || INVISIBLE.matcher(code).find()) {
          errors.add(QuestionError.noCode(level, code, List.of()));
        } else {
          valid.add(code);
        }
      }
    }
    if (!valid.isEmpty()) {
      filters.add(new CodeFilter(level, excluded, valid));
    }
  }

  /** See {@link QuestionBuilder#carePeriods}. */
  void carePeriods(Level level, boolean excluded, List<Period> periods) {
    List<String> codes = new PeriodRanges(errors).careCodes(level, periods);
    long all =
        codes.size()
            + filters.stream()
                .filter(filter -> filter.level().isCarePeriod())
                .mapToLong(filter -> filter.codes().size())
                .sum();
    if (QuestionBound.CARE_PERIODS.isExceededBy(all)) {
      errors.add(QuestionBound.CARE_PERIODS.error(new Filter(level), all));
    } else if (!codes.isEmpty()) {
      filters.add(new CodeFilter(level, excluded, codes));
    }
  }

  /** See {@link QuestionBuilder#requireOneValue}. */
  boolean requireOneValue(Level level, String value) {
    boolean isOne = value != null && !value.isBlank() && !SEPARATOR.matcher(value).find();
    if (!isOne) {
      errors.add(new Filter(level), QuestionMessage.NOT_A_VALUE, shown(String.valueOf(value)));
    }
    return isOne;
  }

  /** The filters, in the order of the levels. */
  List<CodeFilter> build() {
    return filters.stream().sorted(Comparator.comparing(CodeFilter::level)).toList();
  }
}
