package fr.opendamir.api.files;

import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** {@link ServedMonths} with a known folder, little patience and few places for files. */
public final class ImpatientServer implements QuarkusTestResourceLifecycleManager {
  static final int PLACES_OF_CALLER = 3;
  static final String FOLDER = "opendamir.segments.folder";

  private final ServedMonths months = new ServedMonths();

  @Override
  public int order() {
    return 1; // after the resources of all tests: these settings replace theirs
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(months.start());
    settings.put("opendamir.http.stall-limit", "1s");
    settings.put("opendamir.http.least-rate", "1M");
    settings.put("opendamir.files.places-of-caller", String.valueOf(PLACES_OF_CALLER));
    try {
      settings.put(FOLDER, Files.createTempDirectory("files-on-disk").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  @Override
  public void stop() {
    months.stop();
  }
}
