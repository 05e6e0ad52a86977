package fr.opendamir.api.http;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import jakarta.ws.rs.NotFoundException;
import java.util.List;

/** Thrown when a path names something that does not exist. */
public final class UnknownNameException extends NotFoundException {
  private static final long serialVersionUID = 1L;

  private final transient Label detail;
  private final transient List<String> nearest;

  public UnknownNameException(Label detail) {
    this(detail, List.of());
  }

  /** Creates the exception with existing names as suggestions, best match first. */
  public UnknownNameException(Label detail, List<String> nearest) {
    super(detail.in(Language.EN));
    this.detail = detail;
    this.nearest = List.copyOf(nearest);
  }

  Label detail() {
    return detail;
  }

  List<String> nearest() {
    return nearest;
  }
}
