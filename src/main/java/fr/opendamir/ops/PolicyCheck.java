package fr.opendamir.ops;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyDocument;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.PublishedState;
import java.util.List;

/** Start-up check: what is published must have been protected under the policy in force. */
public final class PolicyCheck {
  private PolicyCheck() {}

  /**
   * Refuses to go on where a published month was made by another policy document.
   *
   * @throws IllegalStateException saying which months, and what would work
   */
  public static void require(DatabaseSettings settings, DisclosurePolicy policy) {
    PolicyDocument inForce = PolicyDocument.of(policy);
    List<String> others =
        PublishedState.policies(settings).stream()
            .filter(published -> !published.sha256().equals(inForce.sha256()))
            .map(published -> published.id() + " (" + published.months() + ")")
            .toList();
    if (!others.isEmpty()) {
      throw new IllegalStateException(
          "published months were protected under another disclosure policy: "
              + String.join(", ", others)
              + "; the one in force is "
              + inForce.id()
              + ". Import those months again under it, all in one import; or start with an empty"
              + " database folder, if they are the demonstration set; or put the earlier document back"
              + " (opendamir.disclosure.policy-file)");
    }
  }
}
