package fr.opendamir.question;

import fr.opendamir.catalog.Label;
import java.util.List;

/** The words of a door: its names for arguments and lists, and texts where it needs its own. */
public interface Terms {
  /** The name of an argument. */
  String name(Argument argument);

  /** Where a client finds a list. */
  String address(See see);

  /** The pattern of a message, which takes the same values as {@link Message#pattern}. */
  default Label pattern(Message message) {
    return message.pattern();
  }

  /** The nearest valid values of an error, as this door writes them. */
  default List<String> didYouMean(QuestionError error) {
    return error.didYouMean();
  }
}
