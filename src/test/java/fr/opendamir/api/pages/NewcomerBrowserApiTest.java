package fr.opendamir.api.pages;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.Browser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * What a newcomer wants, from the start page on, in as few clicks and keys as are counted here.
 * With the keyboard alone: {@link ExplorerBrowserApiTest}; a question too large: {@link
 * TooLargeBrowserApiTest}; running the code: {@link SnippetsApiTest}.
 */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class NewcomerBrowserApiTest {
  private static Browser browser;

  @TestHTTPResource("/")
  URI service;

  private int clicks;

  @BeforeEach
  void start() {
    if (browser == null) {
      browser = Browser.start(service);
    }
    browser.open("/");
  }

  @AfterEach
  void nothingWasStoppedByThePolicy() {
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
  void reimbursementsPerInhabitantOnAMapAreOneClickAway() {
    click("a[href*='view=map']");
    browser.until("document.querySelectorAll('path.region').length === 13");
    assertThat(browser.find("h1").getText()).startsWith("Remboursement par habitant");
    assertThat(clicks).isEqualTo(1);
  }

  @Test
  void outOfPocketCostsByExemptionOverTimeAreOneClickAway() {
    click("a[href*='exemption_group']");
    browser.find("figure.line g.line path");
    assertThat(browser.find("h1").getText()).startsWith("Reste à charge");
    assertThat(clicks).isEqualTo(1);
  }

  @Test
  void aServiceIsFoundByTypingKine() {
    click("a[href='/explore'].primary");
    click("input[aria-label='Ajouter un filtre']");
    browser.press("nature de pres");
    browser.until("document.querySelectorAll('[role=option]').length === 1");
    click("[role=option]");
    browser.press("kiné");
    browser.until("document.querySelectorAll('.filter [role=option]').length > 5");
    browser.press(Keys.ARROW_DOWN, Keys.ENTER);
    click("button.primary");
    browser.until("/service=\\d+/.test(location.search)");
    assertThat(clicks).isEqualTo(4);
  }

  @Test
  void aFileIsAskedForFromTheAnswer() {
    click("a[href*='service=1110']");
    String address = browser.find("a[data-format=excel-fr]").getDomAttribute("href");
    Response file = given().urlEncodingEnabled(false).get(address);
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.contentType()).startsWith("text/csv");
    assertThat(file.asString())
        .contains("region;region_label;average_charge", "11;Île-de-France;30,01");
  }

  @Test
  void everyButtonIsAFile() {
    click("a[href*='service=1110']");
    browser.find("a[data-format=csv]");
    List<WebElement> buttons = browser.all(".take a[data-format]");
    assertThat(buttons.stream().map(button -> button.getDomAttribute("data-format")))
        .containsExactly("csv", "xlsx", "parquet", "sdmx-csv", "json-stat", "ndjson", "excel-fr");
    for (WebElement button : buttons) {
      String address = button.getDomAttribute("href");
      Response file = given().urlEncodingEnabled(false).get(address);
      assertThat(file.statusCode()).as(address).isEqualTo(200);
      assertThat(button.getDomAttribute("download")).isEmpty();
      assertThat(file.header("Content-Disposition")).contains("open-damir-average_charge");
    }
  }

  @Test
  void aPinnedLinkOpensTheSameFigures() {
    click("a[href*='service=1110']");
    String link = browser.find("button[data-copy=pinned]").getDomAttribute("data-text");
    String figures = browser.find("figure").getText();
    assertThat(link).startsWith(service.toString()).contains("release=", "view=bars");
    browser.open(link.substring(service.toString().length() - 1));
    assertThat(browser.find("figure").getText()).isEqualTo(figures);
    assertThat(browser.find(".subtitle").getText()).contains("Figée sur la version");
    assertThat(browser.find("button[data-copy=moving]").getDomAttribute("data-text"))
        .doesNotContain("release=");
  }

  @Test
  void anAddressOfTheApiIsAnAddressOfThePageAndBack() {
    String question = "group_by=region&measures=charged&service=1110&sort=-charged";
    browser.open("/explore?" + question);
    click("details.address summary");
    assertThat(browser.find("textarea").getDomProperty("value")).isEqualTo(question);
    String address = browser.find("details.address a").getDomAttribute("href");
    assertThat(address)
        .isEqualTo(
            "/v1/aggregates?" + question.replace("&sort=-charged", "") + "&sort=-charged&lang=fr");
    given().urlEncodingEnabled(false).get(address).then().statusCode(200);
    assertThat(browser.find("tbody tr").getText()).contains("1\u202f800,50");
  }

  @Test
  void englishIsOneClickAwayAndKeepsTheQuestion() {
    click("a[href*='view=map']");
    browser.find("path.region");
    click("a[hreflang=en]");
    browser.until("document.documentElement.lang === 'en'");
    browser.find("path.region");
    assertThat(browser.address()).contains("view=map", "lang=en", "reimbursed_per_inhabitant");
    assertThat(browser.find("h1").getText()).startsWith("Amount reimbursed per inhabitant");
    assertThat(browser.all("header a").stream().map(link -> link.getText()))
        .contains("Explorer", "Files", "Français");
  }

  private void click(String selector) {
    clicks++;
    browser.click(selector);
  }
}
