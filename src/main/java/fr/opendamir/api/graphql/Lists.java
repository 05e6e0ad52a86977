package fr.opendamir.api.graphql;

import java.util.List;

/** Null-safe lists. */
final class Lists {
  private Lists() {}

  /** Treats null as empty. */
  static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
