package fr.opendamir.testing;

import fr.opendamir.disclosure.DisclosurePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents of disclosure policies that differ a little from the built-in one. */
public final class OtherPolicy {
  private OtherPolicy() {}

  /**
   * Writes a document with the id {@code other-for-tests}.
   *
   * @param changes text of the built-in document, its replacement, text, replacement, …
   */
  public static Path write(Path folder, String... changes) {
    try (InputStream in = DisclosurePolicy.class.getResourceAsStream("policy.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text = text.replaceFirst("\"id\": \"[^\"]*\"", "\"id\": \"other-for-tests\"");
      for (int i = 0; i < changes.length; i += 2) {
        if (!text.contains(changes[i])) {
          throw new IllegalArgumentException("the policy has no " + changes[i]);
        }
        text = text.replace(changes[i], changes[i + 1]);
      }
      return Files.writeString(folder.resolve("policy.json"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
