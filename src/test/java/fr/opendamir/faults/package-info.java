/**
 * What the service survives: processes killed, disks full, connections used up, rows that make no
 * sense. Each test breaks something real and shows what readers see meanwhile and afterwards.
 */
package fr.opendamir.faults;
