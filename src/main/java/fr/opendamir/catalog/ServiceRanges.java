package fr.opendamir.catalog;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which group a service code belongs to: ranges of numeric codes that do not overlap. */
final class ServiceRanges {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,3}");

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

  /** A code that is not written as the files write numbers is in no range. */
  private static Optional<Integer> parse(String code) {
    return NUMBER.matcher(code).matches() ? Optional.of(Integer.parseInt(code)) : Optional.empty();
  }
}
