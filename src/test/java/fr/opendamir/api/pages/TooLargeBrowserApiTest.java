package fr.opendamir.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.api.rest.TooLargeApiTest;
import fr.opendamir.testing.Browser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A question that would scan too much, and the way out that the service offers. */
@QuarkusTest
@TestProfile(TooLargeApiTest.FewRows.class)
@QuarkusTestResource(value = ServedMonths.class, restrictToAnnotatedClass = true)
class TooLargeBrowserApiTest {
  @TestHTTPResource("/")
  URI service;

  @Test
  void aQuestionThatIsTooLargeOffersSmallerOnes() {
    try (Browser browser = Browser.start(service)) {
      browser.open("/explore?group_by=region,service&sex=!9&view=bars");
      assertThat(browser.find(".problem").getText())
          .contains("Question trop grande", "6 lignes à parcourir, 5 au plus");
      browser.click(".ways button");
      browser.find("figure.bars");
      assertThat(browser.address()).contains("view=bars").doesNotContain("limit", "labels");
    }
  }
}
