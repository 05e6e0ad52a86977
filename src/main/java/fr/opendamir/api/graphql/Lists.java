package fr.opendamir.api.graphql;

import java.util.List;

/** Lists of arguments: who passes null for one that may be absent means that it is. */
final class Lists {
  private Lists() {}

  /** The same list; an empty one in place of null. */
  static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
