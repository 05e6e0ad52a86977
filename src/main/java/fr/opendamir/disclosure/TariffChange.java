package fr.opendamir.disclosure;

import fr.opendamir.catalog.Level;
import java.time.YearMonth;

/**
 * A change of the tariffs of a group of services.
 *
 * @param serviceGroup a code of {@link Level#SERVICE_GROUP}
 * @param month the first month in which care has the new tariffs
 */
public record TariffChange(String serviceGroup, YearMonth month) {}
