package fr.opendamir.api.rest;

import java.util.Map;

/** The allowances that the example of limits tells: those of tests are larger, and change. */
final class ExampleAllowances {
  private static final Map<String, String> DOCUMENTED =
      Map.of(
          "files-burst", "600,\"window_seconds\":60,\"remaining\":598,\"reset_seconds\":41",
          "files-daily",
              "50000,\"window_seconds\":86400,\"remaining\":49998,\"reset_seconds\":52100",
          "burst", "60,\"window_seconds\":60,\"remaining\":57,\"reset_seconds\":41",
          "daily", "5000,\"window_seconds\":86400,\"remaining\":4810,\"reset_seconds\":52100",
          "requests", "600,\"window_seconds\":60,\"remaining\":598,\"reset_seconds\":41");

  private ExampleAllowances() {}

  /** What the service says, with the allowances of the contract. */
  static String documented(String text) {
    String result = text.replaceAll("\"concurrency\":\\d+", "\"concurrency\":8");
    for (Map.Entry<String, String> allowance : DOCUMENTED.entrySet()) {
      String start = "\"name\":\"" + allowance.getKey() + "\",\"quota\":";
      result =
          result.replaceAll(
              start + "\\d+,\"window_seconds\":\\d+,\"remaining\":\\d+,\"reset_seconds\":\\d+",
              start + allowance.getValue());
    }
    return result;
  }
}
