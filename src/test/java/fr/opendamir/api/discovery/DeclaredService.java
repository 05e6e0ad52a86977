package fr.opendamir.api.discovery;

import fr.opendamir.api.rest.RevisedMonth;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** {@link RevisedMonth} with a public address and a security contact. */
public final class DeclaredService implements QuarkusTestResourceLifecycleManager {
  static final String URL = "https://damir.example.org";

  private final RevisedMonth month = new RevisedMonth();

  @Override
  public int order() {
    return 1; // after the resources of all tests: these settings replace theirs
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(month.start());
    settings.put("opendamir.http.public-url", URL + "/");
    settings.put("opendamir.discovery.security.contact", "mailto:securite@example.org");
    settings.put("opendamir.discovery.security.expires", "2999-01-01T00:00:00Z");
    return settings;
  }

  @Override
  public void stop() {
    month.stop();
  }
}
