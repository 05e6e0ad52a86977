package fr.opendamir.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Chromium as a person uses it, on pages of one service. Finding waits until the element is there;
 * nothing sleeps.
 */
public final class Browser implements AutoCloseable {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Runs in every document before its own scripts, and remembers what the policy stopped. */
  private static final String WATCH =
      """
      window.violations = [];
      document.addEventListener("securitypolicyviolation",
        (event) => window.violations.push(event.violatedDirective + " " + event.blockedURI));
      """;

  private static final String FOREIGN =
      """
      return performance.getEntriesByType("resource").map((entry) => entry.name)
        .filter((name) => !name.startsWith(location.origin + "/") && !name.startsWith("data:"));
      """;

  private final ChromeDriver driver;
  private final URI service;

  private Browser(ChromeDriver driver, URI service) {
    this.driver = driver;
    this.service = service;
  }

  /** Starts Chromium; skips the test where it or its driver is missing. */
  public static Browser start(URI service) {
    Path chromium = NodeClients.chromium();
    assumeTrue(Files.isExecutable(DRIVER), "skipped: there is no " + DRIVER);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.SEVERE);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService driverService =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .withEnvironment(Map.of("SE_OFFLINE", "true"))
            .build();
    ChromeDriver driver = new ChromeDriver(driverService, options);
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    return new Browser(driver, service);
  }

  /** Opens a page in a window of a width in pixels, with light colours. */
  public void open(String path, int width) {
    driver.manage().window().setSize(new Dimension(width, 900));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.get(service.resolve(path).toString());
  }

  /** The same in a wide window. */
  public void open(String path) {
    open(path, 1280);
  }

  /** Chooses dark or light colours. */
  public void dark(boolean isDark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
  }

  /** Cuts the browser off the network, or connects it again. */
  public void offline(boolean isOffline) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline", isOffline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** The first element that matches, as soon as it is shown. */
  public WebElement find(String selector) {
    return waiting()
        .withMessage(() -> selector + " on " + driver.getCurrentUrl() + ": " + text("body"))
        .until(
            ignored ->
                driver.findElements(By.cssSelector(selector)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst()
                    .orElse(null));
  }

  /** All elements that match now. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The text of the first element that matches now; empty if there is none. */
  public String text(String selector) {
    return (String)
        driver.executeScript(
            "return document.querySelector(arguments[0])?.innerText ?? ''", selector);
  }

  /** Clicks the first element that matches; once more if the page has replaced it meanwhile. */
  public void click(String selector) {
    waiting()
        .until(
            ignored -> {
              WebElement element = find(selector);
              driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
              element.click();
              return true;
            });
  }

  /** Presses keys on whatever has the focus. */
  public void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Presses the tabulator until an element has the focus, and returns how often. */
  public int tabTo(String selector) {
    for (int presses = 0; presses < 100; presses++) {
      if (Boolean.TRUE.equals(
          driver.executeScript("return document.activeElement.matches(arguments[0])", selector))) {
        return presses;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("the keyboard does not reach " + selector);
  }

  /** Waits until a script returns true. */
  public void until(String script) {
    waiting()
        .withMessage(() -> script + " on " + driver.getCurrentUrl() + ": " + text("body"))
        .until(ignored -> Boolean.TRUE.equals(driver.executeScript("return " + script)));
  }

  /** What a script returns. */
  public Object evaluate(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The path and query string that are open. */
  public String address() {
    URI uri = URI.create(driver.getCurrentUrl());
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  public String title() {
    return driver.getTitle();
  }

  public void back() {
    driver.navigate().back();
  }

  /** What the page was stopped from doing, or loaded from elsewhere. */
  public List<?> trespasses() {
    List<?> violations = (List<?>) driver.executeScript("return window.violations");
    return violations.isEmpty() ? (List<?>) driver.executeScript(FOREIGN) : violations;
  }

  /** Errors in the console since the last call. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Rules of accessibility that the page breaks, with the places. */
  public List<String> barriers() {
    return new AxeBuilder()
        .analyze(driver).getViolations().stream().map(Browser::described).toList();
  }

  private static String described(Rule rule) {
    return rule.getId() + ": " + rule.getNodes().stream().map(node -> node.getHtml()).toList();
  }

  /** Whether the page is wider than its window. */
  public boolean isTooWide() {
    return Boolean.TRUE.equals(
        driver.executeScript(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
  }

  /** Saves the whole page as {@code target/screenshots/<name>.png}. */
  public void screenshot(String name) throws IOException {
    Number height = (Number) driver.executeScript("return document.documentElement.scrollHeight");
    Number width = (Number) driver.executeScript("return window.innerWidth");
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    Files.createDirectories(SCREENSHOTS);
    Files.copy(
        driver.getScreenshotAs(OutputType.FILE).toPath(),
        SCREENSHOTS.resolve(name + ".png"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private WebDriverWait waiting() {
    WebDriverWait wait = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(20));
    wait.ignoring(StaleElementReferenceException.class);
    return wait;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
