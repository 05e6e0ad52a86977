package fr.opendamir.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.Browser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * The pages in a browser, over the {@link ServedMonths}: region 11 has 3,260.00 euros reimbursed of
 * 1,800.50 charged, region 84 is suppressed, and 21.00 of 30.00 euros are not disclosed.
 */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class ExplorerBrowserApiTest {
  private static final String BY_REGION = "group_by=region&measures=reimbursed,charged";
  private static final List<String> QUESTIONS =
      List.of(
          "group_by=region&measures=reimbursed,charged&view=table",
          "group_by=region,service&measures=charged,reimbursed&view=bars",
          "group_by=month,region&measures=reimbursed&view=line",
          "group_by=region&measures=reimbursed_per_inhabitant&view=map");

  /** French figures have narrow spaces that do not break. */
  private static final String THOUSANDS = "\u202f";

  /** Started once: that takes as long as all its tests. */
  private static Browser browser;

  @TestHTTPResource("/")
  URI service;

  @BeforeEach
  void start() {
    if (browser == null) {
      browser = Browser.start(service);
    }
    browser.dark(false);
  }

  @AfterEach
  void thePolicyStoppedNothingAndNothingCameFromElsewhere() {
    if (browser != null) {
      assertThat(browser.trespasses()).isEmpty();
    }
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @Test
  void aTableShowsFiguresAndWhatStandsInTheirPlace() {
    browser.open("/explore?" + BY_REGION);
    assertThat(browser.find("tbody tr:nth-child(1)").getText())
        .contains("Île-de-France", "3" + THOUSANDS + "260,00", "1" + THOUSANDS + "800,50");
    assertThat(browser.find("tbody tr:nth-child(2)").getText()).contains("84", "secret");
    assertThat(browser.find("tbody tr.nd").getText()).contains("Non diffusé", "21,00");
    assertThat(browser.text(".legend"))
        .contains("Non diffusé", "Secret")
        .doesNotContain("Sans dén");
    assertThat(browser.title()).contains("par région de résidence du bénéficiaire");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void columnsSortThroughTheAddress() {
    browser.open("/explore?" + BY_REGION);
    browser.click("th.figure button");
    browser.until("document.querySelector('th[aria-sort=descending]') !== null");
    assertThat(browser.address()).contains("sort=-reimbursed");
    browser.click("th.figure button");
    browser.until("document.querySelector('th[aria-sort=ascending]') !== null");
    assertThat(browser.find("tbody tr:nth-child(1)").getText()).contains("Non diffusé");
    browser.back();
    browser.until("location.search.includes('sort=-reimbursed')");
  }

  @Test
  void everyViewIsInItsAddressAndComesBackFromIt() {
    for (String question : QUESTIONS) {
      String view = question.substring(question.lastIndexOf('=') + 1);
      browser.open("/explore?" + question.replace("&view=" + view, ""));
      if (!view.equals("table")) {
        browser.click("button[data-view=" + view + "]");
      }
      browser.find("figure." + view);
      browser.open(browser.address());
      browser.find("figure." + view);
      assertThat(browser.find("button[data-view=" + view + "]").getDomAttribute("aria-pressed"))
          .isEqualTo("true");
      assertThat(browser.address()).contains(view.equals("table") ? "region" : "view=" + view);
    }
  }

  @Test
  void viewsThatDoNotFitSayWhy() {
    browser.open("/explore?group_by=service&measures=charged&view=map");
    browser.find("figure.table");
    assertThat(browser.find("button[data-view=map]").getText()).contains("il faut la région");
    browser.click("button[data-view=map]");
    browser.find("figure.table");
  }

  @Test
  void sumsAreCirclesAndRatesAreShades() {
    browser.open("/explore?group_by=region&measures=reimbursed&view=map");
    browser.find("circle.circle");
    assertThat(browser.all("path.region.q0, path.region.q4")).isEmpty();
    browser.click(".offer button");
    browser.until("location.search.includes('reimbursed_per_inhabitant')");
    browser.until("document.querySelectorAll('path.region').length === 13");
    browser.until("document.querySelectorAll('path.region.q0').length > 0");
    assertThat(browser.all("circle.circle")).isEmpty();
    assertThat(browser.text(".nowhere")).contains("sans dénominateur");
  }

  @Test
  void aMistakeIsShownWithWhatWouldWork() {
    browser.open("/explore?group_by=regio&measures=reimbursed&view=bars");
    assertThat(browser.find(".problem").getText()).contains("regio", "Référence de la demande");
    browser.click(".ways button");
    browser.find("figure.bars");
    assertThat(browser.address()).contains("group_by=region", "view=bars");
    assertThat(browser.errors()).hasSize(1); // the refused request
  }

  @Test
  void anEmptyAnswerSaysWhatToChange() {
    browser.open("/explore?" + BY_REGION + "&having=reimbursed:gt:100000");
    browser.click(".problem .ways button");
    browser.find("tbody tr");
    assertThat(browser.address()).doesNotContain("having");
  }

  @Test
  void whileTheServiceIsAwayTheLastAnswerStaysGreyed() {
    // asked by no other test: browsers have earlier answers without the service
    browser.open("/explore?group_by=service&measures=charged");
    browser.find("tbody tr");
    browser.offline(true);
    browser.click("th.figure button");
    browser.find(".old tbody tr");
    assertThat(browser.find(".problem").getText()).contains("injoignable");
    browser.offline(false);
    browser.find("[data-status=done] th[aria-sort=descending]");
    assertThat(browser.all(".old")).isEmpty();
    browser.errors();
  }

  @Test
  void aNewFilterHasTheFocusBeforeTheNextKey() {
    browser.open("/explore?" + BY_REGION);
    browser.click("input[aria-label='Ajouter un filtre']");
    browser.find("[role=option]");
    Object isFocused =
        browser.evaluate(
            """
            document.querySelector("[role=option]").click();
            return new Promise((resolve) => setTimeout(() =>
              resolve(document.activeElement.matches(".filter input[role=combobox]"))));
            """);
    assertThat(isFocused).isEqualTo(true);
  }

  @Test
  void aSearchThatFailsSaysSo() {
    browser.open("/explore?" + BY_REGION + "&service=1110");
    browser.click(".filter input[role=combobox]");
    browser.find(".filter [role=option]");
    browser.offline(true);
    browser.press("dentaire");
    browser.until("document.querySelector('.filter .hint').innerText.includes('échoué')");
    browser.press(Keys.ESCAPE);
    browser.offline(false);
    browser.click(".filter input[role=combobox]");
    browser.find(".filter [role=option]");
    assertThat(browser.text(".filter .hint")).isEmpty();
    browser.errors();
  }

  @Test
  void theKeyboardAloneFillsInAQuestion() {
    browser.open("/explore?group_by=region&measures=reimbursed");
    browser.find("tbody tr");
    browser.tabTo("input[aria-label='Ajouter un filtre']");
    browser.press("nature de pres");
    browser.until("document.querySelectorAll('[role=option]').length === 1");
    browser.press(Keys.ARROW_DOWN, Keys.ENTER);
    browser.until("document.activeElement.matches('.filter input[role=combobox]')");
    browser.press("kiné");
    browser.until("document.querySelectorAll('.filter [role=option]').length > 5");
    browser.press(Keys.ARROW_DOWN);
    browser.until("document.activeElement.getAttribute('aria-activedescendant') !== null");
    browser.press(Keys.ESCAPE, Keys.ESCAPE);
    browser.press("1110");
    browser.until("document.querySelector('.filter [role=option]')?.innerText.includes('1110')");
    browser.press(Keys.ENTER);
    browser.until("document.querySelector('.estimate p')?.innerText.includes('unités')");
    browser.tabTo("button.primary");
    browser.press(Keys.ENTER);
    browser.until("location.search.includes('service=1110')");
    browser.find("tbody tr");
    browser.tabTo("button[data-view=map]");
    browser.press(Keys.SPACE);
    browser.find("figure.map");
  }

  /** Every view in both languages, light and dark, wide and narrow; saved to be looked at. */
  @Test
  void everyViewIsAccessibleAndFitsItsWindow() throws IOException {
    for (String question : QUESTIONS) {
      String view = question.substring(question.lastIndexOf('=') + 1);
      for (String language : List.of("fr", "en")) {
        for (int width : new int[] {1280, 320}) {
          browser.dark(false);
          browser.open("/explore?" + question + "&lang=" + language, width);
          browser.find("figure." + view + (view.equals("map") ? " path.region" : ""));
          assertThat(browser.isTooWide()).as(browser.address() + " at " + width).isFalse();
          browser.screenshot(String.join("-", view, language, "light", String.valueOf(width)));
          browser.dark(width == 320 || language.equals("en"));
          assertThat(browser.barriers()).as(browser.address()).isEmpty();
          browser.dark(true);
          browser.screenshot(String.join("-", view, language, "dark", String.valueOf(width)));
        }
      }
    }
  }

  @Test
  void startAndDocumentationAreAccessibleAndFitTheirWindow() throws IOException {
    for (String path : List.of("/", "/docs")) {
      for (int width : new int[] {1280, 320}) {
        browser.open(path + "?lang=" + (width == 320 ? "en" : "fr"), width);
        browser.find(path.equals("/") ? ".release-chart" : "#contract details");
        assertThat(browser.isTooWide()).as(path + " at " + width).isFalse();
        assertThat(browser.barriers()).as(path).isEmpty();
        browser.screenshot((path.equals("/") ? "start" : "docs") + "-" + width);
      }
    }
  }

  @Test
  void theContractCanBeTried() {
    browser.open("/docs?lang=en#listMeasures");
    browser.click("#listMeasures .trial button");
    browser.until("document.querySelector('#listMeasures pre')?.innerText.includes('HTTP 200')");
    assertThat(browser.text("#listMeasures pre")).contains("\"reimbursed\"");
  }
}
