package fr.opendamir.question;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The errors of a question, at most {@link QuestionBound#ERRORS}. One error more ends the search at
 * once, and the last error then says that there are more.
 */
public final class QuestionErrors {
  /** Only the first errors get suggestions, because clients correct these first. */
  private static final int MOST_EXPLAINED = 10;

  private final List<QuestionError> errors = new ArrayList<>();

  /**
   * Adds an error.
   *
   * @throws QuestionException if there are too many errors to continue
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

  /** Adds an error for an argument whose value is not one of the valid values. */
  void addUnknown(Argument argument, Message message, String value, List<String> valid) {
    add(QuestionError.unknownValue(argument, message, value, valid, isExplaining()));
  }

  /** Adds an error for a parameter name that does not exist. */
  public void addUnknownParameter(String name, Collection<String> valid) {
    add(
        new QuestionError(
            new Argument.Named(QuestionError.shown(name)),
            QuestionMessage.UNKNOWN_PARAMETER,
            List.of(String.join(", ", valid)),
            isExplaining() ? Suggestions.nearest(name, valid) : List.of()));
  }

  /**
   * Requires that a number is within a range, both bounds included.
   *
   * @param number empty if the client did not send an integer
   * @return the number; empty if it is out of range, after adding an error
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

  /** Whether the next error should have suggestions, which are the slowest part of an error. */
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

  /** Whether there is an error about one of the given arguments. */
  boolean hasErrorOf(Collection<Argument> arguments) {
    return errors.stream().anyMatch(error -> arguments.contains(error.argument()));
  }

  /**
   * Throws an exception if there is any error.
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
