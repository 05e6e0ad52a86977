package fr.opendamir.api.http;

import fr.opendamir.answer.AnswerSource;
import java.util.Locale;

/** Outcome of a request, as counted by metrics. */
enum Outcome {
  OK,
  NOT_MODIFIED,
  CLIENT_ERROR,
  REFUSED_QUOTA,
  REFUSED_OVERLOAD,
  SERVER_ERROR,
  /** The response was not completed: the client disconnected, or its connection was reset. */
  ABORTED;

  static Outcome of(int status, boolean isOverloaded) {
    if (status == ProblemType.QUOTA_EXCEEDED.status()) {
      return REFUSED_QUOTA;
    }
    if (status >= 500) {
      return isOverloaded && status == ProblemType.OVERLOADED.status()
          ? REFUSED_OVERLOAD
          : SERVER_ERROR;
    }
    if (status >= 400) {
      return CLIENT_ERROR;
    }
    return status == 304 ? NOT_MODIFIED : OK;
  }

  /** The source of the answer, given the source that a successful answer has. */
  AnswerSource source(AnswerSource ofGood) {
    return switch (this) {
      case OK -> ofGood;
      case NOT_MODIFIED -> AnswerSource.NOT_MODIFIED;
      default -> AnswerSource.NONE;
    };
  }

  boolean isRefusal() {
    return this == REFUSED_QUOTA || this == REFUSED_OVERLOAD;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
