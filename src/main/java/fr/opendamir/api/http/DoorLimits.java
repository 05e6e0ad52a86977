package fr.opendamir.api.http;

import java.util.Map;

/** Limits that one door has and others do not know of, to be told by {@code /v1/limits}. */
public interface DoorLimits {
  /** The member of the answer that they are under. */
  String door();

  /** Limits by name, in their order. */
  Map<String, Long> limits();
}
