package fr.opendamir.attack;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PersonWeights;
import fr.opendamir.disclosure.PolicyReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        builtIn.weights().actsPerPerson().keySet().stream()
            .collect(Collectors.toMap(group -> group, g -> 1));
    return new DisclosurePolicy(
        "unprotected-for-tests",
        1,
        1,
        new PersonWeights(one, 1, Map.of(), 1, 1000),
        100,
        Set.of(),
        Map.of(),
        List.of(),
        builtIn.recodings(),
        builtIn.lossBounds());
  }
}
