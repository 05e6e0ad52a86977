package fr.opendamir.question;

import fr.opendamir.catalog.Label;
import java.util.List;

/** The terms of an API: its names for arguments and lists, and its own message texts if needed. */
public interface Terms {
  /** The name of an argument. */
  String name(Argument argument);

  /** The address at which a client finds a list. */
  String address(See see);

  /** The pattern of a message, which takes the same values as {@link Message#pattern}. */
  default Label pattern(Message message) {
    return message.pattern();
  }

  /** The nearest valid values of an error, in the form of this API. */
  default List<String> didYouMean(QuestionError error) {
    return error.didYouMean();
  }
}
