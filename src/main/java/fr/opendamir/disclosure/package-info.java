/**
 * Disclosure control: the policy, how contributors are counted, and the algorithm that turns atoms
 * (source lines summed by all public dimensions), or the change of a published month, into blocks
 * of at least eleven contributors; {@link fr.opendamir.disclosure.SafeBlockSql} shows its steps.
 * Groups of atoms are found, and blocks are made of them, in memory. What is read, what is written,
 * the rules of revisions and what is left over are SQL that it renders for the import's analytical
 * database. It opens no connection. Called by the import; the types that describe the policy are
 * shared with the API.
 */
package fr.opendamir.disclosure;
