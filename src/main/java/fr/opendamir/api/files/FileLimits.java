package fr.opendamir.api.files;

import fr.opendamir.api.http.DoorLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bounds of files that are sent at the same time. */
@ApplicationScoped
class FileLimits implements DoorLimits {
  private final FilesConfig config;

  FileLimits(FilesConfig config) {
    this.config = config;
  }

  @Override
  public String door() {
    return "files";
  }

  @Override
  public Map<String, Long> limits() {
    Map<String, Long> limits = new LinkedHashMap<>();
    limits.put("max_files", (long) config.places());
    limits.put("max_files_of_caller", (long) config.placesOfCaller());
    return limits;
  }
}
