package fr.opendamir.ops;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyDocument;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.PublishedState;
import java.util.List;
import java.util.Optional;

/** Checks that what is published was protected under the policy in force. */
public final class PolicyCheck {
  private PolicyCheck() {}

  /**
   * Start-up check of the service.
   *
   * @throws IllegalStateException with the text of {@link #problem}
   */
  public static void require(DatabaseSettings settings, DisclosurePolicy policy) {
    problem(settings, policy)
        .ifPresent(
            text -> {
              throw new IllegalStateException(text);
            });
  }

  /**
   * Describes which published months were protected under another policy document, and what to do;
   * empty if there is none.
   */
  public static Optional<String> problem(DatabaseSettings settings, DisclosurePolicy policy) {
    PolicyDocument inForce = PolicyDocument.of(policy);
    List<String> others =
        PublishedState.policies(settings).stream()
            .filter(published -> !published.sha256().equals(inForce.sha256()))
            .map(published -> published.id() + " (" + published.months() + ")")
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "published months were protected under another disclosure policy: "
                + String.join(", ", others)
                + "; the one in force is "
                + inForce.id()
                + ". Run the command reprotect where the archive of the imports is; it says if the"
                + " archive does not suffice. Import those months again in that case, all in one"
                + " import; or start with an empty database folder, if they are the demonstration"
                + " set; or put the earlier document back (opendamir.disclosure.policy-file)");
  }
}
