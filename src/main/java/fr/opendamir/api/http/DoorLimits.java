package fr.opendamir.api.http;

import java.util.Map;

/** Limits specific to one entry point, published by {@code /v1/limits}. */
public interface DoorLimits {
  /** Name of the response member that contains these limits. */
  String door();

  /** Limits by name, in display order. */
  Map<String, Long> limits();
}
