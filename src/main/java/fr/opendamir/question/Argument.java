package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an error of a question is about. Each door has names of its own for it. */
public sealed interface Argument {
  /** The name of the parameter in the text form of a question. */
  String parameter();

  /** The parts of a question, in the alphabetical order of their parameters. */
  enum Part implements Argument {
    CURSOR,
    DRY_RUN,
    FORMAT,
    FROM,
    GROUP_BY,
    HAVING,
    LABELS,
    LANG,
    LAST,
    LIMIT,
    MEASURES,
    RELEASE,
    SORT,
    TO,
    TOTALS;

    @Override
    public String parameter() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The filter on a level. */
  record Filter(Level level) implements Argument {
    @Override
    public String parameter() {
      return level.id();
    }
  }

  /** A name as a client sent it, or one that only a door knows. */
  record Named(String parameter) implements Argument {}

  /** The argument of a parameter, whose name may be in any case; a DAMIR variable is one too. */
  static Optional<Argument> find(String parameter) {
    String name = parameter.toLowerCase(Locale.ROOT);
    Optional<Argument> part =
        Arrays.<Argument>stream(Part.values())
            .filter(one -> one.parameter().equals(name))
            .findFirst();
    return part.or(() -> Level.find(parameter).map(Filter::new));
  }

  /** The argument of a parameter, or its name where there is no such parameter. */
  static Argument of(String parameter) {
    return find(parameter).orElseGet(() -> new Named(parameter));
  }

  /** The names of all parameters. */
  static List<String> parameters() {
    return Stream.concat(
            Arrays.stream(Part.values()).map(Part::parameter),
            Arrays.stream(Level.values()).map(Level::id))
        .toList();
  }
}
