/**
 * The import: one run takes monthly files to a published release. The sub-packages read source
 * files ({@code source}), turn one month into safe blocks ({@code aggregate}) and write synthetic
 * months ({@code synthetic}). The ports to the serving database are interfaces here, implemented in
 * {@code store}. Called by the commands.
 */
package fr.opendamir.ingest;
