package fr.opendamir.api.http;

import fr.opendamir.catalog.Label;
import jakarta.ws.rs.NotFoundException;

/** A path names something that does not exist. */
public final class UnknownNameException extends NotFoundException {
  private static final long serialVersionUID = 1L;

  private final transient Label detail;

  public UnknownNameException(Label detail) {
    super(detail.en());
    this.detail = detail;
  }

  Label detail() {
    return detail;
  }
}
