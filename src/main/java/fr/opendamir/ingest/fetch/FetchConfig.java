package fr.opendamir.ingest.fetch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where monthly files come from, and how they are asked for. Prefix {@code opendamir.fetch}. */
@ConfigMapping(prefix = "opendamir.fetch")
public interface FetchConfig {
  /** The producer's page with the links to the files of a year, which replaces {@code {year}}. */
  @WithDefault(
      "https://open-data-assurance-maladie.ameli.fr/depenses/download.php?Dir_Rep=Open_DAMIR&Annee={year}")
  String page();

  /** How the producer can reach the person who runs this: a mail address or a web address. */
  Optional<String> contact();

  /** Seconds without a request between two files. */
  @WithDefault("2")
  int pauseSeconds();

  /** Seconds after which a server that sends nothing, or hardly anything, is asked again. */
  @WithDefault("60")
  int timeoutSeconds();
}
