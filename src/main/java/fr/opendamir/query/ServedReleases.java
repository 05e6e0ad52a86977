package fr.opendamir.query;

import java.util.List;
import java.util.Optional;

/**
 * The releases that are served at one time.
 *
 * @param ids of all of them, newest first
 * @param newest absent where nothing is published, or the newest cannot be read
 */
public record ServedReleases(List<String> ids, Optional<Release> newest) {}
