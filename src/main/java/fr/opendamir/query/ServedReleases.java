package fr.opendamir.query;

import java.util.List;
import java.util.Optional;

/**
 * The releases that are served at the same time.
 *
 * @param ids ids of all served releases, newest first
 * @param newest absent if nothing is published or the newest release cannot be read
 */
public record ServedReleases(List<String> ids, Optional<Release> newest) {}
