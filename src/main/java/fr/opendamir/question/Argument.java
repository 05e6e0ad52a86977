package fr.opendamir.question;

import fr.opendamir.catalog.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The part of a question that an error is about. REST and GraphQL have different names for it. */
public sealed interface Argument {
  /** The name of the parameter in the text form of a question. */
  String parameter();

  /** The parts of a question, in the alphabetical order of their parameters. */
  enum Part implements Argument {
    COMPARE,
    CURSOR,
    DIALECT,
    DOWNLOAD,
    DRY_RUN,
    FILL,
    FORMAT,
    FROM,
    GROUP_BY,
    HAVING,
    LABELS,
    LANG,
    LAST,
    LIMIT,
    MEASURES,
    REFERENCE,
    RELEASE,
    SORT,
    TO,
    TOTALS;

    private final String parameter = name().toLowerCase(Locale.ROOT);

    @Override
    public String parameter() {
      return parameter;
    }
  }

  /** The filter on a level. */
  record Filter(Level level) implements Argument {
    @Override
    public String parameter() {
      return level.id();
    }
  }

  /** A name as the client sent it, or a name that only one API has. */
  record Named(String parameter) implements Argument {}

  /**
   * Finds the argument of a parameter. Names are not case-sensitive; names of DAMIR variables are
   * accepted too.
   */
  static Optional<Argument> find(String parameter) {
    String name = parameter.toLowerCase(Locale.ROOT);
    Optional<Argument> part =
        Arrays.<Argument>stream(Part.values())
            .filter(one -> one.parameter().equals(name))
            .findFirst();
    return part.or(() -> Level.find(parameter).map(Filter::new));
  }

  /** The argument of a parameter; a {@link Named} argument if there is no such parameter. */
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
