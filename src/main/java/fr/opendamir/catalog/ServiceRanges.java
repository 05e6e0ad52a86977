package fr.opendamir.catalog;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which group a service code belongs to: ranges of numeric codes that do not overlap. */
final class ServiceRanges {
  private record Range(int last, ServiceGroup group) {}

  private final NavigableMap<Integer, Range> byFirst = new TreeMap<>();
  private final Map<String, ServiceGroup> byId = new LinkedHashMap<>();

  ServiceRanges(List<Map<String, String>> rows) {
    for (Map<String, String> row : rows) {
      ServiceGroup group =
          new ServiceGroup(
              row.get("group"),
              row.get("kind"),
              new Label(row.get("label_fr"), row.get("label_en")));
      int first = Integer.parseInt(row.get("first"));
      byFirst.put(first, new Range(Integer.parseInt(row.get("last")), group));
      byId.putIfAbsent(group.id(), group);
    }
    byId.put(ServiceGroup.UNDOCUMENTED.id(), ServiceGroup.UNDOCUMENTED);
  }

  ServiceGroup groupOf(String serviceCode) {
    return parse(serviceCode)
        .flatMap(
            number ->
                Optional.ofNullable(byFirst.floorEntry(number))
                    .map(Map.Entry::getValue)
                    .filter(range -> number <= range.last()))
        .map(Range::group)
        .orElse(ServiceGroup.UNDOCUMENTED);
  }

  Optional<ServiceGroup> find(String groupId) {
    return Optional.ofNullable(byId.get(groupId));
  }

  Collection<ServiceGroup> groups() {
    return byId.values();
  }

  private static Optional<Integer> parse(String code) {
    try {
      return Optional.of(Integer.parseInt(code));
    } catch (NumberFormatException e) {
      return Optional.empty(); // a code that is not a number is in no range
    }
  }
}
