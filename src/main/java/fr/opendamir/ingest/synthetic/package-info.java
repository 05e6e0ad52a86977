/**
 * Generator of synthetic monthly files in the raw format of Open DAMIR, for tests, demonstrations
 * and load measurements without a download of a gigabyte a month.
 *
 * <p>How a month is made: a pool of <em>atoms</em> (service, beneficiary, executing professional,
 * facility, delay of care) is drawn from a model of how these depend on each other, then raked
 * until its marginal shares are the published ones; each line takes an atom and adds places,
 * prescriber, pathway and amounts. Lines never describe a person: they are drawn from published
 * counts and totals only.
 *
 * <p>Called by the {@code generate} command and by tests through {@link
 * fr.opendamir.ingest.synthetic.SyntheticFileWriter}; knows nothing of databases. The tables are
 * resources of this package; their sources are named where they are read.
 */
package fr.opendamir.ingest.synthetic;
