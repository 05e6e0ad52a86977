/**
 * What is asked: a question, and its text form in addresses and posted documents, parsed and
 * printed. Parsing collects every error by the parameter at fault. Plain Java; knows no release, no
 * address of the service and no format of answers. Doors make questions here, {@code query} answers
 * them.
 */
package fr.opendamir.question;
