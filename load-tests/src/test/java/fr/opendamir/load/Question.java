package fr.opendamir.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A question as somebody asks it: in an address, in a posted body, or in GraphQL.
 *
 * @param groupBy levels, by their names in REST
 * @param measures measures, by their names in REST
 * @param filters codes to keep, by level
 * @param lastMonths only so many of the newest months; 0 for all
 * @param sorted by the first measure, the largest first
 */
record Question(
    List<String> groupBy,
    List<String> measures,
    Map<String, List<String>> filters,
    int lastMonths,
    boolean sorted) {

  Question {
    filters = new TreeMap<>(filters);
  }

  /** How much one has to think to ask it. */
  int complexity() {
    return groupBy.size() + filters.size();
  }

  String address() {
    StringBuilder address = new StringBuilder("/v1/aggregates?group_by=");
    address.append(String.join(",", groupBy));
    address.append("&measures=").append(String.join(",", measures));
    filters.forEach(
        (level, codes) -> address.append('&').append(level).append('=').append(join(codes)));
    if (lastMonths > 0) {
      address.append("&last=").append(lastMonths);
    }
    if (sorted) {
      address.append("&sort=-").append(measures.get(0));
    }
    return address.toString();
  }

  String csvAddress() {
    return address() + "&format=csv";
  }

  String dryRunAddress() {
    return address() + "&dry_run=true";
  }

  /** For {@code /v1/aggregates/query}. */
  String posted() {
    StringBuilder body = new StringBuilder("{\"group_by\":").append(list(groupBy));
    body.append(",\"measures\":").append(list(measures));
    filters.forEach(
        (level, codes) ->
            body.append(",\"").append(level).append("\":").append(list(List.copyOf(codes))));
    if (lastMonths > 0) {
      body.append(",\"last\":").append(lastMonths);
    }
    if (sorted) {
      body.append(",\"sort\":\"-").append(measures.get(0)).append('"');
    }
    return body.append('}').toString();
  }

  /** As the answers say it back. */
  String saidBack() {
    return "\"group_by\":" + list(groupBy) + ",\"measures\":" + list(measures);
  }

  private String document() {
    String nodes =
        groupBy.stream().map(Question::node).collect(Collectors.joining(" "))
            + " "
            + measures.stream().map(Question::field).collect(Collectors.joining(" "));
    String filter =
        filters.entrySet().stream()
            .map(entry -> field(entry.getKey()) + ": { in: " + list(entry.getValue()) + " }")
            .collect(Collectors.joining(", "));
    if (lastMonths > 0) {
      filter += (filter.isEmpty() ? "" : ", ") + "month: { last: " + lastMonths + " }";
    }
    StringBuilder arguments = new StringBuilder("(first: 100");
    if (!filter.isEmpty()) {
      arguments.append(", filter: { ").append(filter).append(" }");
    }
    if (sorted) {
      arguments
          .append(", orderBy: [{ measure: ")
          .append(measures.get(0).toUpperCase(java.util.Locale.ROOT))
          .append(", direction: DESC }]");
    }
    return "{ spending" + arguments + ") { nodes { " + nodes + " } totalCount } }";
  }

  String graphqlAddress() {
    return "/graphql?query=" + URLEncoder.encode(document(), StandardCharsets.UTF_8);
  }

  String graphqlBody() {
    return "{\"query\":\"" + document().replace("\"", "\\\"") + "\"}";
  }

  private static String node(String level) {
    return switch (level) {
      case "month", "quarter", "year" -> level;
      default -> field(level) + " { code label }";
    };
  }

  /** {@code age_band} is {@code ageBand} there. */
  private static String field(String name) {
    StringBuilder field = new StringBuilder();
    for (String word : name.split("_", -1)) {
      field.append(
          field.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1));
    }
    return field.toString();
  }

  private static String list(List<String> values) {
    return values.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  private static String join(List<String> codes) {
    return codes.stream()
        .map(code -> URLEncoder.encode(code, StandardCharsets.UTF_8))
        .collect(Collectors.joining(","));
  }
}
