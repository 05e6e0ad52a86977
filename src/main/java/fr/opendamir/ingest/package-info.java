/**
 * The import: one run turns monthly files into a published release. The sub-packages read source
 * files ({@code source}), turn one month into safe blocks ({@code aggregate}), choose its rollups
 * ({@code rollup}), define the ports to the serving database ({@code port}, implemented in {@code
 * store}) and write synthetic months ({@code synthetic}). Called by the commands.
 */
package fr.opendamir.ingest;
