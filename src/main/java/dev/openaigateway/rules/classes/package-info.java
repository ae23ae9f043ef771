/** Checks classes, beans and services that rules name, and data formats, by reflection; creates no object of them. */
package dev.openaigateway.rules.classes;
