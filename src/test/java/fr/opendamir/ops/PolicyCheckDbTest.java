package fr.opendamir.ops;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.disclosure.WeakenedPolicy;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service does not start on months that another policy protected. */
class PolicyCheckDbTest {
  private static final DisclosurePolicy BUILT_IN = PolicyReader.builtIn();

  private final TestDatabase database = TestDatabase.create();

  @TempDir Path folder;

  @Test
  void anEmptyDatabaseAndMonthsOfThePolicyInForceAreFine() {
    assertThatCode(() -> PolicyCheck.require(database.settings(), BUILT_IN))
        .doesNotThrowAnyException();
    importOneMonth();
    assertThatCode(() -> PolicyCheck.require(database.settings(), BUILT_IN))
        .doesNotThrowAnyException();
  }

  @Test
  void monthsOfAnotherPolicyAreNamed() {
    importOneMonth();

    assertThatThrownBy(() -> PolicyCheck.require(database.settings(), policy("blocks-12.1", 12)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("blocks-12 (2024-01 to 2024-01)")
        .hasMessageContaining("the one in force is blocks-12.1")
        .hasMessageContaining("Import those months again");
  }

  @Test
  void aPolicyChangedUnderTheSameIdIsAnotherPolicy() {
    importOneMonth();

    assertThatThrownBy(() -> PolicyCheck.require(database.settings(), policy(BUILT_IN.id(), 12)))
        .isInstanceOf(IllegalStateException.class);
  }

  private void importOneMonth() {
    Path file = new RawMonth("202401").line(50, "500", "400").writeTo(folder);
    var unused = database.importFiles(folder.resolve("tmp"), file);
  }

  private static DisclosurePolicy policy(String id, int threshold) {
    return new WeakenedPolicy().id(id).threshold(threshold).policy();
  }
}
