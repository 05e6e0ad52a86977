/**
 * What is asked: a question, and its text form in addresses and posted documents, parsed and
 * printed. All doors make questions with {@code QuestionBuilder}, which collects errors by the
 * argument they are about; each door words them by its {@code Terms}. Plain Java; knows no release,
 * no address of the service and no format of answers. Used by the doors, by {@code query}, which
 * answers questions, and by {@code answer}.
 */
package fr.opendamir.question;
