package fr.opendamir.question;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The errors of a question, up to {@link QuestionBound#ERRORS}: with one more the search ends at
 * once, and the last error says that there are more.
 */
public final class QuestionErrors {
  /** Clients correct the first errors first: suggestions for later ones are not searched. */
  private static final int MOST_EXPLAINED = 10;

  private final List<QuestionError> errors = new ArrayList<>();

  /**
   * Adds an error.
   *
   * @throws QuestionException where there are too many to go on
   */
  public void add(QuestionError error) {
    if (errors.size() == QuestionBound.ERRORS.most()) {
      Argument last = errors.get(errors.size() - 1).argument();
      errors.set(errors.size() - 1, QuestionError.of(last, QuestionMessage.MORE_ERRORS));
      throw exception();
    }
    errors.add(error);
  }

  /** Adds an error without a suggestion. */
  public void add(Argument argument, Message message, Object... values) {
    add(QuestionError.of(argument, message, values));
  }

  /** Adds several errors, as {@link #add(QuestionError)} does. */
  public void addAll(Collection<QuestionError> others) {
    others.forEach(this::add);
  }

  /** Adds that an argument has a value that is none of the valid ones. */
  void addUnknown(Argument argument, Message message, String value, List<String> valid) {
    add(QuestionError.unknownValue(argument, message, value, valid, isExplaining()));
  }

  /** Adds that there is no parameter of that name. */
  public void addUnknownParameter(String name, Collection<String> valid) {
    add(
        new QuestionError(
            new Argument.Named(QuestionError.shown(name)),
            QuestionMessage.UNKNOWN_PARAMETER,
            List.of(String.join(", ", valid)),
            isExplaining() ? Suggestions.nearest(name, valid) : List.of()));
  }

  /**
   * A number that must be within a range.
   *
   * @param number empty where the client sent something that is no whole number
   * @return empty where it is not, which is an error then
   */
  OptionalInt within(Argument argument, OptionalLong number, int least, int most) {
    if (number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most) {
      return OptionalInt.of((int) number.getAsLong());
    }
    add(argument, QuestionMessage.NOT_IN_RANGE, least, most);
    return OptionalInt.empty();
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** Whether the next error should have suggestions, which take longest to find. */
  public boolean isExplaining() {
    return errors.size() < MOST_EXPLAINED;
  }

  /** The errors found so far. */
  public List<QuestionError> list() {
    return List.copyOf(errors);
  }

  /** Removes all errors. */
  public void clear() {
    errors.clear();
  }

  /** Whether there is an error about one of these arguments. */
  boolean hasErrorOf(Collection<Argument> arguments) {
    return errors.stream().anyMatch(error -> arguments.contains(error.argument()));
  }

  /**
   * Requires that there is no error.
   *
   * @throws QuestionException with every error found
   */
  public void requireNone() {
    if (!errors.isEmpty()) {
      throw exception();
    }
  }

  private QuestionException exception() {
    return new QuestionException(QuestionException.Reason.MALFORMED, errors);
  }
}
