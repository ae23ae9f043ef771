/** Checks classes, beans, services and options that rules and properties name, and data formats, by reflection; creates no object of them. */
package dev.openaigateway.rules.classes;
