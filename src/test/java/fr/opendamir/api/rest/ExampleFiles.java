package fr.opendamir.api.rest;

/** The files that examples of the contract list: their checksums change with every label. */
final class ExampleFiles {
  private ExampleFiles() {}

  /** What the service says, with the address and the checksums of the contract. */
  static String documented(String text) {
    return text.replaceAll("http://localhost:\\d+", "https://damir.example.org")
        .replaceAll("-[0-9a-f]{16}\\.parquet", "-0123456789abcdef.parquet")
        .replaceAll(
            "\"bytes\":\\d+,\"hash\":\"sha256:[0-9a-f]{64}\"",
            "\"bytes\":20480,\"hash\":\"sha256:" + "0123456789abcdef".repeat(4) + "\"")
        .replaceAll("(\"hash\":\"[^\"]*\",\"rows\":)\\d+(,\"schema\")", "$11234$2");
  }
}
