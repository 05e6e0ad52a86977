package fr.opendamir.attack;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The mutation: every act is a person and one person is enough, so that the import publishes every
 * atom as it is. What is left is the rule that hides small cells when a question is asked.
 */
final class UnprotectedPolicy {
  private UnprotectedPolicy() {}

  static DisclosurePolicy create() {
    DisclosurePolicy builtIn = PolicyReader.builtIn();
    Map<String, Integer> one =
        builtIn.actsPerPerson().keySet().stream().collect(Collectors.toMap(group -> group, g -> 1));
    return new DisclosurePolicy(
        "unprotected-for-tests", 1, 1, one, 1, builtIn.recodings(), builtIn.lossBounds());
  }
}
